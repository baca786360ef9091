"""Reads the text of an HTML fragment, and where each part of it stands in the source. Pure."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from html import unescape
from html.parser import HTMLParser
from itertools import pairwise

from resources.glossary.words import BREAK, LINE

HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
# Where a link would be wrong: in what is a link or is pressed, in quotes, in code, in what names.
LEFT_ALONE = HEADINGS | frozenset(
    "a abbr blockquote button caption cite code dfn kbd label legend nav option pre q samp select "
    "summary textarea th title var".split()
)
UNREAD = frozenset("script style template".split())
INLINE = frozenset(
    "a abbr b bdi bdo button cite code data del dfn em i ins kbd label mark q s samp small span "
    "strong sub sup time u var wbr".split()
)
VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
ROLES = frozenset("button heading link tab".split())


@dataclass(slots=True)
class Tag:
    """A tag of the source, at a place of the text."""

    name: str
    opens: bool
    start: int
    end: int


@dataclass(slots=True)
class Ranges:
    """Stretches of a text, in order."""

    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)

    def add(self, start: int, end: int) -> None:
        """One more, after the others."""
        self.starts.append(start)
        self.ends.append(end)

    def touch(self, start: int, end: int) -> bool:
        """Whether one of them shares a character with this stretch."""
        place = bisect_left(self.starts, end) - 1
        return place >= 0 and self.ends[place] > start


@dataclass(slots=True)
class Fragment:
    """The text of a fragment, and where each part of it stands in the source.

    `text` has a mark more, at each of `breaks`, where a block ends; `plain` is what a reader has.
    """

    source: str
    text: str = ""
    text_starts: list[int] = field(default_factory=list)
    source_starts: list[int] = field(default_factory=list)
    entities: dict[int, int] = field(default_factory=dict)
    tags: list[Tag] = field(default_factory=list)
    spans: dict[tuple[int, int], tuple[int, int] | None] = field(default_factory=dict)
    tag_starts: list[int] = field(default_factory=list)
    alone: Ranges = field(default_factory=Ranges)
    breaks: list[int] = field(default_factory=list)
    sections: list[int] = field(default_factory=list)

    @property
    def plain(self) -> str:
        """The text without tags, entities decoded, and nothing else."""
        edges = pairwise([-1, *self.breaks, len(self.text)])
        return "".join(self.text[start + 1 : end] for start, end in edges)

    def plain_place(self, offset: int) -> int:
        """Where a place of `text` is in `plain`."""
        return offset - bisect_left(self.breaks, offset)

    def at(self, offset: int, *, end: bool = False) -> int:
        """Where a place of the text is in the source; `end` is that after the character before."""
        wanted = offset - 1 if end else offset
        piece = bisect_right(self.text_starts, wanted) - 1
        start = self.source_starts[piece]
        if start in self.entities:
            return self.entities[start] if end else start
        return start + wanted - self.text_starts[piece] + end


class _Reader(HTMLParser):
    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=False)
        self.found = Fragment(source)
        self._lines = [0, *(match.end() for match in re.finditer("\n", source))]
        self._parts: list[str] = []
        self._length = 0
        self._open: list[tuple[str, bool]] = []
        self._alone_from: int | None = None
        self._unread = 0
        self.feed(source)
        self.close()
        if self._alone_from is not None:
            self.found.alone.add(self._alone_from, self._length)
        self.found.text = "".join(self._parts)

    def _place(self) -> int:
        line, column = self.getpos()
        return self._lines[line - 1] + column

    def _take(self, text: str, start: int, entity_end: int = 0) -> None:
        if self._unread or not text:
            return
        self.found.text_starts.append(self._length)
        self.found.source_starts.append(start)
        if entity_end:
            self.found.entities[start] = entity_end
        self._parts.append(text)
        self._length += len(text)

    def handle_data(self, data: str) -> None:
        self._take(data, self._place())

    def handle_entityref(self, name: str) -> None:
        self._entity(f"&{name}")

    def handle_charref(self, name: str) -> None:
        self._entity(f"&#{name}")

    def _entity(self, written: str) -> None:
        start = self._place()
        end = start + len(written)
        if self.found.source[end : end + 1] == ";":
            end += 1
        self._take(unescape(self.found.source[start:end]), start, end)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        start = self._place()
        end = start + len(self.get_starttag_text() or "")
        if tag == "br":
            self._break(LINE)
        elif tag not in INLINE:
            self._break()
        if tag in HEADINGS:
            self.found.sections.append(self._length)
        if tag in VOID:
            return
        self._tag(Tag(tag, True, start, end))
        alone = tag in LEFT_ALONE or (bool(attrs) and dict(attrs).get("role") in ROLES)
        self._open.append((tag, alone))
        self._unread += tag in UNREAD
        if alone and self._alone_from is None:
            self._alone_from = self._length

    def _break(self, sign: str = BREAK) -> None:
        """Mark an end, once: that of a block counts more than that of a line."""
        breaks = self.found.breaks
        if self._length and not (breaks and breaks[-1] == self._length - 1):
            breaks.append(self._length)
            self._parts.append(sign)
            self._length += 1
        elif self._length and sign == BREAK:
            self._parts[-1] = BREAK

    def _tag(self, tag: Tag) -> None:
        self.found.tags.append(tag)
        self.found.tag_starts.append(tag.start)

    def handle_endtag(self, tag: str) -> None:
        start = self._place()
        end = self.found.source.find(">", start) + 1
        self._tag(Tag(tag, False, start, end or len(self.found.source)))
        if tag not in INLINE:
            self._break()
        closes_last = bool(self._open) and self._open[-1][0] == tag
        if not closes_last and all(name != tag for name, _alone in self._open):
            return
        while self._open:
            name, _alone = self._open.pop()
            self._unread -= name in UNREAD
            if name == tag:
                break
        if self._alone_from is not None and not any(alone for _name, alone in self._open):
            self.found.alone.add(self._alone_from, self._length)
            self._alone_from = None


def read(source: str) -> Fragment:
    """The text of a fragment, with all that is to know to link it."""
    return _Reader(source).found
