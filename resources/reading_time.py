"""How long a text takes to read, counted on raw stream data: nothing it refers to is loaded. Pure."""

import re
from collections.abc import Iterator
from math import ceil
from typing import Any

WORDS_A_MINUTE = 200
_TAG = re.compile(r"<[^>]*>|&[a-z]+;|&#\d+;")
_WORD = re.compile(r"\w")
# What a stream holds besides words.
_NOT_WORDS = frozenset({"id", "type", "kind", "slug", "practices", "url"})


def minutes(words: int) -> int:
    """Whole minutes, one at least."""
    return max(1, ceil(words / WORDS_A_MINUTE))


def count_words(raw: Any) -> int:
    """The words of a raw value, at any depth."""
    return sum(1 for text in _texts(raw) for part in text.split() if _WORD.search(part))


def _texts(raw: Any) -> Iterator[str]:
    if isinstance(raw, str):
        yield _TAG.sub(" ", raw)
    elif isinstance(raw, dict):
        for name, part in raw.items():
            if name not in _NOT_WORDS:
                yield from _texts(part)
    elif isinstance(raw, list):
        for part in raw:
            yield from _texts(part)
