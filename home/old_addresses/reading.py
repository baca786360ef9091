"""Reads a list of old addresses: two columns, as spreadsheet programs of every country write them. Pure."""

import csv
import io
from collections.abc import Iterable
from typing import NamedTuple

from hub.core.text import folded

OLD = {"old", "from", "ancienne", "ancienne adresse", "ancien", "depuis", "source"}
NEW = {"new", "to", "nouvelle", "nouvelle adresse", "nouveau", "vers", "cible", "target"}
DELIMITERS = (";", ",", "\t")


class Line(NamedTuple):
    """``number`` is that of the line in the file, from 1."""

    number: int
    old: str
    new: str


class ListRefusedError(ValueError):
    """Nothing of the list is kept; ``problems`` are a line number (0: the whole list) and a reason."""

    def __init__(self, problems: Iterable[tuple[int, str]]) -> None:
        self.problems = sorted(problems)
        super().__init__("; ".join(f"line {number}: {reason}" for number, reason in self.problems))


def read_list(content: bytes) -> list[Line]:
    """The lines of a CSV file in UTF-8 or in the Windows alphabet; blank ones are passed over.

    A first line of headings may name the columns; without it the first is the old address.
    """
    text = _text(content)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    old, new, lines, problems = 0, 1, [], []
    for row in rows:
        cells = [cell.strip() for cell in row]
        if not any(cells):
            continue
        if not lines and not problems and (columns := _columns(cells)):
            old, new = columns
        elif len(cells) <= max(old, new) or not cells[old] or not cells[new]:
            problems.append((rows.line_num, "an old and a new address are expected"))
        else:
            lines.append(Line(rows.line_num, cells[old], cells[new]))
    if problems or not lines:
        raise ListRefusedError(problems or [(0, "there is no address in this file")])
    return lines


def _text(content: bytes) -> str:
    if b"\0" in content:
        raise ListRefusedError([(0, "this is not a CSV file")])
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _delimiter(text: str) -> str:
    """The sign that cuts the first line that says something; addresses may hold the others."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    return next((sign for sign in DELIMITERS if sign in first), ",")


def _columns(cells: list[str]) -> tuple[int, int] | None:
    names = [folded(cell) for cell in cells]
    old = next((place for place, name in enumerate(names) if name in OLD), None)
    new = next((place for place, name in enumerate(names) if name in NEW), None)
    return None if old is None or new is None else (old, new)
