"""Reads a search from an address: what is asked, what is filtered, what makes no sense. Pure.

The rule for parameters, the same for pages and for the API:
- a facet given several times adds its values up, at most 30 values in all;
- any other parameter given several times counts once, the last one;
- an unknown parameter is ignored;
- a value that cannot be read is a problem that names it: the API refuses it, a page does without.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Protocol
from urllib.parse import urlencode

from hub.core.languages import ContentLanguage
from resources.types import resource_types
from resources.vocabulary import Step, Use
from search.query import LONGEST_READ, clean

# What experience reports tell of a meeting. « members » is a size: an address has another « size ».
REPORT_FACETS = (
    "practice", "day", "slot", "venue", "mode", "meeting", "region", "status", "activity",
    "members", "staff", "awareness", "channel", "enclosure", "vote", "conviviality", "goal",
)  # fmt: skip
FACETS = (
    "type", "step", "theme", "audience", "year", "organisation", "format", "language", "use",
    *REPORT_FACETS,
)  # fmt: skip
SORTS = ("relevance", "recent", "alpha")
DEFAULT_SIZE = 20
LARGEST_SIZE = 100
LAST_RESULT = 10_000
MOST_VALUES = 30
LONGEST_VALUE = 80


class Parameters(Protocol):
    """A Django ``QueryDict``, or anything that answers like it."""

    def getlist(self, key: str) -> list[str]: ...


@dataclass(frozen=True, slots=True)
class Problem:
    """A parameter that cannot be read, and why, in English."""

    parameter: str
    value: str
    reason: str


@dataclass(frozen=True, slots=True)
class Selection:
    """One state of the library."""

    query: str = ""
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sort: str = ""
    page: int = 1
    size: int = DEFAULT_SIZE
    locale: str = "fr"
    locked_type: str = ""
    problems: tuple[Problem, ...] = ()

    @property
    def effective_sort(self) -> str:
        """What was asked, else relevance for a query and the latest first for browsing."""
        return self.sort or ("relevance" if self.query.strip() else "recent")

    @property
    def offset(self) -> int:
        return (self.page - 1) * self.size

    @property
    def is_filtered(self) -> bool:
        """Any state that is not the plain first view: search robots leave it out."""
        return bool(self.query or self.filters or self.sort or self.page > 1)

    def only_type(self, value: str) -> "Selection":
        """The same within one type, which the address does not repeat."""
        filters = {name: values for name, values in self.filters.items() if name != "type"}
        return replace(self, filters=filters, locked_type=value)

    @property
    def engine_filters(self) -> dict[str, frozenset[str]]:
        filters = {name: frozenset(values) for name, values in self.filters.items()}
        return filters | ({"type": frozenset({self.locked_type})} if self.locked_type else {})

    def lenient(self) -> "Selection":
        """The same without what could not be read: a person who follows an old link is served.

        A page repeats its query in every link: no more of it is kept than the search reads.
        """
        return replace(self, query=self.query[:LONGEST_READ], problems=())

    def to_follow(self) -> "Selection":
        """What one follows of it: its words and its filters, wherever its list stood."""
        kept = {"type": (self.locked_type,)} if self.locked_type else {}
        return Selection(
            query=clean(self.query), filters={**self.filters, **kept}, locale=self.locale
        )

    @property
    def is_of_reports(self) -> bool:
        """Whether nothing but experience reports can be in it: their own facets mean something."""
        types = (self.locked_type,) if self.locked_type else self.filters.get("type", ())
        return tuple(types) == ("report",)

    def has(self, facet: str, value: str) -> bool:
        return value in self.filters.get(facet, ())

    def without(self, facet: str, value: str) -> "Selection":
        values = tuple(v for v in self.filters.get(facet, ()) if v != value)
        filters = {name: v for name, v in self.filters.items() if name != facet}
        return replace(self, filters=filters | ({facet: values} if values else {}), page=1)

    def unfiltered(self) -> "Selection":
        return replace(self, filters={}, page=1)

    def parameters(self, *, page: int | None = None, sort: str | None = None) -> str:
        """The query string of this state; the same state always has the same one."""
        pairs: list[tuple[str, str]] = [("q", self.query)] if self.query else []
        pairs += [(name, v) for name in FACETS for v in sorted(self.filters.get(name, ()))]
        chosen_sort = self.sort if sort is None else sort
        number = self.page if page is None else page
        pairs += [("sort", chosen_sort)] if chosen_sort else []
        pairs += [("page", str(number))] if number > 1 else []
        pairs += [("size", str(self.size))] if self.size != DEFAULT_SIZE else []
        return urlencode(pairs, errors="replace")


def parse(parameters: Parameters, locale: str = "fr") -> Selection:
    """Return the state that the parameters ask for, with the problems met on the way."""
    problems: list[Problem] = []
    filters = _filters(parameters, problems)
    size = _number(parameters, "size", DEFAULT_SIZE, LARGEST_SIZE, problems)
    page = _number(parameters, "page", 1, last_page(LAST_RESULT, size), problems)
    sort = _last(parameters, "sort")
    if sort and sort not in SORTS:
        problems.append(Problem("sort", sort, f"expected one of {', '.join(SORTS)}"))
        sort = ""
    return Selection(
        query=_last(parameters, "q"),
        filters=filters,
        sort=sort,
        page=page,
        size=size,
        locale=locale,
        problems=tuple(problems),
    )


def last_page(total: int, size: int) -> int:
    """The number of the page that ends a list; none begins beyond LAST_RESULT."""
    return max(1, -(-min(total, LAST_RESULT) // size))


def _last(parameters: Parameters, name: str) -> str:
    values = parameters.getlist(name)
    return values[-1] if values else ""


def _filters(parameters: Parameters, problems: list[Problem]) -> dict[str, tuple[str, ...]]:
    filters: dict[str, tuple[str, ...]] = {}
    room = MOST_VALUES
    for name in FACETS:
        given = list(dict.fromkeys(v for v in parameters.getlist(name) if v.strip()))
        good = []
        for value in given:
            reason = _fault(name, value)
            if reason or not room:
                reason = reason or f"at most {MOST_VALUES} values in all"
                problems.append(Problem(name, value, reason))
                continue
            good.append(value)
            room -= 1
        if good:
            filters[name] = tuple(good)
    return filters


def _fault(name: str, value: str) -> str:
    """Say why ``value`` cannot be a value of this facet, or nothing."""
    closed: dict[str, Iterable[str]] = {
        "type": resource_types(),
        "step": Step.values,
        "language": ContentLanguage.values,
        "use": Use.values,
    }
    if name in closed and value not in closed[name]:
        return f"expected one of {', '.join(closed[name])}"
    if name == "year" and not (value.isascii() and value.isdigit() and len(value) == 4):
        return "expected a year in four digits"
    if len(value) > LONGEST_VALUE or not all(c.isalnum() or c in "-_" for c in value):
        return "expected the identifier of a value"
    return ""


def _number(
    parameters: Parameters, name: str, default: int, largest: int, problems: list[Problem]
) -> int:
    text = _last(parameters, name)
    if not text:
        return default
    readable = text.isascii() and text.isdigit() and len(text) < 8
    if not readable or not 1 <= int(text) <= largest:
        reason = f"expected a whole number from 1 to {largest}"
        problems.append(Problem(name, text, reason))
        return default
    return int(text)
