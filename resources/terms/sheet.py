"""The glossary as a sheet: its columns, and the lines of a CSV file that somebody sends. Pure.

A file is read whole or refused with each thing that is wrong, line by line. Only columns that are
there count: a file without a column leaves what it would say as it is.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from django.utils.text import slugify
from django.utils.translation import gettext as _

from hub.core.spreadsheets import FORMULA_STARTS, inert
from hub.core.text import folded
from resources.terms.texts import tidy

COLUMNS = (
    "slug", "term", "plain", "full", "variants", "acronym", "not_to_confuse", "related", "source",
    "source_checked", "themes", "steps", "legal", "ambiguous",
)  # fmt: skip
NEEDED = ("term", "plain")
# Written for those who read the file; what it says when it comes back is not looked at.
FOR_READERS = ("url",)
SEVERAL = frozenset({"variants", "related", "themes", "steps", "legal", "not_to_confuse"})
LONGEST = {"slug": 255, "term": 255, "plain": 300, "acronym": 30, "source": 250, "full": 50_000}
LONGEST_CELL = 4_000
PLAIN_WORDS = 30
MOST_LINES = 1_000
MOST_BYTES = 4_000_000
YES = frozenset({"yes", "oui", "true", "vrai", "1", "x"})
NO = frozenset({"", "no", "non", "false", "faux", "0"})
_SEPARATORS = ",;\t"


class UnreadableError(ValueError):
    """The file is not a sheet of terms at all; the message says why."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line: its number as a spreadsheet shows it, and the cells of the columns that are there."""

    number: int
    cells: dict[str, str]

    @property
    def slug(self) -> str:
        return self.cells.get("slug") or slugify(self.cells["term"])


@dataclass(slots=True)
class Sheet:
    """What a file holds, what is wrong with it by line, and what the reader should look at."""

    lines: list[Line] = field(default_factory=list)
    problems: list[tuple[int, str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def read_sheet(content: bytes) -> Sheet:
    """Read a CSV file. Raises UnreadableError when it is none, or lacks a column that is needed."""
    sheet = Sheet()
    text = _decoded(content, sheet)
    csv.field_size_limit(max(LONGEST.values()) * 4)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text), strict=True)
    try:
        names = _names(next(rows, []))
        for number, cells in enumerate(rows, start=2):
            if len(sheet.lines) + len(sheet.problems) >= MOST_LINES:
                raise UnreadableError(
                    _("This file has more than %(most)s lines: cut it in several files.")
                    % {"most": MOST_LINES}
                )
            if any(cell.strip() for cell in cells):
                _take(sheet, names, cells, number)
    except csv.Error as error:
        raise UnreadableError(
            _("Line %(line)s cannot be read: a quotation mark is missing or out of place.")
            % {"line": rows.line_num}
        ) from error
    _note_twins(sheet)
    if not sheet.lines and not sheet.problems:
        raise UnreadableError(_("This file holds no term."))
    return sheet


def parts(cell: str) -> list[str]:
    """The items of a cell that holds several."""
    return [part.strip() for part in cell.split("|") if part.strip()]


def _decoded(content: bytes, sheet: Sheet) -> str:
    if len(content) > MOST_BYTES:
        raise UnreadableError(_("This file is larger than 4 MB."))
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise UnreadableError(_("This file is in UTF-16: save it as “CSV UTF-8”, then send it."))
    if b"\x00" in content:
        raise UnreadableError(_("This is not a CSV file: save your sheet as “CSV UTF-8”."))
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        sheet.notes.append(
            _("This file is not in UTF-8: it was read in the Windows alphabet. Look at accents.")
        )
    try:
        return content.decode("cp1252")
    except UnicodeDecodeError as error:
        raise UnreadableError(
            _("The letters of this file cannot be read: save it as “CSV UTF-8”, then send it.")
        ) from error


def _separator(text: str) -> str:
    """The sign between the cells of the first line: the one that finds most known columns."""
    first = text.split("\n", 1)[0]
    known = {*COLUMNS, *FOR_READERS}
    return max(
        _SEPARATORS, key=lambda sign: len(known & {c.strip(' "\r') for c in first.split(sign)})
    )


