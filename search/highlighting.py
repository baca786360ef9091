"""Extracts with the words of the query marked. Everything but `<mark>` is escaped."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from search.analysis import Token, analyser, fold

LENGTH = 240
LEAD = 60
MAX_SCANNED = 60_000
_WINDOW = 2_000


@dataclass(frozen=True, slots=True)
class Extract:
    """A marked passage and where it starts in the text."""

    html: SafeString
    start: int
    found: bool


def marked(text: str, stems: frozenset[str], language: str) -> SafeString:
    """The whole text with the words of these stems marked."""
    return _mark(text, _hits(text, stems, language))


def extract(text: str, stems: frozenset[str], language: str) -> Extract:
    """The passage of a text that says most of the query, about LENGTH characters long."""
    start, window = _window(text[:MAX_SCANNED], stems)
    hits = _hits(window, stems, language)
    if not hits:
        return Extract(_mark(_cut(text, 0, LENGTH), ()), 0, found=False)
    first = _densest(hits)
    left = _word_start(window, max(0, hits[first].start - LEAD))
    passage = _cut(window, left, LENGTH)
    shifted = [Token(h.start - left, h.end - left, h.word, h.stem) for h in hits if h.start >= left]
    html = _mark(passage, [h for h in shifted if h.end <= len(passage.rstrip("…"))])
    if start + left:
        html = mark_safe("… ") + html
    return Extract(html, start + hits[first].start, found=True)


def _hits(text: str, stems: frozenset[str], language: str) -> list[Token]:
    return list(analyser(language).occurrences(text, stems))


def _window(text: str, stems: frozenset[str]) -> tuple[int, str]:
    """In a long text, the stretch to analyse: the one that holds the most beginnings of stems."""
    if len(text) <= _WINDOW * 2:
        return 0, text
    roots = {stem[:5] for stem in stems}
    best, chosen = -1, 0
    for start in range(0, len(text), _WINDOW):
        flat = fold(text[start : start + _WINDOW])
        held = sum(1000 + min(flat.count(root), 9) for root in roots if root in flat)
        if held > best:
            best, chosen = held, start
    chosen = _word_start(text, chosen)
    return chosen, text[chosen : chosen + _WINDOW + LENGTH]


def _densest(hits: Sequence[Token]) -> int:
    """The hit that opens the passage with the most different stems."""
    best, chosen = 0, 0
    for i, hit in enumerate(hits):
        inside = {other.stem for other in hits[i:] if other.end - hit.start <= LENGTH - LEAD}
        if len(inside) > best:
            best, chosen = len(inside), i
    return chosen


def _word_start(text: str, position: int) -> int:
    while 0 < position < len(text) and not text[position - 1].isspace():
        position -= 1
    return position


def _cut(text: str, start: int, length: int) -> str:
    """At most `length` characters, ending on a whole word."""
    if len(text) - start <= length:
        return text[start:].rstrip()
    passage = text[start : start + length + 1]
    head = passage.rsplit(None, 1)[0] if " " in passage else passage[:length]
    return head.rstrip() + "…"


def _mark(text: str, hits: Sequence[Token]) -> SafeString:
    pieces, last = [], 0
    for hit in hits:
        pieces += [
            escape(text[last : hit.start]),
            "<mark>",
            escape(text[hit.start : hit.end]),
            "</mark>",
        ]
        last = hit.end
    pieces.append(escape(text[last:]))
    return mark_safe("".join(pieces))
