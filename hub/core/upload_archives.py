"""Reads a zip as its worst reader would: directory, local headers and every byte it unpacks to.

Nothing is written, and no more is unpacked than the limits allow, whatever the directory claims.
"""

import stat
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from typing import BinaryIO

from django.utils.translation import gettext_lazy as _

from hub.core.upload_rules import (
    MAX_ENTRIES,
    MAX_RATIO,
    MAX_UNPACKED,
    MEGABYTE,
    UploadRefused,
    damaged,
)

LOCAL_HEADER = struct.Struct("<4s5H3L2H")
END_OF_DIRECTORY = 22
CHUNK = 256 * 1024
ENCRYPTED, UTF_8 = 0x1, 0x800

Visit = Callable[[zipfile.ZipInfo, Iterator[bytes]], None]


def check_archive(file: BinaryIO, visit: Visit) -> None:
    """Refuse a dangerous zip; ``visit`` gets each entry with its content in pieces.

    What ``visit`` leaves unread is read after it, so that the limits hold for the whole archive.
    """
    file.seek(0, 2)
    size = file.tell()
    entries = _entries(file)
    _check_layout(file, entries, size)
    budget = _Budget(size)
    for info in entries:
        _check_entry(info)
        content = budget.counting(_inflated(file, info))
        visit(info, content)
        for _piece in content:
            pass


def _entries(file: BinaryIO) -> list[zipfile.ZipInfo]:
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as archive:
            if archive.comment:
                raise UploadRefused(_("This archive carries hidden text: make it again without."))
            entries = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, struct.error) as error:
        if isinstance(error, UploadRefused):
            raise
        raise damaged() from error
    if len(entries) > MAX_ENTRIES:
        raise UploadRefused(
            _("This file holds more than %(limit)s files: split it.") % {"limit": MAX_ENTRIES}
        )
    if sum(info.file_size for info in entries) > MAX_UNPACKED:
        raise _too_large_unpacked()
    if not entries:
        raise UploadRefused(_("This archive is empty."))
    return entries


def _check_layout(file: BinaryIO, entries: list[zipfile.ZipInfo], size: int) -> None:
    """Entries stand one after the other from the first byte, and nothing follows the directory."""
    file.seek(size - END_OF_DIRECTORY)
    if file.read(4) != b"PK\x05\x06":
        raise damaged()
    end = 0
    for info in sorted(entries, key=lambda entry: entry.header_offset):
        if info.header_offset < end or (end == 0 and info.header_offset != 0):
            raise UploadRefused(_("This archive is built in an unusual way: make it again."))
        end = info.header_offset + LOCAL_HEADER.size + info.compress_size
    if len({info.filename.casefold() for info in entries}) != len(entries):
        raise UploadRefused(_("Two files of this archive have the same name."))


def _check_entry(info: zipfile.ZipInfo) -> None:
    name = info.orig_filename
    parts = name.replace("\\", "/").split("/")
    if name.startswith(("/", "\\")) or ".." in parts or ":" in parts[0] or not name.isprintable():
        raise UploadRefused(_("A file of this archive has a name that points outside of it."))
    if stat.S_ISLNK(info.external_attr >> 16):
        raise UploadRefused(_("This archive holds a link instead of a file."))
    if info.flag_bits & ENCRYPTED:
        raise UploadRefused(_("This file is protected by a password: remove it first."))
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise UploadRefused(_("This archive is compressed in an unusual way: make it again."))


def _inflated(file: BinaryIO, info: zipfile.ZipInfo) -> Iterator[bytes]:
    """The content as the compressed bytes give it, whatever size the directory announces."""
    file.seek(info.header_offset)
    header = file.read(LOCAL_HEADER.size)
    if len(header) != LOCAL_HEADER.size:
        raise damaged()
    signature, *_fields, name_length, extra_length = LOCAL_HEADER.unpack(header)
    name = file.read(name_length).decode("utf-8" if info.flag_bits & UTF_8 else "cp437", "replace")
    if signature != b"PK\x03\x04" or name != info.orig_filename:
        raise UploadRefused(_("This archive is built in an unusual way: make it again."))
    position = info.header_offset + LOCAL_HEADER.size + name_length + extra_length
    stored = info.compress_type == zipfile.ZIP_STORED
    pieces = _raw(file, position, info.compress_size)
    produced, crc = 0, 0
    for piece in pieces if stored else _decompressed(pieces):
        produced, crc = produced + len(piece), zlib.crc32(piece, crc)
        yield piece
    if produced != info.file_size or crc != info.CRC:
        raise damaged()


def _raw(file: BinaryIO, position: int, length: int) -> Iterator[bytes]:
    """Seeks each time: a visitor may read elsewhere in between."""
    while length:
        file.seek(position)
        piece = file.read(min(CHUNK, length))
        if not piece:
            raise damaged()
        position, length = position + len(piece), length - len(piece)
        yield piece


def _decompressed(pieces: Iterator[bytes]) -> Iterator[bytes]:
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        for piece in pieces:
            while piece:
                yield inflater.decompress(piece, CHUNK)
                piece = inflater.unconsumed_tail
        while tail := inflater.decompress(b"", CHUNK):
            yield tail
    except zlib.error as error:
        raise damaged() from error
    if not inflater.eof or inflater.unused_data:
        raise damaged()


class _Budget:
    """What an archive may unpack to, counted as it unpacks. Sizes in bytes."""

    def __init__(self, archive_size: int) -> None:
        self.unpacked = 0
        self.limit = min(MAX_UNPACKED, max(MEGABYTE, archive_size * MAX_RATIO))

    def counting(self, pieces: Iterator[bytes]) -> Iterator[bytes]:
        for piece in pieces:
            self.unpacked += len(piece)
            if self.unpacked > self.limit:
                raise _too_large_unpacked()
            yield piece


def _too_large_unpacked() -> UploadRefused:
    return UploadRefused(_("Once unpacked, this file is far too large."))
