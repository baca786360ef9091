"""What to offer while a reader types: words of the glossary, titles, a corrected query."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.utils import timezone

from search.engines import engine_named
from search.engines.base import Engine, EngineQuery, Match, Sort
from search.hits import respelled, spellings
from search.models import SearchDocument
from search.query import clean
from search.ranking import Candidate, Ranker
from search.service import DEFAULT_LANGUAGE, understand

SHORTEST = 2
# Titles that the ranker orders before the best are kept.
CANDIDATES = 60
MOST = 10
MOST_DEFINING = 3
SHOWN = ("page_id", "type", "title", "url", "locale", "language", "year")
READ = ("title_stems", "summary_stems", "terms_stems")


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

    Pages of the `defining` types come first. Six database queries at most.
    """
    typed = clean(text)
    if len(typed) < SHORTEST:
        return []
    language = (locale or DEFAULT_LANGUAGE)[:20]
    meaning = understand(text, language, typing=True)
    ranker = Ranker(meaning)
    ids = (engine or engine_named()).suggest(_titles(meaning.match(ranker.types), locale))
    rows = SearchDocument.objects.only(*SHOWN, *READ).in_bulk(list(ids)) if ids else {}
    ranked = ranker.rank(_candidate(row) for row in rows.values())
    documents = [rows[item.page_id] for item in ranked[: limit * 2]]
    corrected = _corrected(meaning.suggestion, meaning.repaired, documents)
    return [*corrected, *_in_order(documents, defining)][:limit]


def _candidate(row: SearchDocument) -> Candidate:
    """What the ranker reads of a page whose title is what matters: not its body."""
    title, summary, terms = (getattr(row, column).split() for column in READ)
    return Candidate(row.page_id, row.type, row.year, (title, summary, terms, ()))


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
    written = spellings(repaired, ((row.language, row.title) for row in documents))
    return [Suggestion(respelled(suggestion, written), Kind.QUERY)]


def _in_order(documents: Sequence[SearchDocument], defining: Sequence[str]) -> list[Suggestion]:
    terms = [Suggestion(d.title, Kind.TERM, d) for d in documents if d.type in defining]
    pages = [Suggestion(d.title, Kind.PAGE, d) for d in documents if d.type not in defining]
    return [*terms[:MOST_DEFINING], *pages]
