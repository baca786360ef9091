"""Writes a zip of library files: the same content gives the same bytes, whoever writes it.

Beside the files stand a page and a text to read first, and ``manifest.json`` with checksums.
Nothing is compressed: the files are already, and the size is known before a byte is written.
"""

import datetime
import errno
import hashlib
import json
import os
import shutil
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cached_property
from itertools import groupby
from pathlib import Path
from typing import IO, Any, Protocol

from django.template.loader import render_to_string
from django.utils.translation import override

from hub.core.text import folded

# The zip format cannot tell an older date; a fixed one keeps the bytes the same.
FIXED_DATE = (1980, 1, 1, 0, 0, 0)
FORMAT = 2  # raise it when the layout of the archive changes
CHUNK = 1024 * 1024  # bytes held in memory at a time
SPARE = 16 * 1024 * 1024  # bytes left free on the disk for everybody else
PART = ".part"
LONGEST_NAME = 80
NO_CHECKSUM = "0" * 64
PAGE, TEXT, MANIFEST = "LISEZ-MOI.html", "LISEZ-MOI.txt", "manifest.json"


class StoredFile(Protocol):
    """What an archive needs of a document of the library; its size is in bytes."""

    title: str
    format: str
    language: str
    page_count: int | None
    file: Any

    def get_file_hash(self) -> str: ...
    def get_file_size(self) -> int | None: ...


class NoRoomError(OSError):
    """The disk has no room for the archive: nothing was written."""


class MemberError(Exception):
    """The file of a member is not there, or not the one that was announced; says which."""

    def __init__(self, title: str) -> None:
        super().__init__(title)
        self.title = title


@dataclass(frozen=True)
class Member:
    """One file of an archive: where it stands, what it serves for, where its page is."""

    section: str
    title: str
    how: str
    document: StoredFile
    page_url: str
    licence: str = ""
    credits: str = ""


@dataclass(frozen=True)
class Link:
    """Something to read on the site, which gives no file: its title and its whole address."""

    title: str
    url: str


@dataclass(frozen=True)
class Entry:
    """A member with its name in the zip."""

    name: str
    member: Member

    @property
    def size(self) -> int:
        return self.member.document.get_file_size() or 0


@dataclass(frozen=True)
class Written:
    """An archive on the disk: its size in bytes and the SHA-256 of all of it."""

    size: int
    sha256: str


@dataclass(frozen=True)
class Archive:
    """What a zip is made of. Nothing is read nor written before ``write``.

    ``version`` is what people call it, ``number`` its place among the versions, ``url`` the whole
    permanent address, ``language`` that of the texts to read first. ``date`` goes into the texts
    as well, so that the same content needs the same date to give the same bytes.
    """

    title: str
    url: str
    members: tuple[Member, ...]
    version: str = ""
    number: int | None = None
    date: datetime.date | None = None
    licence: str = ""
    language: str = "fr"
    links: tuple[Link, ...] = ()

    @cached_property
    def entries(self) -> list[Entry]:
        """Each member with its name in the zip: a number keeps the order in any file manager, and
        plain letters are read right by every system."""
        width = max(2, len(str(len(self.members))))
        return [
            Entry(f"{number:0{width}d}-{plain_name(m.title)}.{m.document.format}", m)
            for number, m in enumerate(self.members, start=1)
        ]

    @cached_property
    def digest(self) -> str:
        """SHA-256 of all that decides the bytes, apart from the number and the date. Reads no file."""
        bare = replace(self, number=None, date=None)
        files = [entry.member.document.get_file_hash() for entry in self.entries]
        parts = [text for _name, text in bare.texts({})] + files
        return hashlib.sha256(json.dumps(parts).encode()).hexdigest()

    @cached_property
    def size(self) -> int:
        """Size of the zip in bytes, known before it is written."""
        sizes = [(name, len(text.encode())) for name, text in self.texts({})]
        sizes += [(entry.name, entry.size) for entry in self.entries]
        return 22 + sum(size + 30 + 46 + 2 * len(name) for name, size in sizes)

    def texts(self, checksums: dict[str, str]) -> list[tuple[str, str]]:
        """The files that explain the others, by name; ``checksums`` by the name of each file."""
        sections = [
            {"title": title, "entries": list(entries)}
            for title, entries in groupby(self.entries, key=lambda entry: entry.member.section)
        ]
        context = {"archive": self, "sections": sections}
        with override(self.language):
            page = render_to_string("resources/archive/read_me.html", context)
            text = render_to_string("resources/archive/read_me.txt", context)
        return [
            (PAGE, _tidy(page, "\n")),
            (TEXT, "\ufeff" + _tidy(text, "\r\n")),  # so that Notepad shows accents and lines
            (MANIFEST, self._manifest(checksums)),
        ]

    def _manifest(self, checksums: dict[str, str]) -> str:
        content = {
            "format": FORMAT,
            "title": self.title,
            "version": self.version,
            "number": self.number,
            "date": self.date.isoformat() if self.date else None,
            "language": self.language,
            "licence": self.licence,
            "url": self.url,
            "files": [_described(entry, checksums) for entry in self.entries],
        }
        if self.links:
            content["links"] = [{"title": link.title, "url": link.url} for link in self.links]
        return json.dumps(content, ensure_ascii=False, indent=2, sort_keys=True) + "\n"

    def write(self, target: Path) -> Written:
        """Write the zip at ``target``, whole or not at all.

        Raises MemberError when a file is not what the library says, NoRoomError when the disk is
        too full, OSError when it refuses. Whatever is raised, nothing is left behind.
        """
        target.parent.mkdir(parents=True, exist_ok=True)
        free = shutil.disk_usage(target.parent).free
        if free < self.size + SPARE:
            raise NoRoomError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        with _replacing(target) as file:
            self._fill(file)
            size = file.tell()
            file.seek(0)
            return Written(size, _streamed(file, lambda _chunk: None))

    def _fill(self, file: IO[bytes]) -> None:
        """The manifest comes last: it tells the checksums of what was really written."""
        checksums: dict[str, str] = {}
        with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
            for name, text in self.texts({})[:2]:
                archive.writestr(_info(name), text.encode())
            for entry in self.entries:
                checksums[entry.name] = _add(archive, entry)
            archive.writestr(_info(MANIFEST), self._manifest(checksums).encode())
        file.seek(0, os.SEEK_END)


