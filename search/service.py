"""The one door to the public search: pages, API, feeds and commands all call `search()`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from django.utils import timezone

from hub.core.request_cache import remembering
from search.answers import beside, definition_of
from search.bits import MADE_UP
from search.bounds import MAX_FACETS, MAX_FILTER_VALUES, bounded, cleaned
from search.concepts import Meaning, Tuning
from search.engines import engine_named
from search.engines.base import (
    CANDIDATES,
    MAX_LIMIT,
    MAX_OFFSET,
    Engine,
    EngineAnswer,
    EngineQuery,
    Match,
    SearchHit,
    SearchRequest,
    SearchResult,
    Sort,
)
from search.hits import hits_by_id, respelled, spellings, texts_of
from search.intents import registered_intents
from search.models import SearchDocument
from search.names import resembling
from search.query import parse
from search.ranking import Candidate, Ranked, Ranker, Stems, Weights
from search.rows import STEM_COLUMNS
from search.steering import Steering, steering
from search.understanding import Understanding
from search.vocabulary import StoredVocabulary

DEFAULT_LANGUAGE = "fr"
FIRST_ONES = 3


@remembering()
def search(
    request: SearchRequest,
    *,
    engine: Engine | None = None,
    tuning: Tuning | None = None,
    weights: Weights | None = None,
) -> SearchResult:
    """Answer a reader's request with the configured engine (or the one given).

    Safe for any text and any filter; at most 8 database queries, whatever the number of documents.
    `tuning` and `weights` replace the settings of relevance, for measuring.
    """
    return Searching(
        request, engine or engine_named(), tuning or Tuning(), weights or Weights()
    ).result()


@remembering()
def understand(
    text: object,
    language: str = DEFAULT_LANGUAGE,
    tuning: Tuning | None = None,
    rules: Steering | None = None,
    *,
    typing: bool = False,
) -> Meaning:
    """What a query means against the index as it is, or what it may become while it is typed."""
    intents = registered_intents()
    parsed = parse(text, language, intents, typing=typing)
    if not parsed.words:
        return Meaning(parsed)
    rules = rules or steering(language)
    reader = Understanding(
        parsed,
        language,
        rules.synonyms,
        StoredVocabulary(),
        tuning or Tuning(),
        rules.protected,
        intents,
        typing=typing,
    )
    return reader.meaning()


@dataclass(slots=True)
class Searching:
    """One request being answered; `search.explaining` looks at the steps."""

    request: SearchRequest
    engine: Engine
    tuning: Tuning
    weights: Weights

    def answered(self) -> Answered:
        """What the query means, what the engine found, and in which order."""
        rules = steering(self._language)
        meaning = understand(self.request.query, self._language, self.tuning, rules)
        ranker = Ranker(meaning, self.weights)
        match = meaning.match(ranker.types)
        answer, unquoted = self._ask(match), False
        if not answer.total and match.phrases and match.telling and not self._filters:
            # Nothing holds the exact words: show what holds them apart, and say that it is not sure.
            answer, unquoted = self._ask(replace(match, phrases=())), True
        return Answered(rules, ranker, match, answer, self._order(answer, match, ranker), unquoted)

    def result(self, answered: Answered | None = None) -> SearchResult:
        """The answer; what was answered already need not be asked again."""
        answered = answered or self.answered()
        meaning, order, answer = answered.meaning, answered.order, answered.answer
        sure = order.confident and not answered.unquoted
        offered = self._offered(order, meaning, answered.rules, sure and bool(answer.total))
        scores = {item.page_id: item.score for item in order.page}
        found = hits_by_id(dict.fromkeys(offered.all, 0.0) | scores, meaning, offered.beside)
        hits = tuple(found[pk] for pk in scores if pk in found)
        written = spellings(meaning.repaired, texts_of(hit.document for hit in hits))
        return SearchResult(
            total=answer.total,
            hits=hits,
            promoted=self._shown(found, offered.promoted),
            definition=found.get(offered.definition or 0),
            beside=tuple(found[pk] for pk in offered.beside if pk in found),
            near=self._shown(found, offered.near),
            others=tuple(answer.others),
            facets=answer.facets,
            confident=sure,
            suggestion=respelled(meaning.suggestion, written),
            terms=tuple(respelled(term, written) for term in meaning.terms),
            requested_types=tuple(answered.ranker.types),
        )

    # -- The request, cleaned --------------------------------------------------------------------
    @property
    def _language(self) -> str:
        return (self.request.locale or DEFAULT_LANGUAGE)[:20]

    @property
    def _filters(self) -> dict[str, frozenset[str]]:
        return cleaned(self.request.filters)

    @property
    def _offset(self) -> int:
        return bounded(self.request.offset, MAX_OFFSET)

    @property
    def _limit(self) -> int:
        return bounded(self.request.limit, MAX_LIMIT)

    @property
    def _sort(self) -> Sort:
        try:
            return Sort(self.request.sort)
        except ValueError:
            return Sort.RELEVANCE

    # -- The answer ------------------------------------------------------------------------------
    def _ask(self, match: Match) -> EngineAnswer:
        return self.engine.search(
            EngineQuery(
                match=match,
                filters=self._filters,
                facet_names=tuple(
                    name
                    for name in self.request.facet_names[:MAX_FACETS]
                    if not name.startswith("@")
                ),
                locale=self.request.locale,
                sort=self._sort,
                offset=self._offset,
                limit=self._limit,
                now=timezone.now(),
                others=tuple(map(cleaned, self.request.others[: MAX_FILTER_VALUES + 1])),
            )
        )

    def _order(self, answer: EngineAnswer, match: Match, ranker: Ranker) -> Order:
        """The page asked for in its final order, and whether the answer is sure."""
        if match.is_browse or not answer.page_ids:
            page = [Ranked(page_id, 0.0, 0.0) for page_id in answer.page_ids]
            return Order(page, match.is_browse or bool(match.phrases))
        if self._sort is not Sort.RELEVANCE:
            ranked = ranker.rank(candidates(answer.page_ids))
            order = {page_id: place for place, page_id in enumerate(answer.page_ids)}
            page = sorted(ranked, key=lambda item: order[item.page_id])
            return Order(page, ranker.is_confident(ranked))
        read = candidates(answer.page_ids[:CANDIDATES])
        ranked = ranker.rank(read)
        confident = ranker.is_confident(ranked) or bool(match.phrases)
        every = ranked + [Ranked(pk, 0.0, 0.0) for pk in answer.page_ids[CANDIDATES:]]
        page = every[self._offset : self._offset + self._limit]
        return Order(page, confident, ranked, {item.page_id: item for item in read})

    def _offered(self, order: Order, meaning: Meaning, rules: Steering, sure: bool) -> _Offered:
        """What the first page shows besides the list."""
        if self._offset or not meaning.parsed.text:
            return _Offered()
        request = self.request
        definition = definition_of(meaning, order.ranked, order.read, request.defining)
        listed = [item.page_id for item in order.page]
        first = listed[:FIRST_ONES]
        enough = self.weights.confident_at
        alike = [] if sure else resembling(meaning.stems, request.defining, request.locale)
        return _Offered(
            promoted=tuple(rules.promoted(meaning.parsed.text, timezone.localdate())),
            definition=definition,
            beside=tuple(beside(order.ranked, order.read, request.beside, first, enough)),
            near=tuple(pk for pk in alike if pk not in listed and pk != definition),
        )

    def _shown(self, found: Mapping[int, SearchHit], pages: Iterable[int]) -> tuple[SearchHit, ...]:
        """Of these pages, which no engine found, those that may be read."""
        hits = [found[pk] for pk in pages if pk in found]
        return tuple(hit for hit in hits if is_shown(hit.document, self.request.locale))


def is_shown(document: SearchDocument, locale: str | None) -> bool:
    """Whether a page that no engine found may be read now, in this locale."""
    return not document.has_ended and locale in (None, *document.shown_in)


@dataclass(slots=True)
class Order:
    """The page asked for; all that was ranked, with what was read of it."""

    page: Sequence[Ranked]
    confident: bool
    ranked: Sequence[Ranked] = ()
    read: Mapping[int, Candidate] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Answered:
    """A request answered by the engine and put in order. `unquoted` when its phrases were let go."""

    rules: Steering
    ranker: Ranker
    match: Match
    answer: EngineAnswer
    order: Order
    unquoted: bool

    @property
    def meaning(self) -> Meaning:
        return self.ranker.meaning


@dataclass(frozen=True, slots=True)
class _Offered:
    """Pages shown besides the list."""

    promoted: tuple[int, ...] = ()
    definition: int | None = None
    beside: tuple[int, ...] = ()
    near: tuple[int, ...] = ()

    @property
    def all(self) -> tuple[int, ...]:
        defined = (self.definition,) if self.definition else ()
        return (*self.promoted, *defined, *self.beside, *self.near)


def candidates(page_ids: Sequence[int]) -> list[Candidate]:
    """What the ranker reads of these documents. One query."""
    rows = SearchDocument.objects.filter(page_id__in=page_ids).values_list(
        "page_id", "type", "year", f"facets__{MADE_UP}", *STEM_COLUMNS
    )
    return [
        Candidate(page_id, kind, year, _split(*stems), is_made_up=bool(made_up))
        for page_id, kind, year, made_up, *stems in rows
    ]


def _split(title: str, summary: str, terms: str, body: str) -> Stems:
    return title.split(), summary.split(), terms.split(), body.split()
