"""What to offer while a reader types: words of the glossary, titles, a corrected query."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.utils import timezone

from search.engines import engine_named
from search.engines.base import Engine, EngineQuery, Match, Sort
from search.hits import hits_by_id, respelled, spellings
from search.models import SearchDocument
from search.query import clean
from search.ranking import Ranker
from search.service import DEFAULT_LANGUAGE, candidates, understand

SHORTEST = 2
# Titles that the ranker orders before the best are kept.
CANDIDATES = 60
MOST = 10
MOST_DEFINING = 3


class Kind(StrEnum):
    """What a suggestion leads to."""

    QUERY = "query"  # the words typed, corrected
    TERM = "term"  # the definition of a word
    PAGE = "page"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One line under the search box. A `query` has no document: it asks for its text."""

    text: str
    kind: Kind
    document: SearchDocument | None = None


def suggest(
    text: object,
    locale: str | None,
    *,
    defining: Sequence[str] = (),
    limit: int = MOST,
    engine: Engine | None = None,
) -> list[Suggestion]:
    """What a reader may mean who has typed this, best first; nothing under two characters.

    Pages of the `defining` types come first. Seven database queries at most.
    """
    typed = clean(text)
    if len(typed) < SHORTEST:
        return []
    language = (locale or DEFAULT_LANGUAGE)[:20]
    meaning = understand(text, language)
    ranker = Ranker(meaning)
    ids = (engine or engine_named()).suggest(_titles(meaning.match(ranker.types), locale))
    ranked = ranker.rank(candidates(ids)) if ids else []
    found = hits_by_id({item.page_id: item.score for item in ranked[: limit * 2]}, meaning)
    documents = [found[i.page_id].document for i in ranked[: limit * 2] if i.page_id in found]
    corrected = _corrected(meaning.suggestion, meaning.repaired, documents)
    return [*corrected, *_in_order(documents, defining)][:limit]


def _titles(match: Match, locale: str | None) -> EngineQuery:
    return EngineQuery(
        match=match,
        filters={},
        facet_names=(),
        locale=locale,
        sort=Sort.RELEVANCE,
        offset=0,
        limit=CANDIDATES,
        now=timezone.now(),
    )


def _corrected(
    suggestion: str, repaired: frozenset[str], documents: Sequence[SearchDocument]
) -> list[Suggestion]:
    if not suggestion:
        return []
    written: Mapping[str, str] = spellings(repaired, documents)
    return [Suggestion(respelled(suggestion, written), Kind.QUERY)]


def _in_order(documents: Sequence[SearchDocument], defining: Sequence[str]) -> list[Suggestion]:
    terms = [Suggestion(d.title, Kind.TERM, d) for d in documents if d.type in defining]
    pages = [Suggestion(d.title, Kind.PAGE, d) for d in documents if d.type not in defining]
    return [*terms[:MOST_DEFINING], *pages]
