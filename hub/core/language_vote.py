"""Guesses the language of a text by its most frequent words, or by its letters. Pure."""

import re
from collections import Counter

FREQUENT = {
    "fr": "le la les de des du un une et est dans que qui pour par sur avec pas au aux ce cette vous nous il elle sont",
    "en": "the of and to in is that it for you are with on as be this was by or at from have not an they which will",
    "es": "el la los las de y que en un una por con para es se del al lo como más su sus está pero hay",
    "pt": "o a os as de e que em um uma por com para é do da dos das no na não mais ao se como são",
    "tr": "ve bir bu için ile de da olarak olan daha çok gibi en ne var her kadar veya sonra değil",
}
WORDS = {code: frozenset(words.split()) for code, words in FREQUENT.items()}
ENOUGH = 20  # words
LEAST_SHARE = 0.15  # of the words of a text are among the most frequent of its language
AHEAD = 1.25  # times the votes of the next one
SAMPLE = 20_000  # signs
LETTERS = {"ar": re.compile("[\u0600-\u06ff]"), "uk": re.compile("[\u0400-\u04ff]")}
_WORD = re.compile(r"[^\W\d_]+")


def language_of(text: str) -> str:
    """The code of the language, or "" when nothing is sure enough."""
    sample = text[:SAMPLE]
    words = [word.casefold() for word in _WORD.findall(sample)]
    if len(words) < ENOUGH:
        return ""
    signs = sum(map(len, words))
    for code, letters in LETTERS.items():
        if len(letters.findall(sample)) > signs / 2:
            return code
    votes = Counter({code: sum(w in known for w in words) for code, known in WORDS.items()})
    (first, most), (_second, next_most) = votes.most_common(2)
    sure = most >= LEAST_SHARE * len(words) and most >= AHEAD * next_most
    return first if sure else ""
