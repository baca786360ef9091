"""Paragraphs of Word and of drawings (slides, charts): both are runs of text in ``p`` elements."""

from collections.abc import Callable
from typing import Final

from hub.core.extraction.result import MAX_TEXT
from hub.core.extraction.xml_events import Attributes, Events

# The same words again for older programs; the place that a moved text has left.
REPEATED: Final = frozenset({"Fallback", "moveFrom"})
IN_RUNS: Final = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011"}
OFF: Final = ("0", "false", "off")
PROPERTIES: Final = frozenset({"pPr", "rPr", "tcPr", "tblPr", "sectPr", "bodyPr", "lstStyle"})


class Paragraphs(Events):
    """Hands over each paragraph as a line. A text box inside of a paragraph comes before it."""

    def __init__(self, line: Callable[[str], None]) -> None:
        self._line = line
        self._open: list[list[str]] = []
        self._skipping = 0
        self._properties: list[str] = []
        self._in_text = False
        self._size = 0

    def start(self, name: str, attributes: Attributes) -> None:
        if self._skipping or self.is_skipped(name, attributes):
            self._skipping += 1
        elif name in PROPERTIES or self._properties:
            self._properties.append(name)
            self.note(name, attributes)
        elif name == "p":
            self._open.append([])
            self.begin_paragraph()
        elif name == "t":
            self._in_text = True
        elif name in IN_RUNS:
            self.append(IN_RUNS[name])
        else:
            self.note(name, attributes)

    def end(self, name: str) -> None:
        if self._skipping:
            self._skipping -= 1
        elif self._properties:
            self._properties.pop()
        elif name == "p" and self._open:
            text = "".join(self._open.pop())
            self._size -= len(text)
            self.paragraph(text)
        elif name == "t":
            self._in_text = False
        else:
            self.leave(name)

    def text(self, data: str) -> None:
        if self._in_text and not self._skipping:
            self.append(data)

    def append(self, data: str) -> None:
        """Add to the open paragraph; what exceeds all that may be kept is not even held."""
        if self._open and self._size < MAX_TEXT:
            self._size += len(data)
            self._open[-1].append(data)

    def is_skipped(self, name: str, attributes: Attributes) -> bool:
        return name in REPEATED

    def note(self, name: str, attributes: Attributes) -> None:
        """An element that holds no text itself: a property, a container."""

    def leave(self, name: str) -> None:
        """The end of an element that ``note`` got, properties left out."""

    def begin_paragraph(self) -> None:
        """A paragraph opens, maybe inside of another."""

    def paragraph(self, text: str) -> None:
        """A paragraph is whole."""
        self._line(text)


class ChartWords(Paragraphs):
    """The titles of a chart, and the names of its series and categories; no figures."""

    def __init__(self, line: Callable[[str], None]) -> None:
        super().__init__(line)
        self._in_names = False

    def note(self, name: str, attributes: Attributes) -> None:
        if name == "strCache":
            self._in_names = True
        elif name == "v" and self._in_names:
            self._open.append([])
            self._in_text = True

    def leave(self, name: str) -> None:
        if name == "strCache":
            self._in_names = False
        elif name == "v" and self._in_names:
            self._in_text = False
            self._line("".join(self._open.pop()))
