"""The contract between the search service and an engine.

An engine answers three things exactly: which documents match, how many, and the facet counts.
It also proposes an order; the final order of the first results is `search.ranking`'s, so that
relevance is the same whatever the engine.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from search.models import SearchDocument

MAX_OFFSET = 10_000
MAX_LIMIT = 100
# Results the ranker reorders: beyond, the engine's own order is kept. Bounds the cost at any size.
CANDIDATES = 200


class Sort(StrEnum):
    """Orders a reader can ask for."""

    RELEVANCE = "relevance"
    RECENT = "recent"
    ALPHA = "alpha"


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchRequest:
    """What a reader asks. Nothing in it is trusted: every field is cleaned or clamped by the service."""

    query: str = ""
    filters: Mapping[str, frozenset[str]] = field(default_factory=dict)
    facet_names: tuple[str, ...] = ()
    locale: str | None = None
    sort: Sort | str = Sort.RELEVANCE
    offset: int = 0
    limit: int = 20
    # Types whose pages define a word, and types offered beside the results when one fits.
    defining: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    # Other filters, to be told how many results each would give for the same words.
    others: tuple[Mapping[str, frozenset[str]], ...] = ()


@dataclass(frozen=True, slots=True)
class SearchHit:
    """One result. `highlight` and `title_highlight` are safe HTML: escaped text and `<mark>` only.

    `section_title` names the place of the extract for people (« Chapitre 2 », « p. 4 », « 1:13 »), and
    `section_anchor` is what to add to the address of the page to go there.
    """

    page_id: int
    external_id: str
    score: float
    document: SearchDocument
    highlight: str
    title_highlight: str
    section_title: str = ""
    section_anchor: str = ""


@dataclass(frozen=True, slots=True)
class SearchResult:
    """What the service answers.

    `confident` is False when nothing answers the query well: the page then offers help instead of claiming.
    `suggestion` is a corrected query ("vouliez-vous dire"), or "".
    `terms` are the words understood, as the reader typed them or corrected.
    `requested_types` are the types the wording asks for (« vidéo gouvernance »), best first.
    `promoted` are the pages that editors put on top of this query, counted nowhere; `definition`
    defines the words asked for; `beside` are the best pages of other types that fit. On the first
    page of results only. `near`: when the answer is not sure, defining pages whose name resembles a
    word of the query. `others`: the total that each of the request's other filters would give.
    """

    total: int
    hits: tuple[SearchHit, ...] = ()
    promoted: tuple[SearchHit, ...] = ()
    definition: SearchHit | None = None
    beside: tuple[SearchHit, ...] = ()
    near: tuple[SearchHit, ...] = ()
    others: tuple[int, ...] = ()
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    confident: bool = True
    suggestion: str = ""
    terms: tuple[str, ...] = ()
    requested_types: tuple[str, ...] = ()


# Stems that must follow each other; often a single one.
Run = tuple[str, ...]


class Scope(StrEnum):
    """Where an engine looks for a run of stems: always within one column, never across two."""

    TITLE = "title"
    HEAD = "head"  # the summary or the terms
    ANY = "any"  # the title, the summary, the terms or the body


@dataclass(frozen=True, slots=True)
class Clause:
    """One idea of the query, in a form every engine can express.

    `own` are the reader's words as typed, corrected or completed, `other` what synonyms say; any of
    them will do. `points` (1 to MOST_POINTS) says how much the idea weighs in this query. A clause
    that is not `telling` only orders.
    """

    own: tuple[Run, ...]
    other: tuple[Run, ...] = ()
    points: int = 1
    telling: bool = True

    @property
    def runs(self) -> tuple[Run, ...]:
        return self.own + self.other


MOST_POINTS = 15


@dataclass(frozen=True, slots=True)
class Match:
    """Which documents answer, and in which order they are proposed to the ranker.

    `phrases`: folded words that follow each other exactly, all required, found in `words`; with
    phrases, clauses only order. Otherwise a document matches when it holds every telling clause if
    at least `enough` visible documents do; if not, when it holds at least one of the `heavy` ones.
    Without phrases nor telling clauses every document matches (browsing), unless `nothing`.

    `types` are the resource types that the wording asks for, with the points they earn.
    """

    phrases: tuple[tuple[str, ...], ...] = ()
    clauses: tuple[Clause, ...] = ()
    types: tuple[tuple[str, int], ...] = ()
    enough: int = 50
    nothing: bool = False

    @property
    def is_browse(self) -> bool:
        """True when no word restricts the answer."""
        return not (self.phrases or self.telling or self.nothing)

    @property
    def telling(self) -> tuple[Clause, ...]:
        return tuple(clause for clause in self.clauses if clause.telling)

    @property
    def heavy(self) -> tuple[Clause, ...]:
        """The telling clauses that a document may hold alone: not the lightest of the query."""
        most = max((clause.points for clause in self.telling), default=0)
        return tuple(clause for clause in self.telling if clause.points >= LIGHT * most)


# A clause with less than this share of the heaviest one's points is not an answer by itself.
LIGHT = 0.2


class Part(NamedTuple):
    """Documents that hold one of these runs in this scope earn these points."""

    scope: Scope
    runs: tuple[Run, ...]
    points: int


# Points of a place, for the reader's own words and for synonyms; times the points of the clause.
PLACES = ((Scope.TITLE, 8, 4), (Scope.HEAD, 3, 1))
ANYWHERE = 2


def parts_of(match: Match) -> tuple[Part, ...]:
    """The sum that orders candidates: whole numbers only, so that every engine finds the same."""
    return tuple(
        Part(scope, runs, clause.points * points)
        for clause in match.clauses
        for scope, own, other in PLACES
        for runs, points in ((clause.own, own), (clause.other, other))
        if runs
    )


def anywhere_part(clause: Clause) -> Part:
    """What holding a clause at all earns, where not every document holds it."""
    return Part(Scope.ANY, clause.runs, clause.points * ANYWHERE)


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineQuery:
    """A clean, bounded request to an engine."""

    match: Match
    filters: Mapping[str, frozenset[str]]
    facet_names: tuple[str, ...]
    locale: str | None
    sort: Sort
    offset: int
    limit: int
    now: datetime
    # Whether one clause is enough; None lets the engine count (see `Match`).
    wide: bool | None = None
    # Filters to be tried instead of these, for their totals.
    others: tuple[Mapping[str, frozenset[str]], ...] = ()


@dataclass(frozen=True, slots=True)
class EngineAnswer:
    """`page_ids`: by relevance, the first max(CANDIDATES, offset + limit) of the matching documents
    with the `points` of each; otherwise exactly the page asked for. `total`, `facets` and `others`
    (the total of each of the query's `others`) are exact.

    `matched` is the number of documents before the filters, `wide` whether one clause was enough.
    """

    total: int
    page_ids: Sequence[int]
    facets: Mapping[str, Mapping[str, int]]
    points: Sequence[int] = ()
    matched: int = 0
    wide: bool = False
    others: Sequence[int] = ()


@dataclass(frozen=True, slots=True)
class Health:
    """State of an engine, for /readyz/ and the administration."""

    ok: bool
    detail: str
    documents: int


class UnavailableError(Exception):
    """An engine outside of the database cannot answer now; the message says why."""


class Engine(Protocol):
    """Candidate generation, matched set and facet counts over the `SearchDocument` rows."""

    name: str

    def search(self, query: EngineQuery) -> EngineAnswer:
        """Answer exactly; never raise for what a reader typed."""

    def suggest(self, query: EngineQuery) -> Sequence[int]:
        """The pages whose title holds every telling clause, best first, at most `limit`."""

    def index(self, documents: Sequence[SearchDocument]) -> None:
        """Take in rows just written, in the caller's transaction."""

    def follow_lists(self, page_ids: Sequence[int]) -> None:
        """Take in that other site locales now list these rows, in the caller's transaction."""

    def delete(self, page_ids: Sequence[int]) -> None:
        """Forget rows, in the caller's transaction."""

    def rebuild(self) -> None:
        """Make the index again from the rows; searches and publications go on meanwhile."""

    def health(self) -> Health:
        """Say whether searches can be answered and over how many documents."""
