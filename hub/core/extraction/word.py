"""DOCX: Word's paragraphs, cut at the headings, then its notes, headers and footers."""

import re
from typing import BinaryIO, Final

from hub.core.extraction.collector import Collector
from hub.core.extraction.office_text import OFF, ChartWords, Paragraphs
from hub.core.extraction.package import Package, Relation, read_properties
from hub.core.extraction.xml_events import Attributes, Events

PROPERTIES_PART: Final = "docProps/core.xml"
AFTER_THE_BODY: Final = ("footnotes", "endnotes", "diagramData", "chart", "header", "footer")
HEADING_NAME: Final = re.compile(r"(?:heading [1-9]|title)", re.IGNORECASE)
BODY_LEVEL: Final = "9"


def read(file: BinaryIO, collector: Collector) -> None:
    package = Package(file, collector)
    read_properties(package, PROPERTIES_PART, collector)
    main = package.main_part()
    relations = package.relations(main)
    styles = _Styles()
    for part in _of_kind(relations, "styles"):
        package.read(part, styles)
    collector.language = collector.language or styles.language
    collector.stretch()
    package.read(main, _Body(collector, styles.headings()))
    for kind in AFTER_THE_BODY:
        collector.stretch()
        reader = ChartWords if kind == "chart" else Paragraphs
        for part in _of_kind(relations, kind):
            package.read(part, reader(collector.line))


def _of_kind(relations: list[Relation], kind: str) -> list[str]:
    return sorted({relation.target for relation in relations if relation.kind == kind})


class _Styles(Events):
    """Which paragraph styles are headings: their identifiers are translated, « Titre1 »."""

    def __init__(self) -> None:
        self.language = ""
        self._based_on: dict[str, str] = {}
        self._is_heading: dict[str, bool] = {}
        self._style = ""

    def start(self, name: str, attributes: Attributes) -> None:
        value = attributes.get("val", "")
        if name == "style":
            self._style = attributes.get("styleId", "")
        elif name == "lang" and not self._style:
            self.language = self.language or value
        elif name == "basedOn":
            self._based_on[self._style] = value
        elif name == "outlineLvl":
            self._is_heading[self._style] = value != BODY_LEVEL
        elif name == "name" and HEADING_NAME.fullmatch(value):
            self._is_heading.setdefault(self._style, True)

    def headings(self) -> frozenset[str]:
        styles = {*self._is_heading, *self._based_on}
        return frozenset(style for style in styles if self._heads(style))

    def _heads(self, style: str) -> bool:
        seen: set[str] = set()
        while style and style not in seen:
            if style in self._is_heading:
                return self._is_heading[style]
            seen.add(style)
            style = self._based_on.get(style, "")
        return False


class _Body(Paragraphs):
    """The body: a heading opens a stretch. Hidden and deleted text is left out."""

    def __init__(self, collector: Collector, headings: frozenset[str]) -> None:
        super().__init__(collector.line)
        self._collector = collector
        self._headings = headings
        self._is_heading: list[bool] = []
        self._hidden = False

    def begin_paragraph(self) -> None:
        self._is_heading.append(False)

    def note(self, name: str, attributes: Attributes) -> None:
        value = attributes.get("val", "")
        if name == "pStyle" and self._is_heading:
            self._is_heading[-1] = value in self._headings
        elif name == "outlineLvl" and self._is_heading:
            self._is_heading[-1] = value != BODY_LEVEL
        elif name == "vanish" and self._properties[0] == "rPr":
            self._hidden = value not in OFF

    def leave(self, name: str) -> None:
        if name == "r":
            self._hidden = False

    def append(self, data: str) -> None:
        if not self._hidden:
            super().append(data)

    def paragraph(self, text: str) -> None:
        if self._is_heading.pop() and text.strip():
            self._collector.stretch(text)
        super().paragraph(text)
