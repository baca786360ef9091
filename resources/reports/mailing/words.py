"""The words of a planned mail, whose {variables} are replaced. Pure.

A text comes from an editor and a name from anybody: nothing is computed, a variable is only
replaced, and what replaces it stays on its line.
"""

import re
import unicodedata
from collections.abc import Mapping
from typing import Final

VARIABLES: Final = ("coop", "name", "link", "closing", "campaign")
_HIDDEN: Final = frozenset({"Cc", "Cs", "Zl", "Zp"})
_VARIABLE = re.compile(r"\{\s*(\w+)\s*\}")
# With nobody's name, « Bonjour {name}, » becomes « Bonjour, ».
_NAME = re.compile(r"[ \u00a0\u202f]*\{\s*name\s*\}")


def unknown_variables(text: str) -> list[str]:
    """Those that a text names and that nothing replaces."""
    return sorted(set(_VARIABLE.findall(text)) - set(VARIABLES))


def filled(text: str, values: Mapping[str, str]) -> str:
    """The text with its variables replaced; one that is unknown stays as it was typed."""
    if not values.get("name"):
        text = _NAME.sub("", text)
    return _VARIABLE.sub(lambda found: one_line(values.get(found[1], found[0])), text)


def one_line(text: str) -> str:
    """A text without line breaks or other signs that cannot be shown: it adds no header, no line."""
    return "".join(" " if unicodedata.category(sign) in _HIDDEN else sign for sign in text).strip()
