"""What a query means: each idea with all the ways a document may say it. Pure."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from search.engines.base import Match, Run
from search.query import ParsedQuery
from search.spelling import KnownWord


@dataclass(frozen=True, slots=True)
class Tuning:
    """How much each way of saying counts against the word as typed (1)."""

    synonym: float = 0.65
    completion: float = 0.9
    often: float = 0.6
    correction: float = 0.9
    other_language: float = 0.8
    faint: float = 0.3
    cue: float = 0.3


@dataclass(frozen=True, slots=True)
class Alternative:
    """One way to say a concept: a run of stems, its weight, how rare it is, and how surely it is what was meant."""

    run: Run
    weight: float
    rarity: float
    likeness: float = 1.0


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
    """A query understood. `repaired` holds the corrected words, folded as the index knows them."""

    parsed: ParsedQuery
    concepts: tuple[Concept, ...] = ()
    suggestion: str = ""
    repaired: frozenset[str] = frozenset()

    @property
    def terms(self) -> tuple[str, ...]:
        """The subject's words, as typed or corrected."""
        return tuple(concept.typed for concept in self.concepts if concept.subject)

    def match(self) -> Match:
        """The documents that answer, for an engine."""
        subject = [concept for concept in self.concepts if concept.subject and concept.alternatives]
        telling = [concept for concept in subject if not concept.faint] or subject
        runs = tuple(
            tuple(alternative.run for alternative in concept.alternatives) for concept in telling
        )
        phrases = self.parsed.phrases
        return Match(phrases, runs, nothing=bool(self.parsed.text) and not runs and not phrases)


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

    def near(self, words: Sequence[str], parts: Iterable[str]) -> list[tuple[KnownWord, int]]:
        """Words of about the same length as any of these, with their letters, and the parts that exist. One query."""


def rarity(documents: int, holding: int) -> float:
    """Inverse document frequency: about 0 for a word of every page, large for a rare one."""
    return (
        math.log(1 + (max(documents, 1) - holding + 0.5) / (holding + 0.5))
        if holding <= documents
        else 0.1
    )
