"""What a sheet would change in the glossary, said before anything is written.

A plan remembers what each term was when it was made. Terms that a sheet does not name stay as they
are: nothing is ever removed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Page

from hub.core.text import folded
from resources.models import GlossaryTermPage
from resources.terms.rows import Terms, in_hand, known_names, token_of
from resources.terms.sheet import COLUMNS, YES, Line, Sheet, parts
from resources.terms.texts import same_words

LABELS = {
    "slug": gettext_lazy("address"),
    "term": gettext_lazy("term"),
    "plain": gettext_lazy("plain definition"),
    "full": gettext_lazy("explanation in full"),
    "variants": gettext_lazy("variants"),
    "acronym": gettext_lazy("acronym"),
    "not_to_confuse": gettext_lazy("not to be confused with"),
    "related": gettext_lazy("see also"),
    "source": gettext_lazy("source"),
    "source_checked": gettext_lazy("source checked on"),
    "themes": gettext_lazy("themes"),
    "steps": gettext_lazy("steps"),
    "legal": gettext_lazy("legal values"),
    "ambiguous": gettext_lazy("also an everyday word"),
}
UNORDERED = frozenset({"themes", "steps", "legal"})


@dataclass(frozen=True, slots=True)
class FieldChange:
    """What a column said and would say."""

    column: str
    before: str
    after: str
    loses_marks: bool = False

    @property
    def label(self) -> object:
        return LABELS[self.column]


@dataclass(slots=True)
class TermChange:
    """What a line would do: `page` is None for a term that is not there yet."""

    line: Line
    slug: str
    page: GlossaryTermPage | None
    fields: list[FieldChange] = field(default_factory=list)

    @property
    def title(self) -> str:
        return self.line.cells["term"]

    @property
    def kind(self) -> str:
        if self.page is None:
            return "added"
        return "changed" if self.fields else "unchanged"

    @property
    def has_draft(self) -> bool:
        """Somebody has changes of their own that are not published: they are kept, as a draft."""
        return bool(self.page and self.page.has_unpublished_changes and self.page.live)


@dataclass(slots=True)
class Plan:
    """The changes of a whole sheet, what forbids it, and what each term to write was (`basis`, by slug)."""

    place: Page
    changes: list[TermChange]
    problems: list[tuple[int, str]]
    notes: list[str]
    basis: dict[str, str]

    def of_kind(self, kind: str) -> list[TermChange]:
        return [change for change in self.changes if change.kind == kind]

    @property
    def writes(self) -> list[TermChange]:
        return [change for change in self.changes if change.kind != "unchanged"]


def plan_of(sheet: Sheet, place: Page, user: Any = None) -> Plan:
    """Compare a sheet with the terms below `place`; a user may not do more than in the editor."""
    there = in_hand(place)
    compared = _Comparison(there, sheet)
    changes = [compared.change(line) for line in sheet.lines]
    problems = [*sheet.problems, *compared.problems]
    if user is not None:
        problems += _forbidden(changes, place, user)
    basis = {
        change.slug: token_of(change.page, compared.cells[change.slug]) if change.page else ""
        for change in changes
        if change.kind != "unchanged"
    }
    return Plan(place, changes, sorted(set(problems)), sheet.notes, basis)


class _Comparison:
    def __init__(self, there: Terms, sheet: Sheet) -> None:
        self.pages = {page.slug: page for page in there.pages}
        self.cells = {page.slug: cells for page, cells in there}
        self.by_title = {folded(page.title): page.slug for page in there.pages}
        self.names = known_names()
        terms = {*self.pages, *map(self._slug_of, sheet.lines)}
        self.names |= {"related": terms, "not_to_confuse": terms}
        self.problems: list[tuple[int, str]] = []

    def _slug_of(self, line: Line) -> str:
        """A line without an address is known by its term."""
        given = line.cells.get("slug")
        return given or self.by_title.get(folded(line.cells["term"])) or line.slug

    def change(self, line: Line) -> TermChange:
        slug = self._slug_of(line)
        found = TermChange(line, slug, self.pages.get(slug))
        self.problems += [(line.number, problem) for problem in self._wrong(line, slug)]
        before = self.cells.get(slug, {})
        for column in COLUMNS:
            if column != "slug" and column in line.cells:
                old, new = before.get(column, ""), line.cells[column]
                if not _same(column, old, new):
                    marks = column == "full" and bool(found.page) and _has_marks(found.page)
                    found.fields.append(FieldChange(column, old, new, marks))
        return found

    def _wrong(self, line: Line, slug: str) -> Iterator[str]:
        twin = self.by_title.get(folded(line.cells["term"]))
        if twin and twin != slug:
            yield _("Another term has this name already: its address is “%(slug)s”.") % {
                "slug": twin
            }
        for column in ("related", "not_to_confuse", "themes", "steps", "legal"):
            for part in parts(line.cells.get(column, "")):
                name = part.partition(":")[0].strip()
                if name not in self.names[column]:
                    yield _("%(column)s names “%(name)s”, which does not exist.") % {
                        "column": column, "name": name[:60],
                    }  # fmt: skip


def _same(column: str, old: str, new: str) -> bool:
    if column == "full":
        return same_words(old, new)
    if column == "ambiguous":
        return (old in YES) == (new.lower() in YES)
    if column in UNORDERED:
        return set(parts(old)) == set(parts(new))
    if column in {"variants", "related", "not_to_confuse"}:
        return [" ".join(p.split()) for p in parts(old)] == [
            " ".join(p.split()) for p in parts(new)
        ]
    return old.strip() == new


def _has_marks(page: GlossaryTermPage | None) -> bool:
    """Whether the explanation holds more than words: pictures, boxes, bold letters, links."""
    blocks = list(page.body.raw_data) if page else []
    return any(
        block["type"] not in {"paragraph", "heading"}
        or any(mark in str(block["value"]) for mark in ("<b", "<i", "<a "))
        for block in blocks
    )


def _forbidden(changes: list[TermChange], place: Page, user: Any) -> Iterator[tuple[int, str]]:
    may_add = place.permissions_for_user(user).can_add_subpage()
    for change in changes:
        if change.page is None:
            if not may_add:
                yield change.line.number, _("You may not add terms to this glossary.")
        elif change.fields:
            rights = change.page.permissions_for_user(user)
            if rights.page_locked():
                yield change.line.number, _("This term is locked: somebody is at work on it.")
            elif not rights.can_edit():
                yield change.line.number, _("You may not change this term.")
