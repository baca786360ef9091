"""The contract between the search service and an engine.

An engine answers three things exactly: which documents match, how many, and the facet counts.
It also proposes an order; the final order of the first results is `search.ranking`'s, so that
relevance is the same whatever the engine.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

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


@dataclass(frozen=True, slots=True)
class SearchHit:
    """One result. `highlight` and `title_highlight` are safe HTML: escaped text and `<mark>` only."""

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
    """

    total: int
    hits: tuple[SearchHit, ...] = ()
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    confident: bool = True
    suggestion: str = ""
    terms: tuple[str, ...] = ()
    requested_types: tuple[str, ...] = ()


# Stems that must stand near each other, in any order: within their number plus SLOP. Often a single one.
Run = tuple[str, ...]
SLOP = 2


@dataclass(frozen=True, slots=True)
class Match:
    """Which documents answer, in a form every engine can express.

    `phrases`: plain folded words that follow each other exactly, all required, found in `words`.
    `concepts`: each is the runs of stems that stand for one idea of the query (any of them will do),
    found in the weighted fields. A document matches when it holds all concepts if at least `enough`
    visible documents do, otherwise when it holds at least one. With phrases, concepts only order.
    Without phrases nor concepts every document matches (browsing), unless `nothing`.
    """

    phrases: tuple[tuple[str, ...], ...] = ()
    concepts: tuple[tuple[Run, ...], ...] = ()
    enough: int = 50
    nothing: bool = False

    @property
    def is_browse(self) -> bool:
        """True when no word restricts the answer."""
        return not (self.phrases or self.concepts or self.nothing)


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


@dataclass(frozen=True, slots=True)
class EngineAnswer:
    """`page_ids`: by relevance, the first max(CANDIDATES, offset + limit) of the matching documents;
    otherwise exactly the page asked for. `total` and `facets` are exact.
    """

    total: int
    page_ids: Sequence[int]
    facets: Mapping[str, Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class Health:
    """State of an engine, for /readyz/ and the administration."""

    ok: bool
    detail: str
    documents: int


class Engine(Protocol):
    """Candidate generation, matched set and facet counts over the `SearchDocument` rows."""

    name: str

    def search(self, query: EngineQuery) -> EngineAnswer:
        """Answer exactly; never raise for what a reader typed."""

    def index(self, documents: Sequence[SearchDocument]) -> None:
        """Take in rows just written, in the caller's transaction."""

    def delete(self, page_ids: Iterable[int]) -> None:
        """Forget rows, in the caller's transaction."""

    def rebuild(self) -> None:
        """Make the index again from the rows."""

    def health(self) -> Health:
        """Say whether searches can be answered and over how many documents."""