def _names(cells: list[str]) -> list[str]:
    names = [cell.strip().lower() for cell in cells]
    unknown = [name for name in names if name and name not in COLUMNS and name not in FOR_READERS]
    missing = [name for name in NEEDED if name not in names]
    twice = sorted({name for name in names if name and names.count(name) > 1})
    if missing:
        raise UnreadableError(
            _("The first line must name the columns; these are missing: %(names)s.")
            % {"names": ", ".join(missing)}
        )
    if unknown:
        raise UnreadableError(
            _("These columns are not known: %(names)s. Known ones: %(known)s.")
            % {"names": ", ".join(n[:40] for n in unknown[:8]), "known": ", ".join(COLUMNS)}
        )
    if twice:
        raise UnreadableError(
            _("These columns stand twice: %(names)s.") % {"names": ", ".join(twice)}
        )
    return names


def _take(sheet: Sheet, names: list[str], cells: list[str], number: int) -> None:
    if len(cells) > len(names) and any(cell.strip() for cell in cells[len(names) :]):
        sheet.problems.append((number, _("It has more cells than the first line.")))
        return
    cells = [*cells, *[""] * (len(names) - len(cells))]
    written = {
        name: cell.strip()
        for name, cell in zip(names, cells, strict=False)
        if name and name not in FOR_READERS
    }
    given = {name: _cell(cell) for name, cell in written.items()}
    found = [
        _("%(column)s begins like a formula: “%(cell)s”.") % {"column": name, "cell": cell[:30]}
        for name, cell in written.items()
        if looks_computed(cell)
    ]
    found += _problems(given)
    sheet.problems += [(number, problem) for problem in found]
    if not found:
        sheet.lines.append(Line(number, given))


def _cell(cell: str) -> str:
    """A cell as it was before `inert` protected it."""
    bare = cell.removeprefix("'")
    return tidy(bare if bare != cell and inert(bare) == cell else cell)


def _problems(cells: dict[str, str]) -> Iterator[str]:
    for name in NEEDED:
        if not cells[name]:
            yield _("%(column)s is empty.") % {"column": name}
    for name, cell in cells.items():
        limit = LONGEST.get(name, LONGEST_CELL)
        if len(cell) > limit:
            yield _("%(column)s has %(count)s characters; at most %(limit)s fit.") % {
                "column": name, "count": len(cell), "limit": limit,
            }  # fmt: skip
        if any(ord(sign) < 32 and sign not in "\n\t" for sign in cell):
            yield _("%(column)s holds a character that cannot be shown.") % {"column": name}
    yield from _wrong_values(cells)


def _wrong_values(cells: dict[str, str]) -> Iterator[str]:
    count = len(cells["plain"].split())
    if count > PLAIN_WORDS:
        yield _("The plain definition has at most %(limit)s words; this one has %(count)s.") % {
            "limit": PLAIN_WORDS, "count": count,
        }  # fmt: skip
    if cells.get("slug", "") != slugify(cells.get("slug", "")):
        yield _("The address “%(slug)s” may only hold small letters, digits and hyphens.") % {
            "slug": cells["slug"][:60]
        }
    if cells["term"] and not (cells.get("slug") or slugify(cells["term"])):
        yield _("No address can be made of this term: give it a slug.")
    if cells.get("ambiguous", "").lower() not in YES | NO:
        yield _("ambiguous says yes or nothing, not “%(cell)s”.") % {
            "cell": cells["ambiguous"][:30]
        }
    if not _is_date(cells.get("source_checked", "")):
        yield _("source_checked is a date such as 2026-01-31, not “%(cell)s”.") % {
            "cell": cells["source_checked"][:30]
        }
    for part in parts(cells.get("not_to_confuse", "")):
        slug, colon, difference = part.partition(":")
        if not colon or not slug.strip() or not difference.strip():
            yield _(
                "not_to_confuse is written “slug: what makes the difference”, not “%(part)s”."
            ) % {"part": part[:60]}


def looks_computed(cell: str) -> bool:
    """Whether a spreadsheet would compute the cell; a dash before a space begins a list."""
    return cell.startswith(FORMULA_STARTS) and not cell.startswith("- ")


def _is_date(cell: str) -> bool:
    try:
        return not cell or (bool(date.fromisoformat(cell)) and len(cell) == 10)
    except ValueError:
        return False


def _note_twins(sheet: Sheet) -> None:
    """The same address or the same term twice in a file is a problem of the second line."""
    slugs: dict[str, int] = {}
    terms: dict[str, int] = {}
    for line in sheet.lines:
        for seen, key in ((slugs, line.slug), (terms, folded(line.cells["term"]))):
            if key in seen:
                sheet.problems.append(
                    (line.number, _("The same term stands on line %(line)s.") % {"line": seen[key]})
                )
                break
            seen[key] = line.number
    sheet.problems.sort()
