"""Reads a letter: TOML front matter between `+++` lines, then the kit's Markdown."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from home.kit_files.markup import parse_blocks
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
