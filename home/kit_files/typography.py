"""French typography, applied once to every text that enters a file.

Sources are written with ordinary spaces so that they stay easy to edit; the
no-break spaces that French wants are added here.
"""

from __future__ import annotations

import re

NO_BREAK = "\u00a0"
NARROW = "\u202f"

_RULES: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"'"), "’"),
    (re.compile(r"«[ \u00a0\u202f]*"), f"«{NO_BREAK}"),
    (re.compile(r"[ \u00a0\u202f]*»"), f"{NO_BREAK}»"),
    (re.compile(r"(?<=\S)[ \u00a0]:(?=\s|$|\*)"), f"{NO_BREAK}:"),
    (re.compile(r"(?<=\S)[ \u00a0]([;!?])"), rf"{NARROW}\1"),
    (re.compile(r"(?<=\d)[ \u00a0]([%€])"), rf"{NARROW}\1"),
    (re.compile(r"\b(n°|art\.|p\.)[ \u00a0](?=\S)"), rf"\1{NO_BREAK}"),
)


def french_spaces(text: str) -> str:
    """Return `text` with curly apostrophes and the no-break spaces French needs."""
    for pattern, replacement in _RULES:
        text = pattern.sub(replacement, text)
    return text


def widen_narrow_spaces(text: str) -> str:
    """Replace narrow no-break spaces for fonts that have no glyph for them."""
    return text.replace(NARROW, NO_BREAK)
