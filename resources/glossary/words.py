"""Cuts a text into words and marks, each knowing where it stands. Pure.

Words are folded as the search folds them, elided articles are left out. A mark (a comma, the end of
a sentence) is kept as a word of its own, so that no term is found across it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from itertools import accumulate

from search.analysis import APOSTROPHES, INVISIBLE, fold
from search.languages import french

SENTENCE_END = "."
TO = "à"
# Stands in a text where a block of the page ends and another begins.
BREAK = "\u2029"
# A line ends there, and the sentence may go on.
LINE = "\u2028"
_ELIDING = frozenset(APOSTROPHES)
_PLAIN_WORD = re.compile(r"([^\W_]+)")
_WORD = re.compile(
    rf"((?<![^\W_])(?:[^\W\d_]\.){{2,}}(?:[^\W\d_](?![^\W_]))?|[^\W_](?:[^\W_]|[{INVISIBLE}])*)"
)
# What makes of a text one that the plain expression, twice as fast, would cut wrongly: « A.G. », e + ´.
_DOTTED = re.compile(r"\.[^\W\d_]\.")
_UNSEEN = re.compile(rf"[{INVISIBLE}]")
_ENDS = re.compile(rf"[!?…{BREAK}]|\.(?=[\s»\")])")
_MARK = re.compile(r"[^\s\w]")
# What stands between the words of one term: « procès-verbal », « l’ordre du jour », « part "sociale" ».
_NOTHING = _ELIDING | set('-‐‑–.«»"“”*')
_LOUD_FROM = 4  # letters from which a word in capitals is no set of initials
_REMEMBERED = 100_000


@dataclass(slots=True)
class Words:
    """The words and marks of a text. A mark has its sign in `keys`, and is `written` with nothing."""

    keys: list[str] = field(default_factory=list)
    sentences: list[int] = field(default_factory=list)
    # The text cut before and after each word, where each part ends, and the part of each word.
    parts: list[str] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    places: list[int] = field(default_factory=list)

    def written(self, word: int) -> str:
        """A word as it is in the text."""
        place = self.places[word]
        return self.parts[place] if place % 2 else ""

    def start(self, word: int) -> int:
        """Where a word begins in the text."""
        place = self.places[word]
        return self.ends[place - 1] if place else 0

    def end(self, word: int) -> int:
        """Where a word ends in the text."""
        return self.ends[self.places[word]]

    def shown(self, first: int, last: int) -> list[str]:
        """The words from one to another, with a + before a capital and ++ before capitals alone.

        « à » keeps its accent: it is not « a ».
        """
        parts, pairs = self.parts, zip(self.keys[first:last], self.places[first:last], strict=True)
        return [_shown.get(parts[place]) or _signed(key, parts[place]) for key, place in pairs]

    def elided(self, word: int) -> str:
        """The article left out just before a word: « l », « d »."""
        place = self.places[word]
        before = place > 1 and self.parts[place - 1] in _ELIDING
        return fold(self.parts[place - 2]) if before else ""

    def sentence_of(self, word: int) -> int:
        """The number of the sentence of a word."""
        return bisect_right(self.sentences, word)


_shown: dict[str, str] = {}
_folded: dict[str, str] = {}
_marks: dict[str, str] = {}


def words_of(text: str) -> Words:
    """The words of a text. Remembers how words are folded: most texts repeat them."""
    cut = _WORD if _DOTTED.search(text) or _UNSEEN.search(text) else _PLAIN_WORD
    parts = cut.split(text)
    found = Words(parts=parts, ends=list(accumulate(map(len, parts))))
    keys, places = found.keys, found.places
    for place in range(1, len(parts), 2):
        gap = parts[place + 1]
        key = _folded.get(parts[place])
        if key is None:
            key = _key(parts[place])
        if gap == " ":  # most often: nothing else to look at
            if key:
                keys.append(key)
                places.append(place)
            continue
        if key and not (gap in _ELIDING and key in french.ELISIONS):
            keys.append(key)
            places.append(place)
        mark = _marks.get(gap)
        if mark is None:
            mark = _mark(gap)
        if mark:
            if mark == SENTENCE_END:
                found.sentences.append(len(keys))
            keys.append(mark)
            places.append(place + 1)
    return found


def _signed(key: str, written: str) -> str:
    if len(_shown) > _REMEMBERED:
        _shown.clear()
    loud = len(written) >= _LOUD_FROM and written.isupper()
    signs = ("++" if loud else "+") if written[:1].isupper() else ""
    shown = _shown[written] = TO if written == TO else f"{signs}{key}"
    return shown


def _key(written: str) -> str:
    if len(_folded) > _REMEMBERED:
        _folded.clear()
    key = _folded[written] = fold(written)
    return key


def _mark(gap: str) -> str:
    if len(_marks) > _REMEMBERED:
        _marks.clear()
    signs = [sign for sign in _MARK.findall(gap) if sign not in _NOTHING]
    mark = SENTENCE_END if _ENDS.search(gap) else signs[0] if signs else ""
    _marks[gap] = mark
    return mark
