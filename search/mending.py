"""Mends the words of a query that the index does not know, with what it knows. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from search.analysis import Token, analyser
from search.concepts import Known, Vocabulary
from search.query import Word
from search.spelling import (
    COGNATE,
    Correction,
    KnownWord,
    cognates,
    corrections,
    halves,
    max_distance,
    split_word,
)

# Unknown words that one query may ask to repair: the longest ones.
MAX_REPAIRED = 6


def neighbours(tokens: Sequence[Token], language: str) -> Iterator[tuple[Token, Token, Token]]:
    """Each two neighbours, with what they would be without the space between them."""
    for left, right in pairwise(tokens):
        word = left.word + right.word
        if word.isalpha() and max_distance(word):
            yield (
                left,
                right,
                Token(left.start, right.end, word, analyser(language).stem_word(word)),
            )


def rejoined(
    words: Sequence[Word],
    pairs: Iterable[tuple[Token, Token, Token]],
    strange: set[int],
    known: Known,
) -> tuple[tuple[Word, ...], dict[str, tuple[Correction, ...]]]:
    """The words with those that a space cut in two made whole again, and what was mended.

    « assem blee », « co propriété »: one of the two at least starts at a `strange` place, where a word
    stands that nobody knows, and the index knows the whole.
    """
    kept, fixes = list(words), {}
    for left, right, whole in pairs:
        meant = _known(whole, known)
        gone = [word for word in kept if word.token in (left, right)]
        if meant and gone and strange & {left.start, right.start}:
            place = kept.index(gone[0])
            kept[place : place + len(gone)] = [Word(whole, whole.word)]
            fixes[whole.word] = (Correction((meant,), 1 - 1 / (len(whole.word) + 1)),)
    return tuple(kept), fixes


def _known(whole: Token, known: Known) -> KnownWord | None:
    documents = known.stems.get(whole.stem)
    return known.words.get(whole.word) or (
        KnownWord(whole.word, whole.stem, documents) if documents else None
    )


def repaired(
    words: Iterable[str], known: Known, vocabulary: Vocabulary
) -> dict[str, tuple[Correction, ...]]:
    """What unknown words may have meant, likeliest first. One query to the vocabulary, none without words."""
    asked = sorted(filter(max_distance, dict.fromkeys(words)), key=len, reverse=True)[:MAX_REPAIRED]
    if not asked:
        return {}
    parts = {part for word in asked for pair in halves(word) for part in pair}
    near = vocabulary.near(asked, parts.union(*map(cognates, asked)))
    by_word = {candidate.word: candidate for candidate in near}
    fixes = {word: _fixes(word, by_word) for word in asked}
    for part in (part for found in fixes.values() for fix in found for part in fix.words):
        known.stems.setdefault(part.stem, part.documents)
    return fixes


def _fixes(word: str, near: Mapping[str, KnownWord]) -> tuple[Correction, ...]:
    fixes = corrections(word, near.values())
    cut = split_word(word, near)
    same = [near[name] for name in cognates(word) if name in near]
    likest = fixes[0].likeness if fixes else 0.0
    if same and likest < COGNATE:
        return (Correction((same[0],), COGNATE),)
    return (cut,) if cut and likest < cut.likeness else fixes
