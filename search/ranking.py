"""The order of the first results, the same on every engine: scores over the analysed fields. Pure.

A field-weighted BM25 per concept (its best way of being said), times how much of the query the
document covers, plus what an exact title, words standing together and a requested type add.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from search.concepts import Alternative, Concept, Meaning
from search.engines.base import Run

FIELDS = ("title", "summary", "terms", "body")


Stems = tuple[Sequence[str], Sequence[str], Sequence[str], Sequence[str]]


@dataclass(frozen=True, slots=True)
class Weights:
    """The ranker's settings; see the ablation table in the documentation of the search."""

    fields: tuple[float, float, float, float] = (6.0, 2.5, 0.6, 1.0)
    lengths: tuple[float, float, float, float] = (6.0, 14.0, 12.0, 110.0)
    length_norm: tuple[float, float, float, float] = (0.6, 0.3, 0.0, 0.5)
    saturation: float = 5.0
    said_otherwise: float = 0.4
    coverage_power: float = 0.35
    title_share: float = 0.35
    proximity: float = 0.5
    requested_type: float = 1.0
    year_decay: float = 0.03
    made_up: float = 0.3
    in_passing: float = 0.35
    in_passing_again: float = 0.15
    confident_at: float = 0.6


@dataclass(frozen=True, slots=True)
class Candidate:
    """What the ranker reads of a document: the stems of each field, in the order of FIELDS."""

    page_id: int
    type: str
    year: int | None
    stems: Stems
    is_made_up: bool = False


@dataclass(frozen=True, slots=True)
class Ranked:
    """A document in its place. `coverage` (0 to 1) is how much of the query it answers."""

    page_id: int
    score: float
    coverage: float


@dataclass(frozen=True, slots=True)
class Parts:
    """What makes the score of a document: what each concept adds, multiplied by each factor.

    `said` holds, for each concept of the query, what it adds and the way of saying it that was
    found, None when the document does not say it. `coverage` is the share of the query that the
    document says, `sure` how surely.
    """

    said: tuple[tuple[float, Alternative | None], ...]
    coverage: float
    sure: float
    covering: float
    standing: float
    requested: float
    age: float
    made_up: float = 1.0

    @property
    def score(self) -> float:
        text = sum(score for score, _alternative in self.said)
        return text * self.covering * self.standing * self.requested * self.age * self.made_up


@dataclass(slots=True)
class _Field:
    """Positions of the stems that the query is interested in."""

    length: int
    positions: dict[str, list[int]] = field(default_factory=dict)
    found: dict[Run, list[int]] = field(default_factory=dict)

    @classmethod
    def of(cls, stems: Sequence[str], wanted: frozenset[str]) -> _Field:
        positions: dict[str, list[int]] = {}
        if not wanted.isdisjoint(stems):
            for position, stem in enumerate(stems):
                if stem in wanted:
                    positions.setdefault(stem, []).append(position)
        return cls(len(stems), positions)

    def places(self, run: Run) -> list[int]:
        """Where a run starts."""
        if len(run) == 1:
            return self.positions.get(run[0], [])
        known = self.found.get(run)
        if known is None:
            known = self.found[run] = self._together(run)
        return known

    def _together(self, run: Run) -> list[int]:
        first, *others = [self.positions.get(stem, ()) for stem in run]
        following = [set(places) for places in others]
        return [p for p in first if all(p + n in places for n, places in enumerate(following, 1))]


