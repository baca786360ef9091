"""Turns rich text, as a reader sees it, into the plain data that the PDF template lays out. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

from bs4 import BeautifulSoup, NavigableString, Tag

Plain = dict[str, Any]
_SPACES = re.compile(r"[ \t\r\n\f]+")
_NARROW = "\u202f"  # the font has no glyph for it
_UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_BOLD, _ITALIC = {"b", "strong"}, {"i", "em"}
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_LISTS = {"ul", "ol"}
_HOLDERS = {"div", "section", "article", "blockquote", "figure"}
_BLOCKS = {"p", "pre", "table", *_HEADINGS, *_LISTS, *_HOLDERS}
_SAFE = ("https://", "http://", "mailto:", "tel:")


def clean(text: str) -> str:
    """The text with signs that a PDF can hold and the font can draw."""
    return _UNWRITABLE.sub("", text).replace(_NARROW, "\u00a0")


@dataclass(frozen=True, slots=True)
class Style:
    """How a run of text is said. ``href`` is a whole address, ``term`` that of a glossary term."""

    bold: bool = False
    italic: bool = False
    href: str = ""
    term: str = ""


def blocks_of(html: str, base_url: str) -> list[Plain]:
    """The paragraphs, lists and headings of a rich text; addresses are made whole with ``base_url``."""
    return list(_blocks(BeautifulSoup(html, "html.parser"), base_url))


def plain_paragraph(text: str) -> Plain:
    return {"kind": "paragraph", "spans": plain_spans(text)}


def plain_spans(text: str) -> list[Plain]:
    """Text without markup."""
    return [_span(clean(text), Style())] if text else []


def _blocks(node: Tag, base: str) -> Iterator[Plain]:
    loose: list[Plain] = []
    for child in node.children:
        name = child.name if isinstance(child, Tag) else ""
        if name not in _BLOCKS:
            loose += _spans(child, base, Style())
            continue
        yield from _paragraph(loose)
        loose = []
        yield from _block(child, name, base)
    yield from _paragraph(loose)


def _block(node: Any, name: str, base: str) -> Iterator[Plain]:
    if name in _HEADINGS:
        spans = _trimmed(_inside(node, base, Style()))
        if spans:
            yield {"kind": "heading", "level": _HEADINGS[name], "spans": spans}
    elif name in _LISTS:
        rows = [child for child in node.children if isinstance(child, Tag) and child.name == "li"]
        items = [list(_blocks(row, base)) for row in rows]
        yield {"kind": "list", "ordered": name == "ol", "items": [item for item in items if item]}
    elif name in _HOLDERS:
        yield from _blocks(node, base)
    elif name == "table":
        for row in node.find_all("tr"):
            cells = [cell.get_text(" ", strip=True) for cell in row.find_all(["td", "th"])]
            yield plain_paragraph(" · ".join(cell for cell in cells if cell))
    else:
        yield from _paragraph(_inside(node, base, Style()))


def _paragraph(spans: list[Plain]) -> Iterator[Plain]:
    trimmed = _trimmed(spans)
    if trimmed:
        yield {"kind": "paragraph", "spans": trimmed}


def _inside(node: Tag, base: str, style: Style) -> list[Plain]:
    return [span for child in node.children for span in _spans(child, base, style)]


def _spans(node: Any, base: str, style: Style) -> list[Plain]:
    if isinstance(node, NavigableString):
        if type(node) is not NavigableString:  # a comment, a declaration
            return []
        return [_span(clean(_SPACES.sub(" ", str(node))), style)]
    if node.name == "br":
        return [_span("\n", style)]
    if node.name in {"script", "style", "svg", "template"}:
        return []
    return _inside(node, base, _styled(node, base, style))


def _styled(node: Tag, base: str, style: Style) -> Style:
    href, term = style.href, style.term
    if node.name == "a" and node.get("href"):
        address = urljoin(base, str(node["href"]))
        if "defined" in (node.get("class") or []):
            term = address
        else:
            href = address if address.startswith(_SAFE) else ""
    return Style(style.bold or node.name in _BOLD, style.italic or node.name in _ITALIC, href, term)


def _span(text: str, style: Style) -> Plain:
    return {
        "text": text,
        "bold": style.bold,
        "italic": style.italic,
        "href": style.href,
        "term": style.term,
    }


def _trimmed(spans: list[Plain]) -> list[Plain]:
    """Runs that are said alike made one, without spaces around; nothing for a text without words."""
    joined: list[Plain] = []
    for span in spans:
        if joined and joined[-1] | {"text": ""} == span | {"text": ""}:
            joined[-1]["text"] += span["text"]
        else:
            joined.append(dict(span))
    if not "".join(span["text"] for span in joined).strip():
        return []
    joined[0]["text"] = joined[0]["text"].lstrip()
    joined[-1]["text"] = joined[-1]["text"].rstrip()
    return [span for span in joined if span["text"]]


def outlined(blocks: list[Plain], above: int) -> list[Plain]:
    """The blocks with headings that never skip a level below ``above``, as PDF/UA wants them."""
    last = above
    for block in blocks:
        if block["kind"] == "heading":
            last = block["level"] = min(max(block["level"], above + 1), last + 1)
    return blocks
