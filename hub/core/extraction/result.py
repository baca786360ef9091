"""What extraction gives back, in the words of both processes. Pure."""

from dataclasses import dataclass
from typing import Final, Literal

Label = Literal["page", "slide", "sheet", ""]
Problem = Literal[
    "",
    "crashed",
    "encrypted",
    "malformed",
    "memory",
    "timeout",
    "too_large",
    "unavailable",
    "unsupported",
]

MEGABYTE: Final = 1024 * 1024
MAX_FILE: Final = 64 * MEGABYTE
MAX_PAGES: Final = 500
# Bytes of UTF-8, titles not counted.
MAX_TEXT: Final = 2 * MEGABYTE
MAX_TITLE: Final = 300


@dataclass(frozen=True, slots=True)
class PageText:
    """The words of one page; a page without any is left out.

    ``number`` counts from 1, as readers do, whatever the page prints as its own number. Word and
    OpenDocument texts have no pages before they are printed: their ``label`` is empty, and their
    numbers only order the stretches between headings. ``title`` (heading, title of the slide, name
    of the sheet) repeats words of ``text``, except that of a sheet.
    """

    number: int
    label: Label
    text: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class Extraction:
    """What a file says, as far as it could be read.

    With a ``problem``, what the child handed over before it is kept; a child that was ended hands
    over nothing. ``language`` is what the file declares, not a guess. ``encrypted`` without a
    problem: a PDF that opens without a password, but forbids copying or printing.
    """

    pages: tuple[PageText, ...] = ()
    page_count: int | None = None
    title: str = ""
    language: str = ""
    tagged: bool | None = None
    image_only: bool = False
    encrypted: bool = False
    truncated: bool = False
    problem: Problem = ""
