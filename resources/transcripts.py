"""Reads the moments of a transcript: a paragraph that begins with a time stands at that time.

« 1:13 », « [00:01:13] » and « 1 min 13 » are understood, with or without a dash after them.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bs4 import BeautifulSoup, Tag
from django.utils.safestring import SafeString, mark_safe
from wagtail.rich_text import get_text_for_indexing

from hub.core.templatetags.formats import timecode

At = Callable[[int], str]
"""The address of a moment, in seconds, for a reader without script."""

_BLOCKS = ("p", "li", "blockquote", "h2", "h3", "h4", "h5", "h6")
_CLOCK = r"(?:(?P<h>\d{1,2}):)?(?P<m>\d{1,3}):(?P<s>[0-5]\d)(?:[.,]\d{1,3})?(?![\d:])"
_WORDS = (
    r"(?:(?P<hh>\d{1,2})\s*h\s*)?(?P<mm>\d{1,3})\s*mi?n\.?\s*(?P<ss>[0-5]?\d)(?!\d)"
    r"(?:\s*s(?:ec)?\b\.?)?"
)
_TIME = re.compile(rf"\s*(?:[\[(]\s*)?(?:{_CLOCK}|{_WORDS})(?!\w)(?:\s*[\])])?\s*(?:[-–—:|·]\s+)?")


@dataclass(frozen=True, slots=True)
class Transcript:
    """A transcript ready for a page, and the seconds that have an address in it."""

    html: SafeString
    moments: frozenset[int]


@dataclass(frozen=True, slots=True)
class Passage:
    """What is said from a moment on; ``seconds`` is None before the first time written."""

    seconds: int | None
    text: str


def has_words(html: str) -> bool:
    """Whether a rich text says anything: an editor leaves empty paragraphs behind."""
    return bool(BeautifulSoup(html, "html.parser").get_text().strip())


def passages(html: str) -> list[Passage]:
    """The words of a transcript, one passage for each paragraph that begins with a time."""
    found: list[tuple[int | None, list[str]]] = [(None, [])]
    for block in _blocks(BeautifulSoup(html, "html.parser")):
        seconds, length = time_at_start(block.get_text())
        if seconds is not None:
            found.append((seconds, []))
            _take(block, length)
        found[-1][1].append(get_text_for_indexing(str(block)))
    told = (Passage(seconds, "\n".join(filter(None, texts))) for seconds, texts in found)
    return [passage for passage in told if passage.text]


def with_moments(html: str, at: At = "#t={}".format) -> Transcript:
    """The same text, where each time leads to its moment and has an address of its own.

    ``html`` is trusted as any rich text that is ready for a page.
    """
    soup = BeautifulSoup(html, "html.parser")
    moments: set[int] = set()
    for block in _blocks(soup):
        seconds, length = time_at_start(block.get_text())
        if seconds is None:
            continue
        if seconds not in moments:
            block["id"] = f"t={seconds}"
            moments.add(seconds)
        _take(block, length)
        block["class"] = "passage"
        block.insert(0, _link(soup, seconds, at), " ")
    return Transcript(mark_safe(str(soup)), frozenset(moments))


def time_at_start(text: str) -> tuple[int | None, int]:
    """The time that a text begins with, in seconds, and how many characters write it."""
    match = _TIME.match(text)
    if match is None:
        return None, 0
    hours = int(match["h"] or match["hh"] or 0)
    minutes = int(match["m"] or match["mm"] or 0)
    return hours * 3600 + minutes * 60 + int(match["s"] or match["ss"] or 0), match.end()


def _blocks(soup: BeautifulSoup) -> Iterator[Tag]:
    """The paragraphs, wherever they stand; not the boxes around them."""
    return (block for block in soup.find_all(_BLOCKS) if not block.find(_BLOCKS))


def _take(block: Tag, length: int) -> None:
    """Take away the first characters of a paragraph, whatever marks they stand in."""
    for string in list(block.strings):
        if length <= 0:
            return
        kept = str(string)[length:]
        length -= len(string)
        string.replace_with(kept)


def _link(soup: BeautifulSoup, seconds: int, at: At) -> Tag:
    link = soup.new_tag("a", href=at(seconds))
    link["class"] = "moment__time"
    link["data-seconds"] = str(seconds)
    link.string = timecode(seconds)
    return link
