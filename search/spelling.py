"""Repairing words that no document holds: slips of the keys, stuck words, a space too many. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import OSA

SHORTEST = 3  # Two letters are repaired by nothing, three by a swap of neighbours only.
SHORT = 6  # Words up to this length are repaired by one change only.
LONGEST = 40  # Longer words are no slips.
MIN_PART = 3
# Small words that are lost between two stuck ones: « ordredujour ».
LINKS = ("d", "l", "de", "du", "des", "la", "le", "les", "a", "au", "aux", "et", "en")
# How English and French write the end of the same word.
COGNATES = (
    ("ical", "ique"),
    ("ics", "ique"),
    ("ic", "ique"),
    ("ty", "te"),
    ("cy", "tie"),
    ("ary", "aire"),
    ("ory", "oire"),
    ("ive", "if"),
    ("or", "eur"),
    ("er", "eur"),
    ("al", "el"),
    ("y", "ie"),
)
COGNATE = 0.95


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
    if not SHORTEST <= len(word) <= LONGEST or word.isdigit():
        return 0
    return 1 if len(word) <= SHORT else 2


def likely(word: str, known: Sequence[str], most: int = 50) -> list[str]:
    """The known words that the fewest changes (insert, delete, replace, swap neighbours) make of a word."""
    limit = max_distance(word)
    if not limit:
        return []
    close = process.extract(word, known, scorer=OSA.distance, score_cutoff=limit, limit=None)
    found = [(name, changes) for name, changes, _place in close if _may_be(word, name)]
    fewest = min((changes for _name, changes in found if changes), default=0)
    return [name for name, changes in found if changes == fewest][:most]


def corrections(word: str, known: Iterable[KnownWord], most: int = 3) -> tuple[Correction, ...]:
    """The likeliest known words: fewest changes, then the same first letter, then the commonest."""
    limit = max_distance(word)
    found: list[tuple[int, bool, int, KnownWord]] = []
    for candidate in known:
        changes = OSA.distance(word, candidate.word, score_cutoff=limit)
        if 0 < changes <= limit and _may_be(word, candidate.word):
            found.append((changes, candidate.word[0] != word[0], -candidate.documents, candidate))
    found.sort(key=lambda item: item[:3])
    best = found[0][0] if found else 0
    return tuple(
        Correction((candidate,), 1 - changes / max(len(word), len(candidate.word)))
        for changes, _first, _documents, candidate in found[:most]
        if changes == best
    )


def _may_be(word: str, other: str) -> bool:
    """Three letters are too few to change one: they may only be in the wrong order."""
    return len(word) > SHORTEST or sorted(word) == sorted(other)


def cuts(
    word: str, silent: frozenset[str] = frozenset()
) -> Iterator[tuple[tuple[str, ...], frozenset[str]]]:
    """The ways to cut a word typed without its spaces, each with those of its parts that say nothing.

    In two, of which one may be a `silent` word (« lesassociés »), or around a small one (« ordredujour »).
    """
    for i in range(MIN_PART - 1, len(word) - MIN_PART + 2) if len(word) <= LONGEST else ():
        parts = word[:i], word[i:]
        small = silent.intersection(parts)
        if max((len(part) for part in parts if part not in small), default=0) > MIN_PART:
            yield parts, small
        left, right = parts
        for link in LINKS:
            linked = right[len(link) :]
            if right.startswith(link) and min(len(left), len(linked)) >= MIN_PART:
                yield (left, link, linked), frozenset([link])


def split_word(
    word: str, known: Mapping[str, KnownWord], silent: frozenset[str] = frozenset()
) -> Correction | None:
    """Known words stuck together: two rather than around a small one, then those whose rarest is commonest."""
    best: tuple[KnownWord, ...] = ()
    most = (0, 0)
    for parts, small in cuts(word, silent):
        telling = [known[part] for part in parts if part not in small and part in known]
        if len(telling) + len(small) < len(parts):
            continue
        # One lost space; as much as two around or beside a few letters, that may be there by chance.
        spaces = 1 + any(len(part) <= SHORTEST for part in parts)
        worth = (-spaces, min(found.documents for found in telling))
        if worth > most or not best:
            most = worth
            best = tuple(KnownWord(p, "", 0) if p in small else known[p] for p in parts)
    return Correction(best, 1 + most[0] / (len(word) + 1)) if best else None


def cognates(word: str) -> tuple[str, ...]:
    """How the other language may write a word: « electronic » for « électronique », and back."""
    if not SHORT <= len(word) <= LONGEST:
        return ()
    found = [
        word[: -len(ending)] + other
        for pair in COGNATES
        for ending, other in (pair, pair[::-1])
        if word.endswith(ending)
    ]
    return tuple(dict.fromkeys(found))
