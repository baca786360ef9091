"""Repairing words that no document holds: slips of the keys, stuck words, a space too many. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

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


def letters_of(word: str) -> int:
    """One bit per character present: words that differ by n changes differ by at most 2n bits."""
    mask = 0
    for character in word:
        mask |= 1 << (ord(character) % 61)
    return mask


def max_distance(word: str) -> int:
    """How many changes may separate a word from its correction."""
    return 0 if len(word) < MIN_LENGTH or word.isdigit() else 1 if len(word) <= SHORT else 2


def distance(left: str, right: str, limit: int) -> int:
    """Edits (insert, delete, replace, swap neighbours) between two words, or limit + 1 when beyond."""
    if abs(len(left) - len(right)) > limit:
        return limit + 1
    before: list[int] = []
    last = list(range(len(right) + 1))
    for i, a in enumerate(left, 1):
        row = [i]
        for j, b in enumerate(right, 1):
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a != b))
            if i > 1 and j > 1 and a == right[j - 2] and left[i - 2] == b:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        if min(row) > limit:
            return limit + 1
        before, last = last, row
    return last[-1]


def corrections(
    word: str, known: Iterable[tuple[KnownWord, int]], most: int = 3
) -> tuple[Correction, ...]:
    """The likeliest known words: fewest changes, then the same first letter, then the commonest.

    `known` gives words with their `letters_of`.
    """
    limit = max_distance(word)
    mask = letters_of(word)
    found: list[tuple[int, bool, int, KnownWord]] = []
    for candidate, letters in known:
        if (letters ^ mask).bit_count() <= 2 * limit and abs(
            len(candidate.word) - len(word)
        ) <= limit:
            changes = distance(word, candidate.word, limit)
            if 0 < changes <= limit:
                found.append(
                    (changes, candidate.word[0] != word[0], -candidate.documents, candidate)
                )
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
