"""Says why a query is answered so: what was understood, and what gives each page its place.

The figures are those of the ranker itself (`Ranker.parts`), of the very search that is explained.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import NamedTuple

from search.concepts import Alternative, Concept, Meaning, Tuning
from search.engines import engine_named
from search.engines.base import Run, SearchRequest, SearchResult
from search.models import SearchDocument, Synonym
from search.ranking import FIELDS, Candidate, Parts, Ranker, Weights, latest_year
from search.service import Answered, Searching, candidates
from search.synonyms import Rule, SynonymError, applies, parse_rule, run_of, runs_of, said_in
from search.wording import Wording

SHOWN = 20
WAYS = 8


class Where(NamedTuple):
    """A field that says a word: how many times, what one time weighs there, what it all counts for."""

    field: str
    times: int
    weight: float
    counts: float


@dataclass(frozen=True, slots=True)
class Way:
    """One way of saying a word of the query: itself, or a synonym with the rule it comes from."""

    text: str
    own: bool
    rule: Synonym | None = None
    where: tuple[Where, ...] = ()


@dataclass(frozen=True, slots=True)
class Understood:
    """A word of the query, all the ways that were looked for, and what it counts for in the query."""

    typed: str
    ways: tuple[Way, ...]
    weight: float
    subject: bool
    faint: bool


@dataclass(frozen=True, slots=True)
class Said:
    """A word of the query in one document: what it adds, and the ways that the document says it."""

    typed: str
    score: float
    ways: tuple[Way, ...]

    @property
    def fields(self) -> set[str]:
        return {where.field for way in self.ways for where in way.where}


@dataclass(frozen=True, slots=True)
class Explained:
    """A document, its place (0 when it has none), and all that makes its score."""

    document: SearchDocument
    place: int
    parts: Parts
    said: tuple[Said, ...]

    @property
    def missing(self) -> tuple[str, ...]:
        """The words of the query that the document does not say."""
        return tuple(word.typed for word in self.said if not word.ways)


class Obstacle(StrEnum):
    """Why a page is not among the results."""

    ABSENT = "absent"  # it may not be read by all, or is not of those that are found
    ELSEWHERE = "elsewhere"  # the lists of this language show its translation
    WORDS = "words"  # it lacks words that enough other pages have
    PHRASE = "phrase"  # it lacks the words between quotation marks, in that order
    FAR = "far"  # it answers, after the pages that are put in order


class Reason(StrEnum):
    """Why a page stands below another."""

    MISSING = "missing"
    BODY_ONLY = "body only"
    TITLE = "title"
    TYPE = "type"
    AGE = "age"
    MADE_UP = "made up"


@dataclass(frozen=True, slots=True)
class Explanation:
    """A search explained. `asked` is the page that somebody expected, `reasons` why it is not first.

    `nothing` when no word of the query says anything: then nothing is found.
    """

    result: SearchResult
    understood: tuple[Understood, ...]
    first: tuple[Explained, ...]
    wide: bool
    nothing: bool = False
    phrases: bool = False
    asked: Explained | None = None
    obstacle: Obstacle | None = None
    reasons: tuple[tuple[Reason, str], ...] = ()


def explain(query: str, locale: str, page_id: int | None = None) -> Explanation:
    """Answer a query as for a reader, with the reasons of the first results and of one page."""
    request = SearchRequest(query=query, locale=locale, limit=SHOWN)
    searching = Searching(request, engine_named(), Tuning(), Weights())
    answered = searching.answered()
    telling = _Telling(answered, locale)
    first = tuple(
        telling.explained(answered.order.read[item.page_id], place)
        for place, item in enumerate(answered.order.ranked[:SHOWN], 1)
    )
    found = Explanation(
        result=searching.result(answered),
        understood=telling.understood(),
        first=first,
        wide=answered.answer.wide,
        nothing=answered.match.nothing,
        phrases=bool(answered.match.phrases),
    )
    return _with_page(found, telling, page_id) if page_id else found


# -- The page that was expected --------------------------------------------------------------------
def _with_page(found: Explanation, telling: _Telling, page_id: int) -> Explanation:
    asked = telling.page(page_id)
    obstacle = telling.obstacle(page_id, asked)
    best = next((item for item in found.first if item.document.pk != page_id), None)
    ahead = best if asked and best and asked.place != 1 else None
    why = tuple(reasons(asked, ahead)) if asked and ahead else ()
    return replace(found, asked=asked, obstacle=obstacle, reasons=why)


def reasons(asked: Explained, best: Explained) -> Iterable[tuple[Reason, str]]:
    """What a document lacks against a better one, the words first."""
    for word, other in zip(asked.said, best.said, strict=True):
        if not word.ways:
            yield Reason.MISSING, word.typed
        elif word.fields == {"body"} and other.fields - {"body"}:
            yield Reason.BODY_ONLY, word.typed
    if asked.parts.standing < best.parts.standing:
        yield Reason.TITLE, ""
    if asked.parts.requested < best.parts.requested:
        yield Reason.TYPE, ""
    if asked.parts.age < best.parts.age:
        yield Reason.AGE, ""
    if asked.parts.made_up < best.parts.made_up:
        yield Reason.MADE_UP, ""


# -- Telling ---------------------------------------------------------------------------------------
class _Telling:
    """Puts the figures of one answered request into words of the query."""

    def __init__(self, answered: Answered, locale: str) -> None:
        self.answered = answered
        self.locale = locale
        self.ranker: Ranker = answered.ranker
        self.latest = latest_year(answered.order.read.values())
        self.rules = _rules_used(answered.meaning, locale)
        first = [ranked.page_id for ranked in answered.order.ranked[:SHOWN]]
        self.documents = SearchDocument.objects.in_bulk(first)
        listed = [self.documents[pk] for pk in first]
        self.wording = Wording(answered.meaning, self.ranker.wanted, listed)

    def understood(self) -> tuple[Understood, ...]:
        return tuple(
            Understood(
                typed=concept.typed,
                ways=_distinct(self._way(concept, a) for a in concept.alternatives),
                weight=concept.weight,
                subject=concept.subject,
                faint=concept.faint,
            )
            for concept in self.ranker.concepts
        )

    def explained(self, candidate: Candidate, place: int) -> Explained:
        parts = self.ranker.parts(candidate, self.latest)
        said = [
            self._said(concept, score, candidate)
            for concept, (score, _best) in zip(self.ranker.concepts, parts.said, strict=True)
        ]
        return Explained(self.documents[candidate.page_id], place, parts, tuple(said))

    def page(self, page_id: int) -> Explained | None:
        """A page that may not be among the results; None when the index does not hold it."""
        self.documents |= SearchDocument.objects.in_bulk([page_id])
        read = self.answered.order.read.get(page_id) or next(iter(candidates([page_id])), None)
        places = {r.page_id: place for place, r in enumerate(self.answered.order.ranked, 1)}
        return self.explained(read, places.get(page_id, 0)) if read else None

    def obstacle(self, page_id: int, asked: Explained | None) -> Obstacle | None:
        if asked is None or asked.document.has_ended:
            return Obstacle.ABSENT
        if asked.place:
            return None
        if self.locale not in asked.document.shown_in:
            return Obstacle.ELSEWHERE
        if page_id in self.answered.answer.page_ids:
            return Obstacle.FAR
        match = self.answered.match
        if match.phrases and not self.answered.unquoted:
            return Obstacle.PHRASE
        return Obstacle.WORDS if asked.missing else Obstacle.FAR

    def _said(self, concept: Concept, score: float, candidate: Candidate) -> Said:
        found = []
        for alternative in concept.alternatives:
            places = self.ranker.places(candidate, alternative.run)
            if places:
                weights = dict(zip(FIELDS, self.ranker.weights.fields, strict=True))
                where = [Where(name, n, weights[name], c) for name, (n, c) in places.items()]
                found.append(self._way(concept, alternative, tuple(where)))
        return Said(concept.typed, score, _distinct(found))

    def _way(
        self, concept: Concept, alternative: Alternative, where: tuple[Where, ...] = ()
    ) -> Way:
        run = alternative.run
        if not alternative.own and run in self.rules:
            text, rule = self.rules[run]
            return Way(text, False, rule, where)
        if len(run) == 1 and run == run_of(concept.typed, self.locale):
            return Way(concept.typed, True, None, where)
        return Way(self.wording.of(run), alternative.own, None, where)


def _distinct(ways: Iterable[Way]) -> tuple[Way, ...]:
    """The first ways, without those that read the same: a rule is compiled in each language."""
    found: dict[tuple[str, bool], Way] = {}
    for way in ways:
        found.setdefault((way.text, way.own), way)
    return tuple(found.values())[:WAYS]


def _rules_used(meaning: Meaning, locale: str) -> Mapping[Run, tuple[str, Synonym]]:
    """For each run that a rule makes the query look for: how the rule says it, and the rule."""
    rules = list(_rules())
    stems, said = run_of(" ".join(meaning.terms), locale), said_in(meaning.parsed.text, locale)
    applied = [(rule, own) for rule, own in rules if applies(rule, stems, said, locale)]
    translated = [rule.targets for rule, _own in applied if len(rule.targets) == 1]
    meant = {run for targets in translated for run in runs_of(targets, locale)}
    equal = [(r, own) for r, own in rules if not r.targets and meant & {*runs_of(r.words, locale)}]
    used: dict[Run, tuple[str, Synonym]] = {}
    for rule, synonym in applied + equal:
        for text in rule.targets or rule.words:
            for run in runs_of([text], locale):
                used.setdefault(run, (text, synonym))
    return used


def _rules() -> Iterator[tuple[Rule, Synonym]]:
    for synonym in Synonym.objects.filter(enabled=True).order_by("pk"):
        try:
            yield parse_rule(synonym.line), synonym
        except SynonymError:
            continue
