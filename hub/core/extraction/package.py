"""Office files: zips of XML parts that refer to each other."""

import posixpath
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, Final

from hub.core.extraction.collector import Collector, Encrypted, Enough
from hub.core.extraction.result import MEGABYTE
from hub.core.extraction.xml_events import Attributes, Events, Handler, parse

PIECE: Final = 64 * 1024
# Of all the parts that are read: a bomb costs a second, not all the time there is.
MAX_UNPACKED: Final = 150 * MEGABYTE
COMPOUND_FILE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED_PACKAGE: Final = "EncryptedPackage".encode("utf-16-le")
ENCRYPTED_ENTRY: Final = 0x1
METHODS: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


@dataclass(frozen=True, slots=True)
class Relation:
    """A part that another one refers to; ``kind`` is the last word of its type."""

    id: str
    kind: str
    target: str


class Package:
    """The parts of an office file, read within the limits of a collector."""

    def __init__(self, file: BinaryIO, collector: Collector) -> None:
        _refuse_encrypted(file)
        self._archive = zipfile.ZipFile(file)
        self._collector = collector
        self._room = MAX_UNPACKED

    def has(self, name: str) -> bool:
        return name in self._archive.NameToInfo

    def read(self, name: str, handler: Handler) -> None:
        """Give the events of a part to ``handler``; raises KeyError when there is none."""
        parse(self._pieces(name), handler)

    def relations(self, name: str) -> list[Relation]:
        """What a part refers to inside of the package; "" is the package itself."""
        folder, base = posixpath.split(name)
        part = posixpath.join(folder, "_rels", f"{base}.rels")
        if not self.has(part):
            return []
        found = _Relations(folder)
        self.read(part, found)
        return [relation for relation in found.relations if self.has(relation.target)]

    def main_part(self) -> str:
        """The part that holds the document, whatever the program called it."""
        for relation in self.relations(""):
            if relation.kind == "officeDocument":
                return relation.target
        raise zipfile.BadZipFile("no document")

    def _pieces(self, name: str) -> Iterator[bytes]:
        info = self._archive.getinfo(name)
        if info.flag_bits & ENCRYPTED_ENTRY:
            raise Encrypted
        if info.compress_type not in METHODS:
            raise zipfile.BadZipFile("an unusual compression")
        with self._archive.open(info) as part:
            while piece := part.read(PIECE):
                self._collector.check_time()
                self._room -= len(piece)
                if self._room < 0:
                    self._collector.truncated, self._collector.problem = True, "too_large"
                    raise Enough
                yield piece


def _refuse_encrypted(file: BinaryIO) -> None:
    """Word, Excel and PowerPoint put a protected document in a container of another format."""
    head = file.read(len(COMPOUND_FILE))
    file.seek(0)
    if head == COMPOUND_FILE and ENCRYPTED_PACKAGE in file.read():
        raise Encrypted


class _Relations(Events):
    def __init__(self, folder: str) -> None:
        self.folder = folder
        self.relations: list[Relation] = []

    def start(self, name: str, attributes: Attributes) -> None:
        if name != "Relationship" or attributes.get("TargetMode", "").lower() == "external":
            return
        target = posixpath.join("/", self.folder, attributes.get("Target", ""))
        self.relations.append(
            Relation(
                id=attributes.get("Id", ""),
                kind=attributes.get("Type", "").rsplit("/")[-1],
                target=posixpath.normpath(target).lstrip("/"),
            )
        )


class _Properties(Events):
    """dc:title and dc:language, which OOXML and OpenDocument write alike."""

    def __init__(self) -> None:
        self.found = {"title": "", "language": ""}
        self._open = ""

    def start(self, name: str, attributes: Attributes) -> None:
        self._open = name

    def end(self, name: str) -> None:
        self._open = ""

    def text(self, data: str) -> None:
        if self._open in self.found and len(self.found[self._open]) < PIECE:
            self.found[self._open] += data


def read_properties(package: Package, part: str, collector: Collector) -> None:
    """Note the title and the language that the part of the properties gives, if there is one."""
    if package.has(part):
        properties = _Properties()
        package.read(part, properties)
        collector.title = properties.found["title"]
        collector.language = properties.found["language"].strip()
