"""Repairing words that no document holds: slips of the keys, stuck words, a space too many. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import OSA

MIN_LENGTH = 4
SHORT = 6  # Words up to this length are repaired by one change only.
MIN_PART = 3


@dataclass(frozen=True, slots=True)
class KnownWord:
    """A word of the index: its stem and how many documents hold it."""

    word: str
    stem: str
    documents: int


@dataclass(frozen=True, slots=True)
class Correction:
    """What an unknown word may have meant; `likeness` is 1 for the same word, 0 for nothing alike."""

    words: tuple[KnownWord, ...]
    likeness: float


def max_distance(word: str) -> int:
    """How many changes may separate a word from its correction."""
    return 0 if len(word) < MIN_LENGTH or word.isdigit() else 1 if len(word) <= SHORT else 2


def likely(word: str, known: Sequence[str], most: int = 50) -> list[str]:
    """The known words that the fewest changes (insert, delete, replace, swap neighbours) make of a word."""
    limit = max_distance(word)
    if not limit:
        return []
    found = process.extract(word, known, scorer=OSA.distance, score_cutoff=limit, limit=None)
    fewest = min((changes for _name, changes, _place in found if changes), default=0)
    return [name for name, changes, _place in found if changes == fewest][:most]


def corrections(word: str, known: Iterable[KnownWord], most: int = 3) -> tuple[Correction, ...]:
    """The likeliest known words: fewest changes, then the same first letter, then the commonest."""
    limit = max_distance(word)
    found: list[tuple[int, bool, int, KnownWord]] = []
    for candidate in known:
        changes = OSA.distance(word, candidate.word, score_cutoff=limit)
        if 0 < changes <= limit:
            found.append((changes, candidate.word[0] != word[0], -candidate.documents, candidate))
    found.sort(key=lambda item: item[:3])
    best = found[0][0] if found else 0
    return tuple(
        Correction((candidate,), 1 - changes / max(len(word), len(candidate.word)))
        for changes, _first, _documents, candidate in found[:most]
        if changes == best
    )


def halves(word: str) -> tuple[tuple[str, str], ...]:
    """The ways to cut a word in two, for words typed without a space."""
    return tuple((word[:i], word[i:]) for i in range(MIN_PART - 1, len(word) - MIN_PART + 2))


def split_word(word: str, known: Mapping[str, KnownWord]) -> Correction | None:
    """Two known words stuck together, the pair whose rarer word is commonest."""
    if len(word) < 2 * MIN_PART:
        return None
    pairs = [
        (known[a], known[b])
        for a, b in halves(word)
        if a in known and b in known and max(len(a), len(b)) > MIN_PART
    ]
    if not pairs:
        return None
    best = max(pairs, key=lambda pair: min(pair[0].documents, pair[1].documents))
    return Correction(best, 1 - 1 / (len(word) + 1))
