"""One analyser per language, used when indexing and when asking, by every engine.

Text is cut into tokens that remember where they stand in the original, so that a highlight marks
the reader's own text. A token has a `word` (lower case, no accent: exact phrases, spelling,
prefixes) and a `stem` (inflections meet), empty for a word that carries no meaning.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from search.languages import english, french

# Raise it when the analysis changes, or what pages say of themselves: the next start makes every row again.
ANALYSIS_VERSION = 3
MAX_WORD = 64
# Stands between two stretches of text, so that nothing follows across them.
SEPARATOR = "_"

# Combining accents, soft hyphen, zero-width characters: inside a word, never a boundary.
INVISIBLE = "\u0300-\u036f\u00ad\u200b-\u200d\u2060\ufeff"
APOSTROPHES = "'’ʼ‘‛′`´＇"
_CHARACTER = rf"(?:[^\W_]|[{INVISIBLE}])"
# « A.G. », « C.A », and « l’A.G. » with its article.
_ACRONYM = (
    rf"(?<![^\W_])(?:[^\W\d_]{{1,2}}[{APOSTROPHES}])?"
    r"(?:(?:[^\W\d_]\.){2,}(?:[^\W\d_](?![^\W_]))?|[^\W\d_]\.[^\W\d_](?![^\W_]))"
)
# « AGs »: several of what an acronym names.
_ACRONYMS = re.compile(r"[A-Z]{2,5}s")
_TOKEN = re.compile(rf"{_ACRONYM}|{_CHARACTER}+(?:[{APOSTROPHES}]{_CHARACTER}+)*")
_PART = re.compile(rf"[^{APOSTROPHES}]+")
_DROPPED = re.compile(rf"[{INVISIBLE}]")
LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "đ": "d", "ł": "l"})


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a text: `text[start:end]` is how it was written."""

    start: int
    end: int
    word: str
    stem: str


@dataclass(frozen=True, slots=True)
class Language:
    """What differs from one language to another."""

    code: str
    elisions: frozenset[str]
    stop_words: frozenset[str]
    stem: Callable[[str], str]


# (start and end inside the written token, word, stem): the same written token is analysed once.
_Piece = tuple[int, int, str, str]


@lru_cache(maxsize=65_536)
def fold(text: str) -> str:
    """Lower case without accents, ligatures or invisible characters: how words are compared."""
    plain = unicodedata.normalize("NFKD", text.casefold()).translate(LIGATURES)
    return "".join(c for c in plain if c.isalnum() or c == " ")


class Analyser:
    """Cuts the texts of one language into tokens."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self._pieces: dict[str, tuple[_Piece, ...]] = {}

    def tokens(self, text: str) -> Iterator[Token]:
        """The tokens of a text, stop words included, elided articles left out."""
        for start, pieces in self._written(text):
            for left, right, word, stem in pieces:
                yield Token(start + left, start + right, word, stem)

    def occurrences(self, text: str, stems: frozenset[str]) -> Iterator[Token]:
        """The tokens that have one of these stems."""
        for start, pieces in self._written(text):
            for left, right, word, stem in pieces:
                if stem in stems:
                    yield Token(start + left, start + right, word, stem)

    def words_and_stems(self, text: str) -> tuple[list[str], list[str]]:
        """All the words of a text, and the stems of those that carry meaning."""
        words: list[str] = []
        stems: list[str] = []
        for written in _TOKEN.findall(text):
            for _left, _right, word, stem in self._pieces_of(written):
                words.append(word)
                if stem:
                    stems.append(stem)
        return words, stems

    def stems(self, text: str) -> tuple[str, ...]:
        """The stems of the words that carry meaning."""
        return tuple(self.words_and_stems(text)[1])

    def words(self, text: str) -> tuple[str, ...]:
        """All the words, folded."""
        return tuple(self.words_and_stems(text)[0])

    def is_stop_word(self, word: str) -> bool:
        """True for a word, as written, that carries no meaning alone."""
        return word in self.language.stop_words or (len(word) == 1 and not word.isdigit())

    def telling_stem(self, folded: str) -> str:
        """The stem of a folded word, or "" when it carries no meaning however it is written."""
        silent = folded in self.language.stop_words or (len(folded) == 1 and not folded.isdigit())
        return "" if silent else self.stem_word(folded)

    def stem_word(self, folded: str) -> str:
        """The stem of one folded word."""
        return self.language.stem(folded)[:MAX_WORD]

    def _written(self, text: str) -> Iterator[tuple[int, tuple[_Piece, ...]]]:
        for match in _TOKEN.finditer(text):
            yield match.start(), self._pieces_of(match.group())

    def _pieces_of(self, written: str) -> tuple[_Piece, ...]:
        known = self._pieces
        pieces = known.get(written)
        if pieces is None:
            if len(known) > 200_000:
                known.clear()
            pieces = known[written] = tuple(self._analyse(written))
        return pieces

    def _analyse(self, written: str) -> Iterator[_Piece]:
        if "." in written:
            *_elided, last = _PART.finditer(written)
            word = fold(last.group())[:MAX_WORD]
            if word:
                yield last.start(), last.end(), word, self.stem_word(word)
            return
        parts = [(part.start(), part.end(), part.group()) for part in _PART.finditer(written)]
        whole = fold(written)
        if len(parts) > 1 and whole in self.language.stop_words:
            yield 0, len(written), whole, ""
            return
        while len(parts) > 1 and fold(parts[0][2]) in self.language.elisions:
            parts.pop(0)
        for start, end, part in parts:
            word = fold(part[:-1] if _ACRONYMS.fullmatch(part) else part)[:MAX_WORD]
            if word:
                yield start, end, word, self._stem_of(part, word)

    def _stem_of(self, part: str, word: str) -> str:
        # Stop words are recognised with their accents: « ça » says nothing, « CA » is a board.
        accented = unicodedata.normalize(
            "NFKC", _DROPPED.sub("", unicodedata.normalize("NFC", part))
        ).lower()
        return "" if self.is_stop_word(accented) else self.stem_word(word)


_LANGUAGES = {
    "fr": Language("fr", french.ELISIONS, french.STOP_WORDS, french.stem),
    "en": Language("en", english.ELISIONS, english.STOP_WORDS, english.stem),
}
_ANALYSERS = {code: Analyser(language) for code, language in _LANGUAGES.items()}
DEFAULT_LANGUAGE = "fr"
LANGUAGES = tuple(_LANGUAGES)


def analyser(language: str) -> Analyser:
    """The analyser of a language code ("fr", "en-GB"); French for one that has none."""
    return _ANALYSERS.get(language.split("-")[0].lower(), _ANALYSERS[DEFAULT_LANGUAGE])
