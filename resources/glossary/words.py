"""Cuts a text into words and marks, each knowing where it stands. Pure.

Words are folded as the search folds them, elided articles are left out. A mark (a comma, the end of
a sentence) is kept as a word of its own, so that no term is found across it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field

from search.analysis import fold
from search.languages import french

SENTENCE_END = "."
_INVISIBLE = "\u0300-\u036f\u00ad\u200b-\u200d\u2060\ufeff"
_APOSTROPHES = "'’ʼ‘‛′`´＇"
_WORD = re.compile(
    rf"(?<![^\W_])(?:[^\W\d_]\.){{2,}}(?:[^\W\d_](?![^\W_]))?|[^\W_](?:[^\W_]|[{_INVISIBLE}])*"
)
_ENDS = re.compile(r"[!?…\n]|\.(?=[\s»\")])")
_MARK = re.compile(r"[^\s\w]")
# What stands between the words of one term: « procès-verbal », « l’ordre du jour », « part "sociale" ».
_NOTHING = set(_APOSTROPHES) | set('-‐‑–.«»"“”*')
_REMEMBERED = 100_000


@dataclass(slots=True)
class Words:
    """The words and marks of a text, side by side. A mark has its sign in `keys` and no `written`."""

    keys: list[str] = field(default_factory=list)
    written: list[str] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    sentences: list[int] = field(default_factory=list)

    def add(self, key: str, written: str, start: int, end: int) -> None:
        """One more word, or mark."""
        self.keys.append(key)
        self.written.append(written)
        self.starts.append(start)
        self.ends.append(end)

    def sentence_of(self, place: int) -> int:
        """The number of the sentence of a word."""
        return bisect_right(self.sentences, place)


_folded: dict[str, str] = {}
_marks: dict[str, str] = {}


def words_of(text: str) -> Words:
    """The words of a text. Remembers how words are folded: most texts repeat them."""
    found = Words()
    add, folded, marks, end = found.add, _folded, _marks, 0
    for match in _WORD.finditer(text):
        start = match.start()
        if start > end:
            gap = text[end:start]
            mark = marks.get(gap)
            if mark is None:
                mark = _mark(gap)
            if mark:
                if mark == SENTENCE_END:
                    found.sentences.append(len(found.keys))
                add(mark, "", end, start)
        written = match.group()
        end = match.end()
        key = folded.get(written)
        if key is None:
            key = _key(written)
        if key in _ELISIONS and text[end : end + 1] in _APOSTROPHE:
            continue
        if key:
            add(key, written, start, end)
    return found


_ELISIONS = french.ELISIONS
_APOSTROPHE = frozenset(_APOSTROPHES)


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
