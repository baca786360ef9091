"""Turns the Markdown of the content files into rich text and stream blocks."""

import html
import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from markdown_it import MarkdownIt

from hub.core.blocks import LegalForm

from .references import References, items
from .sources import ContentError

_MARKDOWN = MarkdownIt("commonmark", {"html": False})
# What is no page of the tree has an address of its own: the register of campaigns.
_LINKS = ("page:", "file:", "https://", "mailto:", "/campagnes/", "/en/campagnes/")
_MARKDOWN.validateLink = lambda url: url.startswith(_LINKS)
_LINK = re.compile(r'<a href="(page|file):([^"#]+)(#[^"]*)?">')
_VARIANT = re.compile(r"^=== (\w+)$", re.MULTILINE)
_ATTRIBUTE = re.compile(r'(\w+)="([^"]*)"')


def rich_text(text: str, references: References) -> str:
    """Return Wagtail's rich text for a piece of Markdown; links keep following their page."""

    def link(match: re.Match[str]) -> str:
        kind, key = match[1], html.unescape(match[2])
        if kind == "page":
            return f'<a linktype="page" id="{references.page(key)}">'
        return f'<a linktype="document" id="{references.file(key)}">'

    rendered = _MARKDOWN.render(text.strip()).strip()
    for heading in ("h1", "h2"):
        rendered = rendered.replace(f"<{heading}>", "<h3>").replace(f"</{heading}>", "</h3>")
    rendered = rendered.replace("<strong>", "<b>").replace("</strong>", "</b>")
    rendered = rendered.replace("<em>", "<i>").replace("</em>", "</i>")
    return _LINK.sub(link, rendered).replace("\n", "")


@dataclass(frozen=True)
class Piece:
    """A stretch of Markdown of one nature: text, heading or directive."""

    kind: str
    text: str
    attributes: dict[str, str]


def pieces(body: str) -> Iterator[Piece]:
    """Cut a body into headings, directives and the text between them."""
    text: list[str] = []
    directive: Piece | None = None
    for line in body.splitlines():
        if directive is None and line.startswith("::: "):
            yield from _text(text)
            name = shlex.split(line[4:])[0]
            directive = Piece(name, "", dict(_ATTRIBUTE.findall(line)))
            text = []
        elif directive is not None and line.strip() == ":::":
            yield Piece(directive.kind, "\n".join(text).strip(), directive.attributes)
            directive, text = None, []
        elif directive is None and line.startswith("## "):
            yield from _text(text)
            yield Piece("heading", line[3:].strip(), {})
            text = []
        else:
            text.append(line)
    if directive is not None:
        raise ContentError(f"::: {directive.kind} is not closed")
    yield from _text(text)


def _text(lines: list[str]) -> Iterator[Piece]:
    text = "\n".join(lines).strip()
    if text:
        yield Piece(
            "quote" if all(x.startswith(">") for x in text.splitlines()) else "text", text, {}
        )


def stream(body: str, references: References) -> list[dict[str, Any]]:
    """Return the raw stream of a body."""
    return [_block(piece, references) for piece in pieces(body)]


def _block(piece: Piece, references: References) -> dict[str, Any]:
    builders = {
        "text": lambda: {"type": "paragraph", "value": rich_text(piece.text, references)},
        "heading": lambda: {"type": "heading", "value": piece.text},
        "callout": lambda: _callout(piece, references),
        "quote": lambda: _quote(piece, references),
        "copy": lambda: {
            "type": "copy_text",
            "value": {"title": piece.attributes.get("title", ""), "text": piece.text},
        },
        "legal": lambda: {
            "type": "legal_value",
            "value": references.legal_record(piece.attributes.get("key", "")),
        },
        "table": lambda: _table(piece, references),
        "files": lambda: _files(piece, references),
        "variants": lambda: _variants(piece, references),
    }
    if piece.kind not in builders:
        raise ContentError(f"unknown directive ::: {piece.kind}")
    return builders[piece.kind]()


def _callout(piece: Piece, references: References) -> dict[str, Any]:
    return {
        "type": "callout",
        "value": {
            "kind": piece.attributes.get("kind", "key"),
            "title": piece.attributes.get("title", ""),
            "text": rich_text(piece.text, references),
        },
    }


def _quote(piece: Piece, references: References) -> dict[str, Any]:
    text = "\n".join(line.removeprefix(">").strip() for line in piece.text.splitlines())
    return {
        "type": "quote",
        "value": {
            "text": rich_text(text, references),
            "author": piece.attributes.get("author", ""),
            "role": piece.attributes.get("role", ""),
        },
    }


def _files(piece: Piece, references: References) -> dict[str, Any]:
    keys = piece.attributes.get("keys", "").split()
    return {
        "type": "files",
        "value": {
            "title": piece.attributes.get("title", ""),
            "files": items([references.file(key) for key in keys]),
        },
    }


def _table(piece: Piece, references: References) -> dict[str, Any]:
    rows = [
        [cell.strip() for cell in line.strip().strip("|").split("|")]
        for line in piece.text.splitlines()
        if line.strip().startswith("|")
    ]
    head, *body = [row for row in rows if not all(set(cell) <= set("-: ") for cell in row)]
    return {
        "type": "table",
        "value": {
            "table": {
                "columns": [{"type": "text", "heading": cell} for cell in head],
                "rows": [{"values": [rich_text(c, references) for c in row]} for row in body],
                "caption": piece.attributes.get("caption", ""),
            }
        },
    }


def _variants(piece: Piece, references: References) -> dict[str, Any]:
    """``=== scic`` and ``=== scp`` each begin the text of a legal form."""
    before, *parts = _VARIANT.split(piece.text)
    texts = dict(zip(parts[::2], parts[1::2], strict=True))
    if before.strip() or not texts or set(texts) - set(LegalForm.values):
        raise ContentError("::: variants holds texts under === scic or === scp, and nothing else")
    return {
        "type": "variants",
        "value": {form: rich_text(texts.get(form, ""), references) for form in LegalForm.values},
    }
