"""What the engines that live in the database share: sets of documents, exact counts, the order.

Such an engine only says which documents hold which stems (`sets`); everything else is arithmetic
on sets. It is written in the transaction that publishes, and answers whenever the site does.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
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
    parts: tuple[tuple[Part, int], ...]


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
    def delete(self, page_ids: Iterable[int]) -> None:
        """Forget rows, in the caller's transaction."""

    @abstractmethod
    def rebuild(self) -> None:
        """Make the text index again from the rows."""

    @abstractmethod
    def health(self) -> Health:
        """Say whether searches can be answered and over how many documents."""

    # -- Answering -------------------------------------------------------------------------------
    def search(self, query: EngineQuery) -> EngineAnswer:
        facets = read_facets({*query.facet_names, *query.filters, *_type_facet(query.match)})
        base = bits.shown(facets, query.locale, query.now)
        matched = self._matched(query, base)
        documents = matched.documents & base
        selections = bits.chosen(facets, query.filters)
        found = bits.restrict(documents, selections)
        types = facets.get("type", {})
        return EngineAnswer(
            total=found.bit_count(),
            page_ids=self._page(query, found, matched, types),
            facets=bits.count(documents, facets, selections, query.facet_names),
        )

    def suggest(self, query: EngineQuery) -> Sequence[int]:
        """The pages whose title holds every telling clause, best first."""
        facets = read_facets({*query.filters, *_type_facet(query.match)})
        base = bits.shown(facets, query.locale, query.now)
        telling = query.match.telling
        if not telling:
            return []
        questions = [Wanted(Scope.TITLE, (clause.runs,)) for clause in telling]
        held = self.sets(questions)
        found = bits.restrict(reduce(and_, held, base), bits.chosen(facets, query.filters))
        scores = bits.Scores()
        for name, points in query.match.types:
            scores.add(found & facets.get("type", {}).get(name, 0), points)
        return scores.best(found, query.limit)

    # -- Which documents -------------------------------------------------------------------------
    def _matched(self, query: EngineQuery, base: int) -> Matched:
        match = query.match
        if match.is_browse:
            return Matched(base, ())
        if match.nothing:
            return Matched(0, ())
        strict: Question = (
            Phrases(match.phrases)
            if match.phrases
            else Wanted(Scope.ANY, tuple(clause.runs for clause in match.telling))
        )
        parts = parts_of(match) if query.sort is Sort.RELEVANCE else ()
        documents, *held = self.sets([strict, *(_question(part) for part in parts)])
        ordered = tuple(zip(parts, held, strict=True))
        wide = match.telling if not match.phrases else ()
        if len(wide) > 1 and (documents & base).bit_count() < match.enough:
            return self._widened(match.heavy, ordered)
        return Matched(documents, ordered)

    def _widened(self, clauses: Sequence[Clause], ordered: tuple[tuple[Part, int], ...]) -> Matched:
        """What holds at least one clause, when too little holds them all."""
        anywhere = [anywhere_part(clause) for clause in clauses]
        held = self.sets([_question(part) for part in anywhere])
        more = tuple(zip(anywhere, held, strict=True))
        return Matched(reduce(or_, held, 0), ordered + more)

    # -- In which order --------------------------------------------------------------------------
    def _page(
        self, query: EngineQuery, found: int, matched: Matched, types: dict[str, int]
    ) -> Sequence[int]:
        if query.sort is Sort.RELEVANCE and not query.match.is_browse:
            scores = bits.Scores()
            for part, documents in matched.parts:
                scores.add(documents & found, part.points)
            for name, points in query.match.types:
                scores.add(types.get(name, 0) & found, points)
            return scores.best(found, max(CANDIDATES, query.offset + query.limit))
        order = (
            (self.titles, "page_id") if query.sort is Sort.ALPHA else ("-published_at", "-page_id")
        )
        rows = SearchDocument.objects.order_by(*order).values_list("page_id", flat=True)
        if found.bit_count() <= FEW:
            rows = rows.filter(page_id__in=list(bits.unpack(found)))
        inside = bits.Membership(found)
        kept = (page_id for page_id in rows.iterator(chunk_size=1000) if page_id in inside)
        return list(islice(kept, query.offset, query.offset + query.limit))


def _question(part: Part) -> Wanted:
    return Wanted(part.scope, (part.runs,))


def _type_facet(match: Match) -> set[str]:
    return {"type"} if match.types else set()
