"""What a query means: each idea with all the ways a document may say it. Pure."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from search.engines.base import MOST_POINTS, Clause, Match, Run
from search.query import ParsedQuery
from search.spelling import KnownWord


@dataclass(frozen=True, slots=True)
class Tuning:
    """How much each way of saying counts against the word as typed (1)."""

    synonym: float = 0.65
    completion: float = 0.9
    correction: float = 0.9
    other_language: float = 0.8
    faint: float = 0.3
    cue: float = 0.3


@dataclass(frozen=True, slots=True)
class Alternative:
    """One way to say a concept: a run of stems, its weight, how rare it is, and how surely it is what was meant.

    `own` is the reader's word itself, as typed, corrected or completed; otherwise a synonym of it.
    """

    run: Run
    weight: float
    rarity: float
    likeness: float = 1.0
    own: bool = True


@dataclass(frozen=True, slots=True)
class Concept:
    """One idea. `weight` grows with its rarity; a concept that is not `subject` only orders."""

    typed: str
    alternatives: tuple[Alternative, ...]
    weight: float
    subject: bool = True
    faint: bool = False


@dataclass(frozen=True, slots=True)
class Meaning:
    """A query understood. When a word was `repaired`, it holds all that are to be spelt as pages do, folded."""

    parsed: ParsedQuery
    concepts: tuple[Concept, ...] = ()
    suggestion: str = ""
    repaired: frozenset[str] = frozenset()

    @property
    def terms(self) -> tuple[str, ...]:
        """The subject's words, as typed or corrected."""
        return tuple(concept.typed for concept in self.concepts if concept.subject)

    @property
    def stems(self) -> tuple[str, ...]:
        """The stems of the subject's words, as typed."""
        return tuple(word.token.stem for word in self.parsed.subject if not word.faint)

    def match(self, types: Mapping[str, float] | None = None) -> Match:
        """The documents that answer, for an engine; `types` are those asked for, with how surely (0 to 1)."""
        said = [concept for concept in self.concepts if concept.alternatives]
        subject = [concept for concept in said if concept.subject]
        telling = [concept for concept in subject if not concept.faint] or subject
        heaviest = max((concept.weight for concept in said), default=1.0) or 1.0
        clauses = tuple(_clause(concept, heaviest, concept in telling) for concept in said)
        points = sum(clause.points for clause in clauses)
        wanted = tuple(
            (name, round(points * TYPE_SHARE * sure)) for name, sure in (types or {}).items()
        )
        phrases = self.parsed.phrases
        nothing = bool(self.parsed.text) and not telling and not phrases
        return Match(phrases, clauses, wanted, nothing=nothing)


# What the type asked for earns in the order of candidates, against all the ideas of the query.
TYPE_SHARE = 8


def _clause(concept: Concept, heaviest: float, telling: bool) -> Clause:
    own = tuple(a.run for a in concept.alternatives if a.own)
    other = tuple(a.run for a in concept.alternatives if not a.own)
    points = max(1, round(MOST_POINTS * concept.weight / heaviest))
    return Clause(own, other, points, telling)


@dataclass(slots=True)
class Known:
    """What the index knows of some words and stems."""

    documents: int
    words: dict[str, KnownWord] = field(default_factory=dict)
    stems: dict[str, int] = field(default_factory=dict)
    completions: list[KnownWord] = field(default_factory=list)


class Vocabulary(Protocol):
    """The words of the index."""

    def lookup(self, words: Iterable[str], stems: Iterable[str], prefix: str) -> Known:
        """Rarity of these words and stems, and the commonest words that start with the prefix. One query."""

    def near(
        self, words: Sequence[str], parts: Iterable[str], stems: Iterable[str]
    ) -> list[KnownWord]:
        """Words that may be any of these but for a few letters, the parts and the stems that exist. One query.

        What is returned of a stem has no stem of its own.
        """


def rarity(documents: int, holding: int) -> float:
    """Inverse document frequency: about 0 for a word of every page, large for a rare one."""
    return (
        math.log(1 + (max(documents, 1) - holding + 0.5) / (holding + 0.5))
        if holding <= documents
        else 0.1
    )
