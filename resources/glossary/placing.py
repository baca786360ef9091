"""Says where a link may stand in a fragment, and puts it there. Pure.

Nothing is written again: links are inserted at the places of the source where terms stand. What is not
linked comes out as it went in.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from resources.glossary.forms import Term
from resources.glossary.html import Fragment, Ranges, Tag
from resources.glossary.linking import Linker, Match

# Words of the law in guillemets: an article is named, then quoted at some length.
_QUOTE = re.compile("«([^»]*)»")
_NAMED = re.compile(
    r"\b(?:articles?|art\.|lois?|décret|code|ordonnance|alinéa)(?!\w)[^«».!?\u2029]{0,120}"
    r"(?:\.[^«».!?\u2029]{0,120}){0,3}$",
    re.IGNORECASE,
)
_LAW_WORDS = 6  # a shorter quote names a word
_NAMED_WITHIN = 300  # characters


@dataclass(slots=True)
class Section:
    """What a section of the page has linked already; a heading begins another.

    `shown` are the terms linked since it was made, in order, whatever the section.
    """

    linked: set[str] = field(default_factory=set)
    shown: dict[Term, None] = field(default_factory=dict)


def first_uses(fragment: Fragment, linker: Linker, section: Section) -> list[Match]:
    """The terms to link: the first use of each in its section, where a link may stand."""
    found: list[Match] = []
    begun = 0
    law = _quotes_of_law(fragment.text)
    for match in linker.find(fragment.text):
        headings = bisect_right(fragment.sections, match.start)
        if headings > begun:
            section.linked.clear()
            begun = headings
        place = match.start, match.end
        if match.term.slug in section.linked or fragment.alone.touch(*place) or law.touch(*place):
            continue
        if _span(fragment, match) is not None:
            section.linked.add(match.term.slug)
            found.append(match)
    if len(fragment.sections) > begun:
        section.linked.clear()
    return found


def with_links(
    fragment: Fragment, matches: Iterable[Match], link: Callable[[Match], tuple[str, str]]
) -> str:
    """The source with what `link` says put before and after each match."""
    parts: list[str] = []
    done = 0
    for match in matches:
        span = _span(fragment, match)
        if span is None or span[0] < done:
            continue
        before, after = link(match)
        parts += [
            fragment.source[done : span[0]],
            before,
            fragment.source[span[0] : span[1]],
            after,
        ]
        done = span[1]
    return "".join([*parts, fragment.source[done:]])


def _quotes_of_law(text: str) -> Ranges:
    found = Ranges()
    for quote in _QUOTE.finditer(text):
        start = quote.start()
        before = text[max(0, start - _NAMED_WITHIN) : start]
        if len(quote[1].split()) >= _LAW_WORDS and _NAMED.search(before):
            found.add(*quote.span(1))
    return found


def _span(fragment: Fragment, match: Match) -> tuple[int, int] | None:
    """Where the link of a match begins and ends in the source; None if it would cut an element."""
    place = match.start, match.end
    if place not in fragment.spans:
        fragment.spans[place] = _found_span(fragment, match)
    return fragment.spans[place]


def _found_span(fragment: Fragment, match: Match) -> tuple[int, int] | None:
    start, end = fragment.at(match.start), fragment.at(match.end, end=True)
    tags = fragment.tags
    first = bisect_left(fragment.tag_starts, start)
    last = bisect_left(fragment.tag_starts, end)
    unclosed, unopened = _unpaired(tags[first:last])
    for name in unopened:
        first -= 1
        tag = tags[first] if first >= 0 else None
        if tag is None or not tag.opens or tag.name != name or tag.end != start:
            return None
        start = tag.start
    for name in reversed(unclosed):
        tag = tags[last] if last < len(tags) else None
        if tag is None or tag.opens or tag.name != name or tag.start != end:
            return None
        last, end = last + 1, tag.end
    return start, end


def _unpaired(tags: Iterable[Tag]) -> tuple[list[str], list[str]]:
    """The names of the elements that are not closed among these tags, and of those not opened."""
    unclosed: list[str] = []
    unopened: list[str] = []
    for tag in tags:
        if tag.opens:
            unclosed.append(tag.name)
        elif unclosed and unclosed[-1] == tag.name:
            unclosed.pop()
        else:
            unopened.append(tag.name)
    return unclosed, unopened