class Ranker:
    """Orders candidates for one query."""

    def __init__(self, meaning: Meaning, weights: Weights | None = None) -> None:
        self.meaning = meaning
        self.weights = weights or Weights()
        self.concepts = meaning.concepts
        self.wanted = frozenset(s for c in self.concepts for a in c.alternatives for s in a.run)
        self.total = sum(concept.weight for concept in self.concepts if concept.subject) or 1.0
        self.types = requested_types(meaning)

    def rank(self, candidates: Iterable[Candidate]) -> list[Ranked]:
        """Best first; ties by page id, so that an order never depends on the engine."""
        listed = list(candidates)
        latest = latest_year(listed)
        ranked = [self._score(candidate, latest) for candidate in listed]
        return sorted(ranked, key=lambda item: (-item.score, item.page_id))

    def is_confident(self, ranked: Sequence[Ranked]) -> bool:
        """Whether some document answers most of what was asked."""
        return bool(ranked) and max(item.coverage for item in ranked) >= self.weights.confident_at

    # -- One document ----------------------------------------------------------------------------
    def _score(self, candidate: Candidate, latest: int) -> Ranked:
        parts = self.parts(candidate, latest)
        return Ranked(candidate.page_id, parts.score, parts.sure)

    def parts(self, candidate: Candidate, latest: int) -> Parts:
        """What makes the score of a document; `latest` is the year of the newest candidate."""
        weights = self.weights
        fields = self._fields(candidate)
        said, covered, sure, age = [], 0.0, 0.0, 1.0
        for concept in self.concepts:
            score, alternative = self._concept(concept, fields)
            said.append((score, alternative))
            if alternative and concept.subject:
                covered += concept.weight * (alternative.weight + 1) / 2
                sure += concept.weight * self._sureness(alternative, fields)
        coverage = covered / self.total
        if candidate.year and latest:
            age = 1 - weights.year_decay * min(5, max(0, latest - candidate.year))
        return Parts(
            said=tuple(said),
            coverage=coverage,
            sure=sure / self.total,
            covering=coverage**weights.coverage_power,
            standing=1
            + weights.title_share * self._title_share(fields[0])
            + weights.proximity * self._together(fields),
            requested=1 + weights.requested_type * self.types.get(candidate.type, 0.0) * coverage,
            age=age,
            made_up=weights.made_up if candidate.is_made_up else 1.0,
        )

    def places(self, candidate: Candidate, run: Run) -> dict[str, tuple[int, float]]:
        """The fields where a document holds a run: how many times, and what these count for."""
        fields, nothing = self._fields(candidate), _Field(0)
        return {
            name: (times, self._frequency(run, [f if f is own else nothing for f in fields]))
            for name, own in zip(FIELDS, fields, strict=True)
            if (times := len(own.places(run)))
        }

    def _fields(self, candidate: Candidate) -> list[_Field]:
        return [_Field.of(stems, self.wanted) for stems in candidate.stems]

    def _concept(
        self, concept: Concept, fields: Sequence[_Field]
    ) -> tuple[float, Alternative | None]:
        best, every, chosen = 0.0, 0.0, None
        for alternative in concept.alternatives:
            frequency = self._frequency(alternative.run, fields)
            if frequency:
                rare = min(alternative.rarity, max(concept.weight, 0.1) * 1.5)
                score = (
                    alternative.weight
                    * alternative.likeness
                    * rare
                    * frequency
                    / (frequency + self.weights.saturation)
                )
                every += score
                if score > best:
                    best, chosen = score, alternative
        best += self.weights.said_otherwise * (every - best)
        return best, chosen

    def _frequency(self, run: Run, fields: Sequence[_Field]) -> float:
        weights, total = self.weights, 0.0
        for i, stems in enumerate(fields):
            times = len(stems.places(run))
            if times:
                norm = (
                    1
                    - weights.length_norm[i]
                    + weights.length_norm[i] * stems.length / weights.lengths[i]
                )
                total += weights.fields[i] * times / norm
        return total

    def _sureness(self, alternative: Alternative, fields: Sequence[_Field]) -> float:
        """How surely a document speaks of a concept: in its title or summary, more than once, or in passing."""
        if (
            fields[0].places(alternative.run)
            or fields[1].places(alternative.run)
            or fields[2].places(alternative.run)
        ):
            place = 1.0
        else:
            place = min(
                1.0,
                self.weights.in_passing
                + self.weights.in_passing_again * len(fields[3].places(alternative.run)),
            )
        return place * alternative.likeness**2

    def _title_share(self, title: _Field) -> float:
        """How much of the title the query says: 1 for the exact title."""
        return (
            min(1.0, sum(len(places) for places in title.positions.values()) / title.length)
            if title.length
            else 0.0
        )

    def _together(self, fields: Sequence[_Field]) -> float:
        """Share of neighbouring concepts of the query found within a few words of each other."""
        pairs = [
            (a.alternatives, b.alternatives)
            for a, b in zip(self.concepts, self.concepts[1:], strict=False)
            if a.alternatives and b.alternatives
        ]
        if not pairs:
            return 0.0
        return sum(self._near(a, b, fields) for a, b in pairs) / len(pairs)

    @staticmethod
    def _near(
        left: Sequence[Alternative], right: Sequence[Alternative], fields: Sequence[_Field]
    ) -> float:
        for stems in (fields[0], fields[1], fields[3]):
            for a in left[:2]:
                for start in stems.places(a.run):
                    for b in right[:2]:
                        if any(
                            -4 <= place - start <= 4 and place != start
                            for place in stems.places(b.run)
                        ):
                            return 1.0
        return 0.0


def latest_year(candidates: Iterable[Candidate]) -> int:
    """The year of the newest document, 0 when none has one: age is counted from it."""
    return max((c.year for c in candidates if c.year), default=0)


def requested_types(meaning: Meaning) -> Mapping[str, float]:
    """The types that the wording of a query asks for, with how surely (0 to 1)."""
    strengths: dict[str, float] = {}
    for requested in meaning.parsed.requested:
        for value in requested.intent.types:
            strengths[value] = max(strengths.get(value, 0.0), requested.intent.strength)
    return strengths
