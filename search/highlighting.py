"""Extracts with the words of the query marked. Everything but `<mark>` is escaped."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, takewhile

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from search.analysis import Token, analyser, fold

LENGTH = 240
LEAD = 60
MAX_SCANNED = 60_000
_WINDOW = 2_000
# How much a word of the reader weighs against one that stands for it.
OWN = 10


@dataclass(frozen=True, slots=True)
class Places:
    """The parts of a text that a reader can be sent to: where they begin and end, in order.

    A passage of theirs is preferred to one that says as much; with `only`, to any other.
    """

    bounds: tuple[int, ...] = ()
    only: bool = False

    def hold(self, position: int) -> bool:
        """Whether a position stands in one of them."""
        return bisect(self.bounds, position) % 2 == 1


@dataclass(frozen=True, slots=True)
class Extract:
    """A marked passage and where it starts in the text."""

    html: SafeString
    start: int
    found: bool


def marked(text: str, stems: frozenset[str], language: str) -> SafeString:
    """The whole text with the words of these stems marked."""
    return _mark(text, _hits(text, stems, language))


def extract(
    text: str,
    stems: frozenset[str],
    language: str,
    typed: frozenset[str] = frozenset(),
    places: Places | None = None,
) -> Extract:
    """The passage of a text that says most of the query, about LENGTH characters long.

    The stems `typed` by the reader count before those that only stand for them.
    """
    places = places or Places()
    scanned = text[:MAX_SCANNED]
    start, window = (0, scanned) if places.only else _window(scanned, stems, typed)
    hits = _hits(window, stems, language)
    if places.only:
        hits = [hit for hit in hits if places.hold(hit.start)] or hits
    if not hits:
        return Extract(_mark(_cut(text, 0, LENGTH), ()), 0, found=False)
    first = _densest(hits, typed, lambda hit: places.hold(start + hit.start))
    left = _word_start(window, max(0, hits[first].start - LEAD))
    passage = _cut(window, left, LENGTH)
    shifted = [Token(h.start - left, h.end - left, h.word, h.stem) for h in hits if h.start >= left]
    html = _mark(passage, [h for h in shifted if h.end <= len(passage.rstrip("…"))])
    if start + left:
        html = mark_safe("… ") + html
    return Extract(html, start + hits[first].start, found=True)


def _hits(text: str, stems: frozenset[str], language: str) -> list[Token]:
    return list(analyser(language).occurrences(text, stems))


def _window(text: str, stems: frozenset[str], typed: frozenset[str]) -> tuple[int, str]:
    """In a long text, the stretch to analyse: the one that holds the most beginnings of stems."""
    if len(text) <= _WINDOW * 2:
        return 0, text
    own = {stem[:5] for stem in typed}
    roots = {stem[:5] for stem in stems}
    best, chosen = -1, 0
    for start in range(0, len(text), _WINDOW):
        flat = fold(text[start : start + _WINDOW])
        held = sum(
            (OWN if root in own else 1) * 1000 + min(flat.count(root), 9)
            for root in roots
            if root in flat
        )
        if held > best:
            best, chosen = held, start
    chosen = _word_start(text, chosen)
    return chosen, text[chosen : chosen + _WINDOW + LENGTH]


def _densest(
    hits: Sequence[Token], typed: frozenset[str], preferred: Callable[[Token], bool]
) -> int:
    """The hit that opens the passage with the most different stems, those typed first."""
    best, chosen = (-1, False, -1, -1), 0
    own = any(hit.stem in typed for hit in hits)
    for i, hit in enumerate(hits):
        if own and hit.stem not in typed:
            continue
        inside = [other.stem for other in _within(hits, i)]
        different = set(inside)
        held = (len(different & typed), preferred(hit), len(different), len(inside))
        if held > best:
            best, chosen = held, i
    return chosen


def _within(hits: Sequence[Token], first: int) -> Iterator[Token]:
    """The hits of the passage that one of them opens."""
    end = hits[first].start + LENGTH - LEAD
    return takewhile(lambda hit: hit.end <= end, islice(hits, first, None))


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
