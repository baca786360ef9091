"""Turns the kit's Markdown into plain blocks that both writers (Word, PDF) lay out.

The subset is the site's own: headings, paragraphs, lists, tables and `:::`
directives. Two marks are the kit's: `[a field to fill]` and `☐` (a box to tick).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from markdown_it import MarkdownIt
from markdown_it.token import Token

from home.kit_files.model import KitContentError
from home.kit_files.typography import french_spaces

_MARKDOWN = MarkdownIt("commonmark").enable("table")
_MARKDOWN.validateLink = lambda url: url.startswith(  # type: ignore[method-assign]
    ("page:", "file:", "https://", "mailto:")
)
_OPENING = re.compile(r"^:::\s*([a-z]+)\s*(.*)$")
_ATTRIBUTE = re.compile(r'([a-z]+)="([^"]*)"')
_BREAKS = {"softbreak": " ", "hardbreak": "\n"}
_SPECIAL = re.compile(r"(\[[^\[\]]+\]|☐)")


@dataclass(frozen=True, slots=True)
class Span:
    """A run of text of one kind: `text`, `field` (to fill) or `check` (box to tick)."""

    text: str
    bold: bool = False
    italic: bool = False
    kind: str = "text"
    href: str = ""


Spans: TypeAlias = list[Span]


@dataclass(slots=True)
class Heading:
    level: int
    spans: Spans


@dataclass(slots=True)
class Paragraph:
    spans: Spans
    style: str = "body"


@dataclass(slots=True)
class Listing:
    """A list; `tickable` when every item starts with a box to tick."""

    ordered: bool
    items: list[Spans]

    @property
    def tickable(self) -> bool:
        return all(item and item[0].kind == "check" for item in self.items)


@dataclass(slots=True)
class Table:
    """A captioned table; `widths` are percentages, `row_height` the least height in mm."""

    caption: str
    header: list[Spans]
    rows: list[list[Spans]]
    widths: list[int] = field(default_factory=list)
    row_height: int = 0


@dataclass(slots=True)
class Box:
    """A framed passage: advice, warning, text to copy, exact wording, legal value."""

    kind: str
    title: str
    blocks: list[Paragraph]


@dataclass(slots=True)
class PageBreak:
    """The next block starts a new page."""


Block: TypeAlias = Heading | Paragraph | Listing | Table | Box | PageBreak


def text_spans(text: str, *, bold: bool = False) -> Spans:
    """Return the spans of one line of inline Markdown."""
    spans = _inline(_MARKDOWN.parseInline(french_spaces(text))[0])
    return [replace(span, bold=True) for span in spans] if bold else spans


def parse_blocks(source: str) -> list[Block]:
    """Parse a whole document; an unknown or unclosed directive is refused."""
    blocks: list[Block] = []
    plain: list[str] = []
    lines = iter(source.splitlines())
    for line in lines:
        opening = _OPENING.match(line)
        if not opening:
            plain.append(line)
            continue
        blocks.extend(_markdown("\n".join(plain)))
        plain.clear()
        blocks.append(_directive(opening[1], dict(_ATTRIBUTE.findall(opening[2])), _inside(lines)))
    blocks.extend(_markdown("\n".join(plain)))
    return blocks


def _inside(lines: Iterator[str]) -> str:
    body: list[str] = []
    for line in lines:
        if line.strip() == ":::":
            return "\n".join(body)
        body.append(line)
    raise KitContentError("a ::: directive is never closed")


def _directive(name: str, attributes: dict[str, str], body: str) -> Block:
    blocks = _markdown(body)
    if name == "table":
        return _captioned(blocks, attributes)
    kinds = {"callout": attributes.get("kind", "key"), "copy": "copy", "exact": "exact"}
    if name == "legal":
        return Box("legal", attributes["key"], [])
    if name not in kinds:
        raise KitContentError(f"unknown directive {name!r}")
    inside = [block for block in blocks if isinstance(block, Paragraph)]
    if len(inside) != len(blocks):
        raise KitContentError(f"a {name!r} box holds paragraphs only")
    return Box(kinds[name], french_spaces(attributes.get("title", "")), inside)


def _captioned(blocks: list[Block], attributes: dict[str, str]) -> Table:
    if len(blocks) != 1 or not isinstance(blocks[0], Table):
        raise KitContentError("a 'table' directive holds one table")
    table = blocks[0]
    table.caption = french_spaces(attributes["caption"])
    table.widths = [int(width) for width in attributes.get("widths", "").split()]
    table.row_height = int(attributes.get("rows", "0"))
    return table


def _markdown(source: str) -> list[Block]:
    tokens = _MARKDOWN.parse(french_spaces(source))
    blocks: list[Block] = []
    position = 0
    while position < len(tokens):
        block, position = _block(tokens, position)
        if block is not None:
            blocks.append(block)
    return blocks


def _block(tokens: list[Token], start: int) -> tuple[Block | None, int]:
    token = tokens[start]
    if token.type == "hr":
        return PageBreak(), start + 1
    end = _closing(tokens, start)
    inner = tokens[start + 1 : end]
    if token.type == "heading_open":
        return Heading(int(token.tag[1]), _inline(inner[0])), end + 1
    if token.type == "paragraph_open":
        return Paragraph(_inline(inner[0])), end + 1
    if token.type in {"bullet_list_open", "ordered_list_open"}:
        items = [_inline(part) for part in inner if part.type == "inline"]
        return Listing(token.type.startswith("ordered"), items), end + 1
    if token.type == "table_open":
        return _table(inner), end + 1
    raise KitContentError(f"Markdown of the kind {token.type!r} has no place in the kit")


def _closing(tokens: list[Token], start: int) -> int:
    wanted = tokens[start].type.replace("_open", "_close")
    for position in range(start, len(tokens)):
        closes = tokens[position].type == wanted and tokens[position].level == tokens[start].level
        if position > start and closes:
            return position
    raise KitContentError(f"Markdown of the kind {tokens[start].type!r} has no place in the kit")


def _table(tokens: list[Token]) -> Table:
    rows: list[list[Spans]] = []
    for token in tokens:
        if token.type == "tr_open":
            rows.append([])
        elif token.type == "inline":
            rows[-1].append(_inline(token))
    return Table("", rows[0], rows[1:])


def _inline(token: Token) -> Spans:
    spans: Spans = []
    bold = italic = 0
    href = ""
    for child in token.children or []:
        bold += child.nesting if child.type.startswith("strong") else 0
        italic += child.nesting if child.type.startswith("em_") else 0
        if child.type == "link_open":
            href = str(child.attrs["href"])
        elif child.type == "link_close":
            href = ""
        text = _BREAKS.get(child.type, child.content)
        if text:
            spans.append(Span(text, bold=bold > 0, italic=italic > 0, href=href))
    return [piece for span in _merged(spans) for piece in _special(span)]


def _merged(spans: Spans) -> Spans:
    merged: Spans = []
    for span in spans:
        if merged and replace(merged[-1], text="") == replace(span, text=""):
            merged[-1] = replace(span, text=merged[-1].text + span.text)
        else:
            merged.append(span)
    return merged


def _special(span: Span) -> Iterator[Span]:
    for part in _SPECIAL.split(span.text):
        if part == "☐":
            yield replace(span, text=part, kind="check")
        elif part.startswith("[") and part.endswith("]"):
            yield replace(span, text=part, kind="field")
        elif part:
            yield replace(span, text=part)
