"""Builds the zip of a kit: the same content gives the same bytes, whoever builds it.

The archive is kept in a file named after the digest of its content, outside the database: a
version that changes gets another name, so that a half-written or stale file is never served.
"""

import hashlib
import html
import json
import logging
import os
import tempfile
import zipfile
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import IO, Any, Protocol

from django.conf import settings
from django.http import FileResponse, HttpRequest, HttpResponseBase, HttpResponseNotModified
from django.shortcuts import render
from django.utils.http import parse_etags, quote_etag

from hub.core.text import folded

logger = logging.getLogger(__name__)

# The zip format cannot tell an older date; a fixed one keeps the bytes the same.
FIXED_DATE = (1980, 1, 1, 0, 0, 0)
FORMAT = 1  # raise it when the layout of the archive changes


class StoredFile(Protocol):
    """What a kit needs of a document: its file, its size in bytes, its extension, its licence."""

    title: str
    format: str
    licence: str
    language: str
    page_count: int | None
    file: Any

    def get_file_hash(self) -> str: ...
    def get_file_size(self) -> int | None: ...


@dataclass(frozen=True)
class KitMember:
    section: str
    title: str
    how: str
    document: StoredFile
    page_url: str


@dataclass(frozen=True)
class KitArchive:
    """A kit as it stands at one moment; nothing is written before ``path`` is asked for."""

    name: str
    title: str
    version: str
    licence: str
    url: str
    members: tuple[KitMember, ...]

    @cached_property
    def entries(self) -> list[tuple[str, KitMember]]:
        """Each member with its name in the zip: a number keeps the kit's order in any file
        manager, and plain letters are read right by every system."""
        return [
            (f"{number:02d}-{_file_name(member.title)}.{member.document.format}", member)
            for number, member in enumerate(self.members, start=1)
        ]

    @cached_property
    def digest(self) -> str:
        """SHA-256 of all that decides the bytes of the archive."""
        return hashlib.sha256(self.manifest.encode()).hexdigest()

    @cached_property
    def manifest(self) -> str:
        """``manifest.json``: what the kit holds, with sizes in bytes and SHA-1 checksums."""
        files = [
            {
                "name": name,
                "section": member.section,
                "title": member.title,
                "how": member.how,
                "bytes": member.document.get_file_size(),
                "sha1": member.document.get_file_hash(),
                "pages": member.document.page_count,
                "language": member.document.language,
                "licence": member.document.licence,
                "url": member.page_url,
            }
            for name, member in self.entries
        ]
        content = {
            "format": FORMAT,
            "title": self.title,
            "version": self.version,
            "licence": self.licence,
            "url": self.url,
            "files": files,
        }
        return json.dumps(content, ensure_ascii=False, indent=2, sort_keys=True) + "\n"

    @property
    def file_name(self) -> str:
        return f"kit-{self.name}.zip"

    @cached_property
    def size(self) -> int:
        """Size of the zip in bytes, known before it is built: nothing in it is compressed."""
        texts = [("LISEZ-MOI.html", self.read_me()), ("manifest.json", self.manifest)]
        sizes = [(name, len(text.encode())) for name, text in texts]
        sizes += [(name, member.document.get_file_size() or 0) for name, member in self.entries]
        return 22 + sum(size + 30 + 46 + 2 * len(name) for name, size in sizes)

    def path(self) -> Path:
        """Return the built archive, building it when this content has none yet.

        Raises OSError when the disk refuses; no partial file stays behind.
        """
        target = Path(settings.KITS_ROOT) / f"{self.name}-{self.digest[:32]}.zip"
        if not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            handle, temporary = tempfile.mkstemp(dir=target.parent, suffix=".part")
            try:
                with os.fdopen(handle, "wb") as file:
                    self._write(file)
                os.replace(temporary, target)
                self._forget_others(target)
            finally:
                Path(temporary).unlink(missing_ok=True)
        return target

    def _forget_others(self, kept: Path) -> None:
        """Drop the archives of what the kit held before; a download under way is not cut."""
        for other in kept.parent.glob(f"{self.name}-{'[0-9a-f]' * 32}.zip"):
            if other != kept:
                other.unlink(missing_ok=True)

    def _write(self, file: IO[bytes]) -> None:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
            _add(archive, "LISEZ-MOI.html", self.read_me().encode())
            _add(archive, "manifest.json", self.manifest.encode())
            for name, member in self.entries:
                with member.document.file.open("rb") as source:
                    _add(archive, name, source.read())

    def read_me(self) -> str:
        """The first file to open: what is inside, how to use it, under which licence."""
        rows = "".join(
            f"<li><strong>{html.escape(member.title)}</strong> ({html.escape(name)})"
            f"<br>{html.escape(member.how)}"
            f'<br><a href="{html.escape(member.page_url)}">{html.escape(member.page_url)}</a></li>'
            for name, member in self.entries
        )
        title = html.escape(" · ".join(part for part in (self.title, self.version) if part))
        return (
            f'<!doctype html>\n<html lang="fr">\n<meta charset="utf-8">\n<title>{title}</title>\n'
            f"<h1>{title}</h1>\n<p>Licence : {html.escape(self.licence)}</p>\n"
            f'<p>Adresse permanente : <a href="{html.escape(self.url)}">'
            f"{html.escape(self.url)}</a></p>\n<ol>{rows}</ol>\n</html>\n"
        )


def _file_name(title: str) -> str:
    words = "".join(c if c.isalnum() else " " for c in folded(title)).split()
    return "-".join(words)[:80] or "document"


def _add(archive: zipfile.ZipFile, name: str, content: bytes) -> None:
    info = zipfile.ZipInfo(name, FIXED_DATE)
    info.create_system = 3
    info.external_attr = 0o644 << 16
    archive.writestr(info, content)


def archive_response(request: HttpRequest, archive: KitArchive) -> HttpResponseBase:
    """Send the zip under its lasting name, or 304 to a reader who has this very version.

    A disk that refuses the archive answers 503 with what to do instead: take the files one by one.
    """
    etag = quote_etag(archive.digest)
    if etag in parse_etags(request.headers.get("If-None-Match", "")):
        response: HttpResponseBase = HttpResponseNotModified()
    else:
        try:
            content = archive.path().open("rb")
        except OSError:
            logger.exception("the archive of kit %s cannot be built", archive.name)
            return render(request, "resources/kit_unavailable.html", {"kit": archive}, status=503)
        response = FileResponse(content, as_attachment=True, filename=archive.file_name)
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = "no-cache"
    return response
