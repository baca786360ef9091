"""What the engines that live in the database share: sets of documents, exact counts, the order.

Such an engine only says which documents hold which stems (`sets`); everything else is arithmetic
on sets. It is written in the transaction that publishes, and answers whenever the site does.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from functools import reduce
from itertools import islice
from operator import and_, or_
from typing import NamedTuple

from django.db.models import F
from django.db.models.expressions import Combinable

from search import bits
from search.engines.base import (
    CANDIDATES,
    Clause,
    EngineAnswer,
    EngineQuery,
    Health,
    Match,
    Part,
    Run,
    Scope,
    Sort,
    anywhere_part,
    parts_of,
)
from search.facet_store import read_facets
from search.models import SearchDocument

# Below this many results their ids are sent to the database; above, its ordered index is walked.
FEW = 1_000


class Wanted(NamedTuple):
    """A question to the text index: the documents that hold, for each group, one of its runs."""

    scope: Scope
    groups: tuple[tuple[Run, ...], ...]


class Phrases(NamedTuple):
    """A question to the text index: the documents that hold all these exact phrases."""

    phrases: tuple[Run, ...]


Question = Wanted | Phrases


class Matched(NamedTuple):
    """The documents that answer, and where the parts of the order stand in them."""

    documents: int
    parts: tuple[tuple[Part, int], ...] = ()
    wide: bool = False


class DatabaseEngine(ABC):
    """`search.engines.base.Engine` over the tables of the site's own database."""

    name: str
    # Titles are put in order by their letters' codes, in every database.
    titles: Combinable = F("sort_title")

    @abstractmethod
    def sets(self, questions: Sequence[Question]) -> list[int]:
        """The set of documents of each question, whether shown or not. One database query."""

    @abstractmethod
    def index(self, documents: Sequence[SearchDocument]) -> None:
        """Take in rows just written, in the caller's transaction."""

    @abstractmethod
    def rebuild(self) -> None:
        """Make the text index again from the rows."""

    @abstractmethod
    def health(self) -> Health:
        """Say whether searches can be answered and over how many documents."""

    def delete(self, page_ids: Sequence[int]) -> None:  # noqa: B027
        """The text index loses what its rows lose, in the same transaction."""

    def follow_lists(self, page_ids: Sequence[int]) -> None:  # noqa: B027
        """Who lists a document is not the text index's concern."""

    # -- Answering -------------------------------------------------------------------------------
    def search(self, query: EngineQuery, among: int | None = None) -> EngineAnswer:
        """Answer over every document shown, or over the set `among` of them."""
        facets = read_facets({*query.facet_names, *_filtered(query), *_type_facet(query.match)})
        base = bits.shown(facets, query.locale, query.now)
        base = base if among is None else base & among
        matched = self._matched(query, base)
        documents = matched.documents & base
        selections = bits.chosen(facets, query.filters)
        found = bits.restrict(documents, selections)
        page_ids, points = self._page(query, found, matched, facets.get("type", {}))
        return EngineAnswer(
            total=found.bit_count(),
            page_ids=page_ids,
            facets=bits.count(documents, facets, selections, query.facet_names),
            points=points,
            matched=documents.bit_count(),
            wide=matched.wide,
            others=[
                bits.restrict(documents, bits.chosen(facets, filters)).bit_count()
                for filters in query.others
            ],
        )

    def suggest(self, query: EngineQuery) -> Sequence[int]:
        telling = query.match.telling
        if not telling:
            return []
        facets = read_facets({*query.filters, *_type_facet(query.match)})
        base = bits.shown(facets, query.locale, query.now)
        held = self.sets([Wanted(Scope.TITLE, (clause.runs,)) for clause in telling])
        found = bits.restrict(reduce(and_, held, base), bits.chosen(facets, query.filters))
        scores = bits.Scores()
        for name, points in query.match.types:
            scores.add(found & facets.get("type", {}).get(name, 0), points)
        return [page_id for page_id, _points in scores.best(found, query.limit)]

    # -- Which documents -------------------------------------------------------------------------
    def _matched(self, query: EngineQuery, base: int) -> Matched:
        match = query.match
        if match.is_browse:
            return Matched(base)
        if match.nothing:
            return Matched(0)
        parts = parts_of(match) if query.sort is Sort.RELEVANCE else ()
        whole = [] if query.wide else [_whole(match)]
        held = self.sets([*whole, *(_question(part) for part in parts)])
        ordered = tuple(zip(parts, held[len(whole) :], strict=True))
        if whole and not self._is_few(query, held[0] & base):
            return Matched(held[0], ordered)
        return self._widened(match.heavy, ordered)

    @staticmethod
    def _is_few(query: EngineQuery, documents: int) -> bool:
        """Whether too few documents hold every clause, so that one must be enough."""
        match = query.match
        can_be_wider = len(match.telling) > 1 and not match.phrases and query.wide is None
        return can_be_wider and documents.bit_count() < match.enough

    def _widened(self, clauses: Sequence[Clause], ordered: tuple[tuple[Part, int], ...]) -> Matched:
        """What holds at least one clause, when too little holds them all."""
        anywhere = [anywhere_part(clause) for clause in clauses]
        held = self.sets([_question(part) for part in anywhere])
        more = tuple(zip(anywhere, held, strict=True))
        return Matched(reduce(or_, held, 0), ordered + more, wide=True)

    # -- In which order --------------------------------------------------------------------------
    def _page(
        self, query: EngineQuery, found: int, matched: Matched, types: dict[str, int]
    ) -> tuple[Sequence[int], Sequence[int]]:
        """The documents that the answer names, and the points of each when relevance orders them."""
        if query.sort is Sort.RELEVANCE and not query.match.is_browse:
            scores = bits.Scores()
            for part, documents in matched.parts:
                scores.add(documents & found, part.points)
            for name, points in query.match.types:
                scores.add(types.get(name, 0) & found, points)
            best = scores.best(found, max(CANDIDATES, query.offset + query.limit))
            return [page_id for page_id, _ in best], [points for _, points in best]
        return self._sorted(query, found), ()

    def _sorted(self, query: EngineQuery, found: int) -> list[int]:
        order = (
            (self.titles, "page_id") if query.sort is Sort.ALPHA else ("-published_at", "-page_id")
        )
        rows = SearchDocument.objects.order_by(*order).values_list("page_id", flat=True)
        if found.bit_count() <= FEW:
            rows = rows.filter(page_id__in=list(bits.unpack(found)))
        inside = bits.Membership(found)
        kept = (page_id for page_id in rows.iterator(chunk_size=1000) if page_id in inside)
        return list(islice(kept, query.offset, query.offset + query.limit))


def _whole(match: Match) -> Question:
    """What holds everything that restricts."""
    if match.phrases:
        return Phrases(match.phrases)
    return Wanted(Scope.ANY, tuple(clause.runs for clause in match.telling))


def _question(part: Part) -> Wanted:
    return Wanted(part.scope, (part.runs,))


def _filtered(query: EngineQuery) -> set[str]:
    """The facets that the filters, and those to be tried instead, restrict."""
    return {name for filters in (query.filters, *query.others) for name in filters}


def _type_facet(match: Match) -> set[str]:
    return {"type"} if match.types else set()
