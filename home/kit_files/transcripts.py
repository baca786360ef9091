"""Turns a document page of the site into the data of its printable twin."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from home.kit_files.leaflets import Plain, plain_block
from home.kit_files.letters import read_source
from home.kit_files.markup import Block, Heading, parse_blocks
from home.kit_files.model import KitContentError
from home.kit_files.records import LegalRecord
from home.kit_files.typography import french_spaces, widen_narrow_spaces

_KINDS = {"support": "Support de présentation", "compte-rendu": "Compte-rendu"}
_MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip


def transcript_data(content_dir: Path, source: str, legal: dict[str, LegalRecord]) -> Plain:
    """Return the page `pages/documents/source`: its opening, its titled parts, its date.

    The body of the page is the only text there is: what the site says, the file says.
    """
    front, body = read_source(content_dir / "pages" / "documents" / source)
    if front["kind"] not in _KINDS:
        raise KitContentError(f"{source}: no transcript is made of a {front['kind']!r}")
    blocks = _raised(parse_blocks(body), source)
    first = next(place for place, block in enumerate(blocks) if isinstance(block, Heading))
    return {
        "kicker": f"{_KINDS[front['kind']]} · saison {front['year']}",
        "summary": widen_narrow_spaces(french_spaces(front["summary"])),
        "opening": [plain_block(block, legal) for block in blocks[:first]],
        "blocks": [plain_block(block, legal) for block in blocks[first:]],
        "reviewed": _in_words(front["reviewed"]),
    }


def _raised(blocks: list[Block], source: str) -> list[Block]:
    """Let headings start at level 1: on the site the page's own title takes it."""
    levels = [block.level for block in blocks if isinstance(block, Heading)]
    if not levels:
        raise KitContentError(f"{source}: a transcript needs headings for its contents")
    for block in blocks:
        if isinstance(block, Heading):
            block.level -= min(levels) - 1
    return blocks


def _in_words(day: date) -> str:
    number = "1er" if day.day == 1 else str(day.day)
    return f"{number} {_MONTHS[day.month - 1]} {day.year}"
