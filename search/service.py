"""The one door to the public search: pages, API, feeds and commands all call `search()`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from django.utils import timezone

from search.analysis import analyser
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
from search.highlighting import extract, marked
from search.intents import registered_intents
from search.models import SearchDocument
from search.query import ParsedQuery, parse
from search.ranking import Candidate, Ranked, Ranker, Weights
from search.stored_synonyms import synonym_map
from search.synonyms import SynonymMap
from search.understanding import Understanding
from search.vocabulary import StoredVocabulary

DEFAULT_LANGUAGE = "fr"
STEM_COLUMNS = ("title_stems", "summary_stems", "terms_stems", "body_stems")
MAX_FILTER_VALUES = 30
SPELLING_SCAN = 5_000


def search(
    request: SearchRequest,
    *,
    engine: str | None = None,
    tuning: Tuning | None = None,
    weights: Weights | None = None,
) -> SearchResult:
    """Answer a reader's request with the configured engine (or the one named).

    Safe for any text and any filter; at most 8 database queries, whatever the number of documents.
    `tuning` and `weights` replace the settings of relevance, for measuring.
    """
    return _Search(request, engine_named(engine), tuning or Tuning(), weights or Weights()).result()


def understand(
    text: object, language: str = DEFAULT_LANGUAGE, tuning: Tuning | None = None
) -> Meaning:
    """What a query means against the index as it is."""
    parsed = parse(text, language, registered_intents())
    if not parsed.words:
        return Meaning(parsed)
    return _meaning(parsed, language, synonym_map(language), tuning or Tuning())


def _meaning(parsed: ParsedQuery, language: str, synonyms: SynonymMap, tuning: Tuning) -> Meaning:
    return Understanding(parsed, language, synonyms, StoredVocabulary(), tuning).meaning()


@dataclass(slots=True)
class _Search:
    request: SearchRequest
    engine: Engine
    tuning: Tuning
    weights: Weights

    def result(self) -> SearchResult:
        meaning = understand(self.request.query, self._language, self.tuning)
        ranker = Ranker(meaning, self.weights)
        match = meaning.match(ranker.types)
        answer = self._ask(match)
        unquoted = False
        if not answer.total and match.phrases and match.telling and not self._filters:
            # Nothing holds the exact words: show what holds them apart, and say that it is not sure.
            answer, unquoted = self._ask(replace(match, phrases=())), True
        shown, confident = self._order(answer, match, ranker)
        hits = tuple(self._hits(shown, meaning))
        written = spellings(meaning.repaired, [hit.document for hit in hits])
        return SearchResult(
            total=answer.total,
            hits=hits,
            facets=answer.facets,
            confident=confident and not unquoted,
            suggestion=_respelled(meaning.suggestion, written),
            terms=tuple(_respelled(term, written) for term in meaning.terms),
            requested_types=tuple(ranker.types),
        )

    # -- The request, cleaned --------------------------------------------------------------------
    @property
    def _language(self) -> str:
        return (self.request.locale or DEFAULT_LANGUAGE)[:20]

    @property
    def _filters(self) -> dict[str, frozenset[str]]:
        kept = {}
        for name, values in self.request.filters.items():
            chosen = frozenset(sorted(str(value) for value in values)[:MAX_FILTER_VALUES])
            if chosen and not str(name).startswith("@"):
                kept[str(name)] = chosen
        return kept

    @property
    def _offset(self) -> int:
        return min(max(0, int(self.request.offset)), MAX_OFFSET)

    @property
    def _limit(self) -> int:
        return min(max(0, int(self.request.limit)), MAX_LIMIT)

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
                    name for name in self.request.facet_names if not name.startswith("@")
                ),
                locale=self.request.locale,
                sort=self._sort,
                offset=self._offset,
                limit=self._limit,
                now=timezone.now(),
            )
        )

    def _order(
        self, answer: EngineAnswer, match: Match, ranker: Ranker
    ) -> tuple[list[Ranked], bool]:
        """The page asked for in its final order, and whether the answer is sure."""
        if match.is_browse or not answer.page_ids:
            return [
                Ranked(page_id, 0.0, 0.0) for page_id in answer.page_ids
            ], match.is_browse or bool(match.phrases)
        if self._sort is not Sort.RELEVANCE:
            ranked = ranker.rank(candidates(answer.page_ids))
            order = {page_id: place for place, page_id in enumerate(answer.page_ids)}
            return sorted(ranked, key=lambda item: order[item.page_id]), ranker.is_confident(ranked)
        ranked = ranker.rank(candidates(answer.page_ids[:CANDIDATES]))
        confident = ranker.is_confident(ranked) or bool(match.phrases)
        ranked += [Ranked(page_id, 0.0, 0.0) for page_id in answer.page_ids[CANDIDATES:]]
        return ranked[self._offset : self._offset + self._limit], confident

    def _hits(self, ranked: Sequence[Ranked], meaning: Meaning) -> list[SearchHit]:
        documents = SearchDocument.objects.defer(*STEM_COLUMNS, "words").in_bulk(
            [item.page_id for item in ranked]
        )
        stems = highlighted_stems(meaning)
        return [
            hit(documents[item.page_id], item.score, stems)
            for item in ranked
            if item.page_id in documents
        ]


def candidates(page_ids: Sequence[int]) -> list[Candidate]:
    """What the ranker reads of these documents. One query."""
    rows = SearchDocument.objects.filter(page_id__in=page_ids).values_list(
        "page_id", "type", "year", *STEM_COLUMNS
    )
    return [
        Candidate(
            row[0], row[1], row[2], (row[3].split(), row[4].split(), row[5].split(), row[6].split())
        )
        for row in rows
    ]


def highlighted_stems(meaning: Meaning) -> frozenset[str]:
    """The stems to mark: those of the subject, however it is said."""
    return frozenset(
        stem
        for concept in meaning.concepts
        if concept.subject and not concept.faint
        for alternative in concept.alternatives
        for stem in alternative.run
    )


def hit(document: SearchDocument, score: float, stems: frozenset[str]) -> SearchHit:
    """A result with its extract: where the body says the query, otherwise its beginning."""
    found = extract(document.body, stems, document.language)
    title, anchor = _section_at(document.sections, found.start) if found.found else ("", "")
    return SearchHit(
        page_id=document.page_id,
        external_id=document.external_id,
        score=score,
        document=document,
        highlight=found.html,
        title_highlight=marked(document.title, stems, document.language),
        section_title=title,
        section_anchor=anchor,
    )


def spellings(words: frozenset[str], documents: Iterable[SearchDocument]) -> dict[str, str]:
    """How these folded words are written, accents and all, in the documents found."""
    written: dict[str, str] = {}
    for document in documents:
        for text in (document.title, document.summary, document.body[:SPELLING_SCAN]):
            if len(written) == len(words):
                return written
            for token in analyser(document.language).tokens(text):
                if token.word in words and token.word not in written:
                    written[token.word] = text[token.start : token.end].lower()
    return written


def _respelled(text: str, written: Mapping[str, str]) -> str:
    return " ".join(written.get(word, word) for word in text.split(" "))


def _section_at(sections: Sequence[Sequence[object]], position: int) -> tuple[str, str]:
    """Title and anchor of the section that holds a position of the body."""
    title, anchor = "", ""
    for start, name, fragment in sections:
        if int(str(start)) > position:
            break
        title, anchor = str(name), str(fragment)
    return title, anchor
