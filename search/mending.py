"""Mends the words of a query that the index does not know, with what it knows. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from search.analysis import Token, analyser
from search.concepts import Known, Vocabulary
from search.languages.dictionary import is_word
from search.query import Word
from search.spelling import (
    COGNATE,
    MIN_PART,
    Correction,
    KnownWord,
    cognates,
    corrections,
    cuts,
    likely,
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

    def likeliest(pair: tuple[Token, Token, Token]) -> tuple[int, bool]:
        """Two strange words before one, whole words before stems."""
        left, right, whole = pair
        return -len(strange & {left.start, right.start}), whole.word not in known.words

    kept, mended = list(words), set[int]()
    fixes: dict[str, tuple[Correction, ...]] = {}
    for left, right, whole in sorted(pairs, key=likeliest):
        both = {left.start, right.start}
        meant = _known(whole, known)
        gone = [word for word in kept if word.token.start in both]
        if meant and gone and strange & both and not mended & both:
            mended |= both
            place = kept.index(gone[0])
            kept[place : place + len(gone)] = [Word(whole, whole.word)]
            fixes[whole.word] = (Correction((meant,), 1 - 1 / (len(whole.word) + 1)),)
    return tuple(kept), fixes


def _known(whole: Token, known: Known) -> KnownWord | None:
    documents = known.stems.get(whole.stem)
    return known.words.get(whole.word) or (
        KnownWord(whole.word, whole.stem, documents) if documents else None
    )


class Repairing:
    """What may replace the words that nobody knows: the words of the index and those of the rules."""

    def __init__(
        self, language: str, known: Known, vocabulary: Vocabulary, spoken: Iterable[str]
    ) -> None:
        self.language = language
        self.reader = analyser(language)
        self.silent = self.reader.language.stop_words
        self.known = known
        self.vocabulary = vocabulary
        self.spoken = sorted(spoken)

    def repaired(self, words: Iterable[str]) -> dict[str, tuple[Correction, ...]]:
        """What each may have meant, likeliest first. One query to the vocabulary, none without words.

        A word of the dictionary is no slip, though no page says it: « intérieur » is not « extérieur ».
        """
        distinct = [
            word
            for word in dict.fromkeys(words)
            if max_distance(word) and not is_word(word, self.language)
        ]
        asked = sorted(distinct, key=len, reverse=True)[:MAX_REPAIRED]
        if not asked:
            return {}
        near, parts = self._near(asked)
        fixes = {word: self._fixes(word, near, parts) for word in asked}
        every = (part for found in fixes.values() for fix in found for part in fix.words)
        for part in (part for part in every if part.stem):
            self.known.stems.setdefault(part.stem, part.documents)
        return fixes

    def _near(self, asked: Sequence[str]) -> tuple[dict[str, KnownWord], dict[str, KnownWord]]:
        """The words that may be any of these, and those that parts of them may be."""
        cut = {
            part for word in asked for found, _small in cuts(word, self.silent) for part in found
        }
        said = {name for word in asked for name in likely(word, self.spoken)}
        stems = {
            name: self.reader.stem_word(name)
            for name in {part for part in cut if len(part) > MIN_PART} | said
        }
        found = self.vocabulary.near(
            asked, (cut - self.silent).union(*map(cognates, asked)), stems.values()
        )
        held = {item.word: item.documents for item in found if not item.stem}
        words = {item.word: item for item in found if item.stem}
        known = {name: KnownWord(name, stem, held.get(stem, 0)) for name, stem in stems.items()}
        parts = {name: item for name, item in known.items() if item.documents}
        return {name: known[name] for name in said} | words, parts | words

    def _fixes(
        self, word: str, near: Mapping[str, KnownWord], parts: Mapping[str, KnownWord]
    ) -> tuple[Correction, ...]:
        fixes = corrections(word, near.values())
        same = [Correction((near[name],), COGNATE) for name in cognates(word) if name in near]
        others = [fix for fix in (*same[:1], split_word(word, parts, self.silent)) if fix]
        best = max(others, key=lambda fix: fix.likeness, default=None)
        return (best,) if best and best.likeness > (fixes[0].likeness if fixes else 0.0) else fixes
