"""The lines of an invitation list, and what is wrong with them, line by line."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from hub.core.text import folded
from resources.reports.invitations.columns import (
    FACTS,
    LABELS,
    accepted,
    column_of,
    is_closed,
    value_of,
)
from resources.reports.invitations.reading import UnreadableError, rows_of

LONGEST: Final = {"coop": 150, "name": 120, "email": 254, "region": 120, "town": 120}
TITLES: Final = 10  # rows above the headers: a title, a date, empty ones


@dataclass(frozen=True, slots=True)
class Line:
    """One contact of one co-op, or a co-op alone: the cells that say something, by column."""

    number: int
    cells: Mapping[str, str]

    @property
    def coop(self) -> str:
        return folded(self.cells["coop"])

    @property
    def email(self) -> str:
        return self.cells.get("email", "")


@dataclass(slots=True)
class Sheet:
    """What a file holds, what is wrong with it by line, and what its reader should know."""

    lines: list[Line] = field(default_factory=list)
    problems: list[tuple[int, str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def read_sheet(name: str, content: bytes) -> Sheet:
    """Raises UnreadableError when the file is no list, or names no co-op."""
    sheet = Sheet()
    rows = rows_of(name, content)
    columns = _columns(rows, sheet)
    for number, cells in rows:
        _take(sheet, number, _named(columns, cells))
    _note_twins(sheet)
    if not sheet.lines and not sheet.problems:
        raise UnreadableError(_("This file holds no co-operative."))
    return sheet


def _columns(rows: Iterator[tuple[int, list[str]]], sheet: Sheet) -> list[str | None]:
    """The column of each place, from the first row that names that of the co-ops."""
    for _seen, (_number, cells) in zip(range(TITLES), rows, strict=False):
        found = [column_of(cell) for cell in cells]
        if "coop" not in found:
            continue
        twice = sorted({name for name in found if name and found.count(name) > 1})
        if twice:
            raise UnreadableError(
                _("These columns stand twice: %(names)s.")
                % {"names": ", ".join(str(LABELS.get(name, name)) for name in twice)}
            )
        unread = [cell for cell, name in zip(cells, found, strict=True) if cell and not name]
        if unread:
            sheet.notes.append(
                _("These columns are not read: %(names)s.")
                % {"names": ", ".join(cell[:40] for cell in unread[:10])}
            )
        return found
    raise UnreadableError(_("No line names the columns: one of them must be “Coopérative”."))


def _named(columns: list[str | None], cells: list[str]) -> dict[str, str]:
    """The cells that say something; a first name stands before the name."""
    found = {name: cell for name, cell in zip(columns, cells, strict=False) if name and cell}
    first = found.pop("first", "")
    name = f"{first} {found.get('name', '')}".strip()
    return found | ({"name": name} if name else {})


def _take(sheet: Sheet, number: int, cells: dict[str, str]) -> None:
    problems = list(_problems(cells))
    sheet.problems += [(number, problem) for problem in problems]
    if problems:
        return
    given = {
        name: value_of(name, cell) or "" if is_closed(name) else cell
        for name, cell in cells.items()
    }
    if "email" in given:
        given["email"] = given["email"].lower()
    elif "name" in given:
        sheet.notes.append(
            _("Line %(line)s names a contact without an address: the name is not kept.")
            % {"line": number}
        )
    sheet.lines.append(Line(number, given))


def _problems(cells: Mapping[str, str]) -> Iterator[str]:
    if "coop" not in cells:
        yield _("It names no co-operative.")
    for name, cell in cells.items():
        label = {"column": LABELS[name]}
        if len(cell) > LONGEST.get(name, len(cell)):
            yield _("%(column)s has %(count)s characters; at most %(limit)s fit.") % (
                label | {"count": len(cell), "limit": LONGEST[name]}
            )
        if any(not sign.isprintable() and not sign.isspace() for sign in cell):
            yield _("%(column)s holds a character that cannot be shown.") % label
        if is_closed(name) and value_of(name, cell) is None:
            yield _("%(column)s says “%(cell)s”; it may be: %(accepted)s.") % (
                label | {"cell": cell[:40], "accepted": accepted(name)}
            )
    if "email" in cells:
        try:
            validate_email(cells["email"])
        except ValidationError:
            yield _("“%(cell)s” is not one e-mail address.") % {"cell": cells["email"][:60]}


def _note_twins(sheet: Sheet) -> None:
    """A contact twice is a problem of its second line; so are two lines that disagree on a co-op."""
    contacts: dict[tuple[str, str], int] = {}
    facts: dict[tuple[str, str], tuple[int, str]] = {}
    for line in sheet.lines:
        key = (line.coop, line.email)
        if line.email and key in contacts:
            sheet.problems.append(
                (
                    line.number,
                    _("The same contact stands on line %(line)s.") % {"line": contacts[key]},
                )
            )
        contacts.setdefault(key, line.number)
        for name in FACTS:
            value = line.cells.get(name)
            known = facts.setdefault((line.coop, name), (line.number, value)) if value else None
            if known and known[1] != value:
                sheet.problems.append(
                    (
                        line.number,
                        _("%(column)s of this co-operative is not that of line %(line)s.")
                        % {"column": LABELS[name], "line": known[0]},
                    )
                )
    sheet.problems.sort()
