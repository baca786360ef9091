"""XLSX: the sheets that are shown, a row a line, its cells separated by tabs."""

from typing import BinaryIO, Final, NamedTuple

from hub.core.extraction.collector import Collector
from hub.core.extraction.office_text import Paragraphs
from hub.core.extraction.package import Package, read_properties
from hub.core.extraction.result import MEGABYTE
from hub.core.extraction.xml_events import Attributes, Events

PROPERTIES_PART: Final = "docProps/core.xml"
# Characters of the table that the texts of all cells share; what is beyond is not looked up.
MAX_SHARED: Final = 16 * MEGABYTE
LONGEST_INDEX: Final = 10
# Truth values and errors.
NO_WORDS: Final = ("b", "e")


class _Sheet(NamedTuple):
    name: str
    relation: str
    is_shown: bool


def read(file: BinaryIO, collector: Collector) -> None:
    package = Package(file, collector)
    read_properties(package, PROPERTIES_PART, collector)
    main = package.main_part()
    relations = package.relations(main)
    book, shared = _Book(), _SharedStrings()
    package.read(main, book)
    collector.page_count = len(book.sheets)
    for relation in relations:
        if relation.kind == "sharedStrings":
            package.read(relation.target, shared)
    targets = {relation.id: relation.target for relation in relations}
    for number, sheet in enumerate(book.sheets, start=1):
        if sheet.is_shown and sheet.relation in targets:
            collector.begin(number, "sheet", sheet.name)
            _read_sheet(package, targets[sheet.relation], shared.strings, collector)
    collector.truncated = collector.truncated or shared.is_cut


def _read_sheet(package: Package, part: str, shared: list[str], collector: Collector) -> None:
    package.read(part, _Rows(shared, collector))
    for relation in package.relations(part):
        if relation.kind == "drawing":
            package.read(relation.target, Paragraphs(collector.line))


class _Book(Events):
    def __init__(self) -> None:
        self.sheets: list[_Sheet] = []

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "sheet":
            is_shown = attributes.get("state", "visible") == "visible"
            found = _Sheet(attributes.get("name", ""), attributes.get("r:id", ""), is_shown)
            self.sheets.append(found)


class _Texts(Events):
    """Text in ``t`` elements, without the pronunciation that Japanese adds."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._holds_text = False
        self._in_pronunciation = False

    def start(self, name: str, attributes: Attributes) -> None:
        self._holds_text = name == "t" and not self._in_pronunciation
        self._in_pronunciation = self._in_pronunciation or name == "rPh"

    def end(self, name: str) -> None:
        self._holds_text = False
        if name == "rPh":
            self._in_pronunciation = False

    def text(self, data: str) -> None:
        if self._holds_text:
            self._pieces.append(data)

    def taken(self) -> str:
        text = "".join(self._pieces)
        self._pieces = []
        return text


class _SharedStrings(_Texts):
    def __init__(self) -> None:
        super().__init__()
        self.strings: list[str] = []
        self.is_cut = False
        self._size = 0

    def end(self, name: str) -> None:
        super().end(name)
        if name == "si":
            text = self.taken()
            self._size += len(text)
            self.is_cut = self._size > MAX_SHARED
            self.strings.append("" if self.is_cut else text)


class _Rows(_Texts):
    def __init__(self, shared: list[str], collector: Collector) -> None:
        super().__init__()
        self._shared = shared
        self._collector = collector
        self._type = ""
        self._cells: list[str] = []

    def start(self, name: str, attributes: Attributes) -> None:
        super().start(name, attributes)
        if name == "c":
            self._type = attributes.get("t", "n")
        elif name == "v":
            self._holds_text = True

    def end(self, name: str) -> None:
        super().end(name)
        if name == "c":
            self._cells.append(self._value(self.taken()))
        elif name == "row":
            self._collector.line("\t".join(cell for cell in self._cells if cell))
            self._cells = []

    def _value(self, text: str) -> str:
        if self._type == "s":
            return self._shared_text(text)
        return "" if self._type in NO_WORDS else text

    def _shared_text(self, index: str) -> str:
        known = index.isdecimal() and len(index) < LONGEST_INDEX
        return self._shared[int(index)] if known and int(index) < len(self._shared) else ""
