"""PPTX: the slides in the order of the show, each with its charts, diagrams and notes."""

from collections import Counter
from typing import BinaryIO, Final

from hub.core.extraction.collector import Collector
from hub.core.extraction.office_text import OFF, ChartWords, Paragraphs
from hub.core.extraction.package import Package, read_properties
from hub.core.extraction.xml_events import Attributes, Events

PROPERTIES_PART: Final = "docProps/core.xml"
WITH_PARAGRAPHS: Final = ("diagramData", "notesSlide")
TITLES: Final = ("title", "ctrTitle")
# What a slide shows that is not its own: its number, the date.
FURNITURE: Final = ("sldNum", "dt")


def read(file: BinaryIO, collector: Collector) -> None:
    package = Package(file, collector)
    read_properties(package, PROPERTIES_PART, collector)
    main = package.main_part()
    order = _Order()
    package.read(main, order)
    collector.page_count = len(order.slides)
    declared, languages = collector.language, Counter[str]()
    targets = {relation.id: relation.target for relation in package.relations(main)}
    for number, slide in enumerate(order.slides, start=1):
        collector.begin(number, "slide")
        if slide in targets:
            _read_slide(package, targets[slide], collector, languages)
            collector.language = declared or _most_common(languages)


def _most_common(languages: Counter[str]) -> str:
    return languages.most_common(1)[0][0] if languages else ""


def _read_slide(package: Package, part: str, collector: Collector, languages: Counter[str]) -> None:
    slide = _Slide(collector, languages)
    package.read(part, slide)
    if slide.is_hidden:
        return
    for relation in package.relations(part):
        if relation.kind == "chart":
            package.read(relation.target, ChartWords(collector.line))
        elif relation.kind in WITH_PARAGRAPHS:
            package.read(relation.target, _Slide(collector, languages))


class _Order(Events):
    """The relations to the slides, as they are shown one after the other."""

    def __init__(self) -> None:
        self.slides: list[str] = []

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "sldId":
            self.slides.append(attributes.get("r:id", ""))


class _Slide(Paragraphs):
    """The shapes of a slide. A hidden slide keeps its number and shows nothing."""

    def __init__(self, collector: Collector, languages: Counter[str]) -> None:
        super().__init__(collector.line)
        self._languages = languages
        self._collector = collector
        self._placeholder = ""
        self.is_hidden = False

    def is_skipped(self, name: str, attributes: Attributes) -> bool:
        if name == "sld" and attributes.get("show") in OFF:
            self.is_hidden = True
            return True
        is_number = name == "fld" and attributes.get("type") == "slidenum"
        is_furniture = name == "txBody" and self._placeholder in FURNITURE
        return is_number or is_furniture or super().is_skipped(name, attributes)

    def note(self, name: str, attributes: Attributes) -> None:
        if name == "ph":
            self._placeholder = attributes.get("type", "")
        elif name == "rPr" and "lang" in attributes:
            self._languages[attributes["lang"]] += 1

    def leave(self, name: str) -> None:
        if name == "sp":
            self._placeholder = ""

    def paragraph(self, text: str) -> None:
        if self._placeholder in TITLES and text.strip():
            self._collector.entitle(text)
        super().paragraph(text)
