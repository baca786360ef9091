"""What to offer while a reader types: words of the glossary, titles, a corrected query."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.utils import timezone

from search.analysis import fold
from search.bits import MADE_UP
from search.engines import engine_named
from search.engines.base import Engine, EngineQuery, Match, Sort
from search.hits import respelled, spellings
from search.intents import registered_intents, types_begun
from search.models import SearchDocument
from search.query import clean
from search.ranking import Candidate, Ranker
from search.service import DEFAULT_LANGUAGE, is_shown, understand

SHORTEST = 2
# Titles that the ranker orders before the best are kept.
CANDIDATES = 60
MOST = 10
MOST_DEFINING = 3
SHOWN = ("page_id", "type", "title", "url", "locale", "language", "year")
STEMS = ("title_stems", "summary_stems", "terms_stems")
READ = (*STEMS, "facets")


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

    Pages of the `defining` types come first, then titles that begin so. Seven database queries at most.
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
    if len(documents) < limit:
        documents += _of_type_begun(typed, locale, rows)
    begun = fold(typed)
    documents.sort(key=lambda document: not fold(document.title).startswith(begun))
    corrected = _corrected(meaning.suggestion, meaning.repaired, documents)
    return [*corrected, *_in_order(documents, defining)][:limit]


def _of_type_begun(typed: str, locale: str | None, seen: Container[int]) -> list[SearchDocument]:
    """The newest pages of the type whose name is being typed: their titles need not say it."""
    types = types_begun(typed, registered_intents())
    if not types:
        return []
    rows = SearchDocument.objects.only(*SHOWN, "shown_in", "expires_at").filter(type__in=types)
    newest = rows.order_by("-published_at", "-page_id")[:CANDIDATES]
    return [row for row in newest if row.page_id not in seen and is_shown(row, locale)]


def _candidate(row: SearchDocument) -> Candidate:
    """What the ranker reads of a page whose title is what matters: not its body."""
    title, summary, terms = (getattr(row, column).split() for column in STEMS)
    stems = (title, summary, terms, ())
    return Candidate(row.page_id, row.type, row.year, stems, is_made_up=MADE_UP in row.facets)


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
    defined = _shorter_first([d for d in documents if d.type in defining])
    terms = [Suggestion(d.title, Kind.TERM, d) for d in defined]
    pages = [Suggestion(d.title, Kind.PAGE, d) for d in documents if d.type not in defining]
    return [*terms[:MOST_DEFINING], *pages]


def _shorter_first(documents: Sequence[SearchDocument]) -> list[SearchDocument]:
    """Best first, but « Assemblée générale » before « Assemblée générale extraordinaire »."""
    ordered: list[SearchDocument] = []
    for document in documents:
        begins = (n for n, o in enumerate(ordered) if o.title.startswith(f"{document.title} "))
        ordered.insert(next(begins, len(ordered)), document)
    return ordered
