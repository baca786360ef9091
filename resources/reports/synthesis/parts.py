"""The parts that a draft is made of, and how one knows whether an editor changed one. Pure."""

import hashlib
from dataclasses import dataclass
from typing import Any, Final

HEADING, SENTENCE, CHART, QUOTE, KEY_FIGURES = "theme", "sentence", "chart", "said", "key_figures"
GENERATED: Final = (HEADING, SENTENCE, CHART, QUOTE, KEY_FIGURES)
WORDS: Final = {HEADING: "title", SENTENCE: "text", CHART: "caption", QUOTE: "text"}


@dataclass(frozen=True)
class Part:
    """One generated part. ``origin`` says what it is made from, and never changes."""

    origin: str
    kind: str
    words: str = ""
    figure: str = ""  # the key of the figure that a sentence or a chart tells of
    extra: tuple[tuple[str, Any], ...] = ()

    @property
    def value(self) -> dict[str, Any]:
        """The value of its block."""
        words = {WORDS[self.kind]: self.words} if self.kind in WORDS else {}
        figure = {"figure": self.figure} if self.kind in (SENTENCE, CHART) else {}
        return {"origin": self.origin, **words, **figure, **dict(self.extra)}


def digest(words: str) -> str:
    """What stands for a generated text: spaces that an editing field turns about do not count."""
    return hashlib.sha256(" ".join(words.split()).encode()).hexdigest()[:16]


def words_of(kind: str, value: Any) -> str:
    """The words of a block that an editor may have changed."""
    return str(value.get(WORDS[kind]) or "") if kind in WORDS else ""
