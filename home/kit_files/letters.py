"""Reads a letter: TOML front matter between `+++` lines, then the kit's Markdown."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from home.kit_files.manifest import read_toml
from home.kit_files.markup import (
    Block,
    Box,
    Heading,
    PageBreak,
    Paragraph,
    parse_blocks,
    text_spans,
)
from home.kit_files.model import KitContentError
from home.kit_files.word_document import Letter


def read_source(path: Path) -> tuple[dict[str, Any], str]:
    """Return the front matter and the Markdown of one source file."""
    try:
        empty, front, body = path.read_text(encoding="utf-8").split("+++\n", 2)
    except FileNotFoundError as error:
        raise KitContentError(f"{path.name}: the file is missing") from error
    except ValueError as error:
        raise KitContentError(f"{path.name}: the front matter needs two +++ lines") from error
    if empty.strip():
        raise KitContentError(f"{path.name}: text stands before the front matter")
    try:
        return tomllib.loads(front), body
    except tomllib.TOMLDecodeError as error:
        raise KitContentError(f"{path.name}: {error}") from error


def read_letter(path: Path) -> Letter:
    """Return the letter kept in `path`."""
    front, body = read_source(path)
    return Letter(front["kicker"], front["title"], front["subtitle"], parse_blocks(body))


def read_flyer(path: Path) -> Letter:
    """Return the words of a printed flyer as a letter of two pages, to be changed at will."""
    data = read_toml(path)
    back = data["back"]
    blocks: list[Block] = []
    for level in data["level"]:
        blocks.append(_framed("key", level["who"], level["what"]))
        if "link" in level:
            blocks.append(Paragraph(text_spans(f"**↓ {level['link']}**")))
    blocks += [
        Paragraph(text_spans(data["note"])),
        PageBreak(),
        Heading(1, text_spans(back["title"])),
        *[_framed("tip", step["title"], step["text"]) for step in back["step"]],
        Heading(2, text_spans(back["colleges"]["title"])),
        Paragraph(text_spans(" ".join(back["colleges"]["text"].split()))),
        Box(
            "key",
            back["contact"]["title"],
            [
                Paragraph(text_spans(f"{line} : [{line.lower()}]"))
                for line in back["contact"]["lines"]
            ],
        ),
    ]
    return Letter(data["kicker"], data["title"], " ".join(data["lead"].split()), blocks)


def _framed(kind: str, title: str, text: str) -> Box:
    return Box(kind, title, [Paragraph(text_spans(" ".join(text.split())))])
