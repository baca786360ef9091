"""English: stop words and Porter 2 stems."""

from __future__ import annotations

from functools import lru_cache

import Stemmer  # type: ignore[import-not-found]

from search.languages.wordlists import read_words

ELISIONS: frozenset[str] = frozenset()
STOP_WORDS = read_words("stopwords.en.txt")
FAINT_WORDS = read_words("faint.en.txt")
_SNOWBALL = Stemmer.Stemmer("english")


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """The stem of a folded word; short words and words with digits are their own."""
    if len(word) <= 3 or not word.isalpha():
        return word
    stemmed: str = _SNOWBALL.stemWord(word)
    return stemmed
