"""The answer of the child as JSON. The parent believes nothing of it but its shape."""

import json
from dataclasses import asdict, fields
from typing import Any, Final, get_args

from hub.core.extraction.result import (
    MAX_PAGES,
    MAX_TEXT,
    MAX_TITLE,
    Extraction,
    Label,
    PageText,
    Problem,
)

# JSON writes two bytes for a line end or a quotation mark, UTF-8 four at most for a character.
MAX_ANSWER: Final = 2 * MAX_TEXT + MAX_PAGES * (256 + 4 * MAX_TITLE)


def encoded(extraction: Extraction) -> bytes:
    return json.dumps(asdict(extraction), ensure_ascii=False).encode("utf-8", "replace")


def decoded(answer: bytes) -> Extraction | None:
    """Return None for anything that ``encoded`` does not write."""
    try:
        values = json.loads(answer)
        if not isinstance(values, dict) or set(values) != {f.name for f in fields(Extraction)}:
            return None
        extraction = Extraction(**values | {"pages": tuple(_page(p) for p in values["pages"])})
        return extraction if _is_sound(extraction) else None
    except (ValueError, TypeError, RecursionError):
        return None


def _page(values: dict[str, Any]) -> PageText:
    page = PageText(**values)
    if type(page.number) is not int or page.number < 1 or page.label not in get_args(Label):
        raise ValueError("not a page")
    if not isinstance(page.text, str) or not _is_short(page.title):
        raise ValueError("not the text of a page")
    return page


def _is_sound(extraction: Extraction) -> bool:
    flags = (extraction.image_only, extraction.encrypted, extraction.truncated)
    count = extraction.page_count
    return (
        all(type(flag) is bool for flag in flags)
        and (extraction.tagged is None or type(extraction.tagged) is bool)
        and (count is None or (type(count) is int and count >= 0))
        and _is_short(extraction.title)
        and _is_short(extraction.language)
        and extraction.problem in get_args(Problem)
        and len(extraction.pages) <= MAX_PAGES
        and sum(_size(page.text) for page in extraction.pages) <= MAX_TEXT
    )


def _is_short(words: object) -> bool:
    return isinstance(words, str) and len(words) <= MAX_TITLE and _size(words) >= 0


def _size(text: str) -> int:
    """In bytes; refuses what a database would refuse: halves of characters, NUL."""
    if "\0" in text:
        raise ValueError("NUL")
    return len(text.encode())