def sweep(folder: Path, older_than: timedelta = timedelta(hours=1)) -> int:
    """Remove what writers killed half-way left in ``folder``; return how many files."""
    limit = time.time() - older_than.total_seconds()
    left = [path for path in folder.glob(f"*{PART}") if path.stat().st_mtime < limit]
    for path in left:
        path.unlink(missing_ok=True)
    return len(left)


def plain_name(title: str) -> str:
    """A title as the name of a file that every system reads: plain letters, figures, hyphens."""
    words = "".join(c if c.isascii() and c.isalnum() else " " for c in folded(title)).split()
    return "-".join(words)[:LONGEST_NAME].strip("-") or "document"


@contextmanager
def _replacing(target: Path) -> Iterator[IO[bytes]]:
    """A new file beside ``target``, which takes its place once it is on the disk."""
    handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=f"{target.name}.", suffix=PART)
    try:
        with os.fdopen(handle, "w+b") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, target)
    finally:
        Path(temporary).unlink(missing_ok=True)
    folder = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _add(archive: zipfile.ZipFile, entry: Entry) -> str:
    """Copy the file of a member into the zip; return its SHA-256."""
    info = _info(entry.name)
    info.file_size = entry.size
    title = entry.member.title
    try:
        source = entry.member.document.file.open("rb")
    except OSError as error:
        raise MemberError(title) from error
    with source, archive.open(info, "w") as inside:
        checksum = _streamed(source, inside.write)
    if info.file_size != entry.size:
        raise MemberError(title)
    return checksum


def _streamed(source: IO[bytes], take: Callable[[bytes], object]) -> str:
    """Hand everything to ``take``, a part at a time; return the SHA-256."""
    checksum = hashlib.sha256()
    while chunk := source.read(CHUNK):
        checksum.update(chunk)
        take(chunk)
    return checksum.hexdigest()


def _info(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, FIXED_DATE)
    info.create_system = 3
    info.external_attr = 0o644 << 16
    return info


def _described(entry: Entry, checksums: dict[str, str]) -> dict[str, Any]:
    member = entry.member
    return {
        "name": entry.name,
        "section": member.section,
        "title": member.title,
        "how": member.how,
        "bytes": entry.size,
        "sha256": checksums.get(entry.name, NO_CHECKSUM),
        "pages": member.document.page_count,
        "language": member.document.language,
        "licence": member.licence,
        "credits": member.credits,
        "url": member.page_url,
    }


def _tidy(text: str, end: str) -> str:
    """Without the blank lines that the tags of a template leave, one after another."""
    lines = [line.rstrip() for line in text.strip().splitlines()]
    kept = [line for line, before in zip(lines, ["", *lines], strict=False) if line or before]
    return end.join(kept) + end
