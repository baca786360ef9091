"""ODT, ODP and ODS: texts cut at the headings, slides, sheets."""

import re
from typing import BinaryIO, Final

from hub.core.extraction.collector import Collector, Encrypted
from hub.core.extraction.package import Package, read_properties
from hub.core.extraction.result import MAX_TEXT
from hub.core.extraction.xml_events import Attributes, Events

MANIFEST: Final = "META-INF/manifest.xml"
SPACE: Final = re.compile(r"[ \t\r\n]+")
PARAGRAPHS: Final = ("p", "h")
INLINE: Final = {"s": " ", "tab": "\t", "line-break": "\n"}
# Of a sheet, of text, of a slide.
HIDDEN: Final = {"false", "none", "hidden"}
# Remarks of reviewers, deleted text, descriptions that are not drawn, numbers of pages and notes.
LEFT_OUT: Final = frozenset(
    ["annotation", "tracked-changes", "svg:title", "svg:desc", "note-citation", "page-number",
     "page-count", "ruby-text"]
)  # fmt: skip


def read(file: BinaryIO, collector: Collector) -> None:
    package = Package(file, collector)
    if package.has(MANIFEST):
        package.read(MANIFEST, _Manifest())
    read_properties(package, "meta.xml", collector)
    collector.stretch()
    body = _Body(collector)
    package.read("content.xml", body)
    if body.counted:
        collector.page_count = body.counted
    if package.has("styles.xml"):
        styles = _Styles()
        package.read("styles.xml", styles)
        collector.language = collector.language or styles.language
        if not body.counted:
            _add_margins(styles, collector)


def _add_margins(styles: "_Styles", collector: Collector) -> None:
    collector.stretch()
    for line in styles.margins:
        collector.line(line)


class _Manifest(Events):
    def start(self, name: str, attributes: Attributes) -> None:
        if name == "encryption-data":
            raise Encrypted


class _Paragraphs(Events):
    """Hands over each paragraph or heading; one inside of another (a text box) comes first."""

    def __init__(self) -> None:
        self._open: list[list[str]] = []
        self._skipping = 0
        self._size = 0

    def start(self, name: str, attributes: Attributes) -> None:
        if self._skipping or self.is_skipped(name, attributes):
            self._skipping += 1
        elif name in PARAGRAPHS:
            self._open.append([])
        elif name in INLINE:
            self._append(INLINE[name])
        else:
            self.enter(name, attributes)

    def end(self, name: str) -> None:
        if self._skipping:
            self._skipping -= 1
        elif name in PARAGRAPHS and self._open:
            text = "".join(self._open.pop())
            self._size -= len(text)
            self.paragraph(text, name == "h")
        else:
            self.leave(name)

    def text(self, data: str) -> None:
        if not self._skipping:
            self._append(SPACE.sub(" ", data))

    def _append(self, data: str) -> None:
        if self._open and self._size < MAX_TEXT:
            self._size += len(data)
            self._open[-1].append(data)

    def is_skipped(self, name: str, attributes: Attributes) -> bool:
        return name in LEFT_OUT

    def enter(self, name: str, attributes: Attributes) -> None:
        """A container opens."""

    def leave(self, name: str) -> None:
        """A container closes."""

    def paragraph(self, text: str, is_heading: bool) -> None:
        """A paragraph is whole."""


class _Body(_Paragraphs):
    """content.xml: its automatic styles say what is hidden, before its body shows it."""

    def __init__(self, collector: Collector) -> None:
        super().__init__()
        self.counted = 0
        self._collector = collector
        self._style = ""
        self._hidden: set[str] = set()
        self._kind = ""
        self._row: list[str] | None = None
        self._in_title = False

    def is_skipped(self, name: str, attributes: Attributes) -> bool:
        self.counted += self._is_counted(name)
        if attributes.get("style-name", "") in self._hidden:
            return True
        return super().is_skipped(name, attributes)

    def _is_counted(self, name: str) -> bool:
        return (self._kind, name) in (("presentation", "page"), ("spreadsheet", "table"))

    def enter(self, name: str, attributes: Attributes) -> None:
        if name in ("presentation", "spreadsheet"):
            self._kind = name
        elif name == "style":
            self._style = attributes.get("name", "")
        elif self._style and {attributes.get("display"), attributes.get("visibility")} & HIDDEN:
            self._hidden.add(self._style)
        elif self._is_counted(name):
            self._begin(name, attributes)
        elif name == "table-row" and self._kind == "spreadsheet":
            self._row = []
        elif name == "frame":
            self._in_title = attributes.get("class") == "title"

    def _begin(self, name: str, attributes: Attributes) -> None:
        if name == "page":
            self._collector.begin(self.counted, "slide")
        else:
            self._collector.begin(self.counted, "sheet", attributes.get("name", ""))

    def leave(self, name: str) -> None:
        if name == "table-row" and self._row is not None:
            self._collector.line("\t".join(self._row))
            self._row = None
        elif name == "frame":
            self._in_title = False
        elif name == "style":
            self._style = ""

    def paragraph(self, text: str, is_heading: bool) -> None:
        if self._row is not None:
            self._row.append(" ".join(text.split()))
            return
        if self._in_title and self._kind == "presentation" and text.strip():
            self._collector.entitle(text)
        if is_heading and not self._kind and text.strip():
            self._collector.stretch(text)
        self._collector.line(text)


class _Styles(_Paragraphs):
    """styles.xml: the language of the document, its headers and footers."""

    def __init__(self) -> None:
        super().__init__()
        self.language = ""
        self.margins: list[str] = []
        self._in_margin = False

    def enter(self, name: str, attributes: Attributes) -> None:
        if name.startswith(("header", "footer")):
            self._in_margin = True
        elif name == "text-properties" and not self.language:
            self.language = attributes.get("language", "")
            if self.language and attributes.get("country", "none") != "none":
                self.language += f"-{attributes['country']}"

    def leave(self, name: str) -> None:
        if name.startswith(("header", "footer")):
            self._in_margin = False

    def paragraph(self, text: str, is_heading: bool) -> None:
        if self._in_margin:
            self.margins.append(text)
