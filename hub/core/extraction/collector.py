"""Gathers the text that a reader of one format finds, up to the limits."""

import re
from dataclasses import replace
from typing import Final

from hub.core.extraction.cleaning import cleaned, with_whole_words
from hub.core.extraction.confinement import Deadline
from hub.core.extraction.result import (
    MAX_PAGES,
    MAX_TEXT,
    MAX_TITLE,
    Extraction,
    Label,
    PageText,
    Problem,
)

LANGUAGE: Final = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}")


class Enough(Exception):  # noqa: N818  an end, not a fault
    """Reading on is no use: the text is as long as what is kept, or the time is up."""


class Encrypted(Exception):  # noqa: N818  a fact, not a fault
    """The file opens with a password only."""


class Collector:
    """The pages so far; the facts about the whole file are set by its reader.

    A reader calls ``page`` with a whole page, or ``begin`` then ``line`` for each paragraph.
    """

    def __init__(self) -> None:
        self.page_count: int | None = None
        self.title = ""
        self.language = ""
        self.tagged: bool | None = None
        self.image_only = False
        self.encrypted = False
        self.truncated = False
        self.problem: Problem = ""
        self.lines_are_cut = False
        self._pages: list[PageText] = []
        self._room = MAX_TEXT
        self._deadline = Deadline()
        self._heading: tuple[int, Label, str] = (1, "", "")
        self._lines: list[str] = []

    def page(self, number: int, label: Label, text: str) -> None:
        """Take a whole page. Raises Enough, after keeping what there is room for."""
        self.begin(number, label)
        self.line(text)
        self.close()

    def begin(self, number: int, label: Label, title: str = "") -> None:
        """Open a page; what was open is closed."""
        self.close()
        self.check_time()
        if number > MAX_PAGES:
            self.truncated = True
            raise Enough
        self._heading = (number, label, _one_line(title))

    def stretch(self, title: str = "") -> None:
        """Open the next stretch of a file without pages; the last one there may be stays open."""
        if len(self._pages) < MAX_PAGES - 1:
            self.close()
            self.begin(len(self._pages) + 1, "", title)

    def entitle(self, title: str) -> None:
        """Give the open page a title that was met on the way; the first one counts."""
        number, label, known = self._heading
        self._heading = (number, label, known or _one_line(title))

    def line(self, text: str) -> None:
        """Add a paragraph or a row to the open page. Raises Enough when there is no more room."""
        is_cut = len(text) > MAX_TEXT
        kept = cleaned(text[:MAX_TEXT])
        size = len(kept.encode()) + 1
        if size > self._room:
            is_cut = True
            kept = kept.encode()[: max(0, self._room)].decode("utf-8", "ignore").rstrip()
        if kept:
            self._room -= size
            self._lines.append(kept)
        if is_cut:
            self.truncated = True
            raise Enough
        self.check_time()

    def close(self) -> None:
        if self._lines:
            number, label, title = self._heading
            self._pages.append(PageText(number, label, "\n".join(self._lines), title))
            self._lines = []

    def check_time(self) -> None:
        """To be called now and then by a reader that finds no text for long."""
        if self._deadline.is_over():
            self.truncated, self.problem = True, "timeout"
            raise Enough

    def result(self) -> Extraction:
        """What was gathered, whatever stopped the reading."""
        self.close()
        pages = self._pages
        if self.lines_are_cut:
            texts = with_whole_words(page.text for page in pages)
            pages = [replace(p, text=text) for p, text in zip(pages, texts, strict=True)]
        return Extraction(
            pages=tuple(pages),
            page_count=self.page_count,
            title=_one_line(self.title),
            language=self.language if LANGUAGE.fullmatch(self.language) else "",
            tagged=self.tagged,
            image_only=self.image_only,
            encrypted=self.encrypted,
            truncated=self.truncated,
            problem=self.problem,
        )


def _one_line(title: str) -> str:
    return " ".join(cleaned(title[: 10 * MAX_TITLE]).split())[:MAX_TITLE]
