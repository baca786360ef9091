"""The full explanation of a term as plain paragraphs, for a spreadsheet, and back. Pure.

A spreadsheet keeps words, headings and lists. Bold letters and links stay in the page as long as the
words of the cell are those of the page: `same_words` decides.
"""

from __future__ import annotations

import html
import re
import unicodedata
import uuid
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.utils.safestring import SafeString, mark_safe

Block = Mapping[str, Any]
_NAMESPACE = uuid.UUID("5a0f0a3e-3c0c-5f6d-9a53-5f3f6f1b7c11")
_ENDS = (
    (re.compile(r"<br\s*/?>"), "\n"),
    (re.compile(r"</(?:p|ul|ol|h[1-6])>"), "\n\n"),
    (re.compile(r"<li[^>]*>"), "- "),
    (re.compile(r"</li>"), "\n"),
    (re.compile(r"<h[1-6][^>]*>"), "## "),
    (re.compile(r"<[^>]*>"), ""),
)
_MARKED_LINK = re.compile(r"\[([^\]]*)\]\(([^)\s]*)\)")
_MARKS = re.compile(r"\*\*|(?<!\w)[*_](?=\S)|(?<=\S)[*_](?!\w)")
_WEB = ("https://", "mailto:")


def text_of(blocks: Iterable[Block]) -> str:
    """The words of a raw stream: paragraphs apart by an empty line, `## ` before a heading."""
    return tidy("\n\n".join(_block_text(block) for block in blocks))


def tidy(text: str) -> str:
    """The same text, one way of ending lines, no empty ends, composed letters."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    lines = "\n".join(line.strip(" \t") for line in text.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", lines).strip()


def same_words(left: str, right: str) -> bool:
    """Whether two texts say the same, the marks of bold letters and links left aside."""
    return _bare(left) == _bare(right)


def blocks_of(text: str, name: str) -> list[dict[str, Any]]:
    """The raw stream of a text; the ids of its blocks depend on `name` and their place alone."""
    return [
        {"type": kind, "value": value, "id": str(uuid.uuid5(_NAMESPACE, f"{name}#{place}"))}
        for place, (kind, value) in enumerate(_pieces(tidy(text)))
    ]


def markup_of(text: str) -> SafeString:
    """The text as HTML: paragraphs, lists, headings below those of a term."""
    # Each piece is made of escaped words and of the few tags of this module.
    return mark_safe(
        "".join(
            f"<h3>{html.escape(value)}</h3>" if kind == "heading" else value
            for kind, value in _pieces(tidy(text))
        )
    )


def _block_text(block: Block) -> str:
    value = block["value"]
    if block["type"] == "heading":
        return f"## {value}"
    if isinstance(value, Mapping):
        value = value.get("text", "")
    return _plain(value) if isinstance(value, str) else ""


def _plain(markup: str) -> str:
    for pattern, sign in _ENDS:
        markup = pattern.sub(sign, markup)
    return html.unescape(markup)


def _bare(text: str) -> str:
    return _MARKS.sub("", _MARKED_LINK.sub(r"\1", tidy(text)))


def _pieces(text: str) -> Iterator[tuple[str, str]]:
    """The blocks of a text: headings, and the paragraphs between them in one."""
    waiting: list[str] = []
    for part in filter(None, text.split("\n\n")):
        if part.startswith("## "):
            yield from _paragraphs(waiting)
            waiting = []
            yield "heading", part.removeprefix("## ").strip()
        else:
            waiting.append(part)
    yield from _paragraphs(waiting)


def _paragraphs(parts: list[str]) -> Iterator[tuple[str, str]]:
    if parts:
        yield "paragraph", "".join(_markup(part) for part in parts)


def _markup(part: str) -> str:
    lines = part.split("\n")
    if all(line.startswith("- ") for line in lines):
        return f"<ul>{''.join(f'<li>{_inline(line[2:])}</li>' for line in lines)}</ul>"
    return f"<p>{'<br/>'.join(map(_inline, lines))}</p>"


def _inline(line: str) -> str:
    """The line as rich text: links to web addresses stay links, other marks are left out."""
    pieces = []
    done = 0
    for link in _MARKED_LINK.finditer(line):
        words = html.escape(link[1], quote=False)
        address = html.escape(link[2])
        pieces.append(html.escape(_MARKS.sub("", line[done : link.start()]), quote=False))
        pieces.append(f'<a href="{address}">{words}</a>' if link[2].startswith(_WEB) else words)
        done = link.end()
    pieces.append(html.escape(_MARKS.sub("", line[done:]), quote=False))
    return "".join(pieces)
