"""French: elision, stop words and stems.

Stems are made from the folded word, so that a forgotten accent changes nothing; endings that the
Snowball algorithm only knows with their accent are given back first. Families that it tears apart
(élu, élection) or mixes up (coopérateur, coopérative) are data: `data/families.fr.txt`.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

import Stemmer  # type: ignore[import-not-found]

from search.languages.wordlists import read_families, read_words

ELISIONS = frozenset(
    ["l", "d", "qu", "c", "j", "m", "n", "s", "t", "jusqu", "lorsqu", "puisqu", "quoiqu", "presqu"]
)
_WRITTEN = read_words("stopwords.fr.txt")
AMBIGUOUS = read_words("ambiguous.fr.txt")


def _plain(word: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))


STOP_WORDS = _WRITTEN | (frozenset(_plain(word).replace("'", "") for word in _WRITTEN) - AMBIGUOUS)
FAINT_WORDS = read_words("faint.fr.txt")
_FAMILIES = {_plain(word): stem for word, stem in read_families("families.fr.txt").items()}
_SNOWBALL = Stemmer.Stemmer("french")
# accessibil(ité) and accessibl(e) meet.
_ABILITY = re.compile(r"(?<=..[ai])bil$")
# Endings given their accent back, in order: (pattern, replacement).
_RESTORED = (
    (re.compile(r"(?<=..)ees?$"), "ée"),
    (re.compile(r"ites?$"), "ité"),
    (re.compile(r"ieres?$"), "ière"),
    (re.compile(r"trices?$"), "teur"),
)


# How verbs end, as « comment » asks for them.
INFINITIVES = ("er", "ir", "re")
# What a question word asks for, when it opens the query.
QUESTIONS = {"ou": "lieu", "quand": "dat"}


def _family(word: str) -> str | None:
    found = _FAMILIES.get(word)
    if found is None and word.endswith("s"):
        found = _FAMILIES.get(word[:-1])
    return found


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """The stem of a folded word; short words and words with digits are their own."""
    family = _family(word)
    if family is not None:
        return family
    if len(word) <= 3 or not word.isalpha():
        return word
    restored = word
    for pattern, ending in _RESTORED:
        restored = pattern.sub(ending, restored)
    return _tidy(_plain(_SNOWBALL.stemWord(restored)))


def _tidy(stemmed: str) -> str:
    # What Snowball leaves differently for a verb and its noun: expliqu/explic, associ/assoc, videos/video.
    if stemmed.endswith("qu") and len(stemmed) > 4:
        stemmed = stemmed[:-2] + "c"
    stemmed = _ABILITY.sub("bl", stemmed)
    if len(stemmed) > 3 and stemmed[-1] in "sx" and stemmed[-2] in "aeiou":
        stemmed = stemmed[:-1]
    if len(stemmed) > 4 and stemmed[-1] == "i":
        stemmed = stemmed[:-1]
    return stemmed
