"""The marks that make a template of a file: a picture that stands for the logo, words for the name.

They are what an editor can write in a word processor: the alternative text of a picture, and a
prompt in square brackets, as in the rest of the kit.
"""

import re
from dataclasses import dataclass
from typing import Any, Final

from hub.core.text import folded

LOGO_MARK: Final = "logo-zone"
# Among the keywords of a PDF that the site builds: what follows is the key of its source.
PRINTED_MARK: Final = "logo-zone:"
LOGO_WORDS: Final = "Logo de votre coopérative"
NAME: Final = re.compile(
    r"\{\{\s*nom_coop\s*\}\}|\[\s*nom\s+de\s+(?:la|votre)\s+coopérative\s*\]", re.IGNORECASE
)
_LOGO: Final = frozenset({LOGO_MARK, folded(LOGO_WORDS)})


@dataclass(frozen=True)
class Marks:
    """How many marks a file holds. ``logos`` alone make it a template: a name can be typed."""

    logos: int = 0
    names: int = 0

    @property
    def is_template(self) -> bool:
        return self.logos > 0


def is_logo(*texts: str | None) -> bool:
    """Whether one of the texts that describe a picture says that it stands for the logo."""
    return any(text and folded(" ".join(text.split())) in _LOGO for text in texts)


def put_name(pieces: list[Any], name: str) -> int:
    """Write the name over its prompts in a paragraph; returns how many there were.

    ``pieces`` are the elements that hold the text of the paragraph, in order: word processors cut
    a sentence anywhere. What replaces a prompt takes the look of the piece where it began.
    """
    text = "".join(piece.text or "" for piece in pieces)
    found = list(NAME.finditer(text))
    for match in reversed(found):
        start = 0
        for piece in pieces:
            length = len(piece.text or "")
            first, last = max(match.start() - start, 0), min(match.end() - start, length)
            if first < last:
                begins = match.start() >= start
                piece.text = piece.text[:first] + (name if begins else "") + piece.text[last:]
            start += length
    return len(found)
