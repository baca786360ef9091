"""What stands in an MP4 file: its boxes are walked, never decoded. Pure."""

import io
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, Final

from django.utils.translation import gettext_lazy as _

from hub.core.upload_rules import UploadRefused, VideoFacts, damaged, not_what_its_name_says

BRANDS: Final = {
    b"isom", b"iso2", b"iso3", b"iso4", b"iso5", b"iso6", b"iso7", b"iso8", b"iso9",
    b"mp41", b"mp42", b"avc1", b"av01", b"M4V ", b"M4VP", b"M4VH", b"dash", b"MSNV", b"cmfc",
}  # fmt: skip
PICTURES: Final = {b"avc1", b"avc3", b"av01", b"vp09"}
SOUNDS: Final = {b"mp4a", b"Opus", b"fLaC", b".mp3"}
TRACKS: Final = {b"vide", b"soun", b"text", b"sbtl", b"subt", b"meta", b"tmcd", b"clcp", b"hint"}
MOST_BOXES: Final = 20_000
MOST_DESCRIBED: Final = 64 * 1024 * 1024


@dataclass(frozen=True)
class Box:
    kind: bytes
    start: int
    """Where its content begins."""
    end: int


def read_mp4(file: BinaryIO, size: int) -> VideoFacts:
    """Return what the film says of itself. Raises UploadRefused when a browser could not play it."""
    if not _is_mp4(file):
        raise not_what_its_name_says("mp4")
    top = list(_boxes(file, 0, size))
    films = [box for box in top if box.kind == b"moov"]
    if len(films) != 1 or not any(box.kind == b"mdat" for box in top):
        raise damaged()
    if films[0].end - films[0].start > MOST_DESCRIBED:
        raise damaged()
    file.seek(films[0].start)
    return _film(file.read(films[0].end - films[0].start))


def _is_mp4(file: BinaryIO) -> bool:
    file.seek(0)
    head = file.read(12)
    length = int.from_bytes(head[:4], "big")
    if head[4:8] != b"ftyp" or not 16 <= length <= 1024:
        return False
    file.seek(0)
    content = file.read(length)
    brands = {content[8:12], *(content[at : at + 4] for at in range(16, length - 3, 4))}
    return bool(brands & BRANDS) and content[8:12] != b"qt  "


def _boxes(file: BinaryIO, start: int, end: int) -> Iterator[Box]:
    """The boxes that fill a stretch of the file, exactly."""
    at, count = start, 0
    while at < end:
        count += 1
        file.seek(at)
        head = file.read(16)
        if len(head) < 8 or count > MOST_BOXES:
            raise damaged()
        length, kind = struct.unpack(">I4s", head[:8])
        content = at + 8
        if length == 1 and len(head) == 16:
            length, content = int.from_bytes(head[8:], "big"), at + 16
        elif length == 0:
            length = end - at
        if at + length > end or at + length < content:
            raise damaged()
        yield Box(kind, content, at + length)
        at += length


def _film(content: bytes) -> VideoFacts:
    """``content`` is that of the box that describes the film."""
    file = io.BytesIO(content)
    duration, width, height, shown = 0.0, 0, 0, False
    for box in _boxes(file, 0, len(content)):
        if box.kind == b"mvhd":
            duration = _duration(content[box.start : box.end])
        elif box.kind == b"trak":
            kind, size = _track(file, box)
            shown = shown or kind == b"vide"
            width, height = max((width, height), size)
    if not shown:
        raise UploadRefused(_("There is no picture in this file: it is not a video."))
    if not 0 < duration < 24 * 3600:
        raise _no_duration()
    return VideoFacts(duration, width, height)


def _duration(head: bytes) -> float:
    try:
        if head[0] == 1:
            scale, length = struct.unpack(">IQ", head[20:32])
        else:
            scale, length = struct.unpack(">II", head[12:20])
    except (struct.error, IndexError):
        raise damaged() from None
    return float(length) / scale if scale else 0.0


def _track(file: io.BytesIO, track: Box) -> tuple[bytes, tuple[int, int]]:
    """The kind of a track and the size of its picture."""
    content, kind, size = file.getvalue(), b"", (0, 0)
    for path, box in _below(file, track, (b"mdia", b"minf", b"stbl", b"dinf")):
        inside = content[box.start : box.end]
        if box.kind == b"hdlr" and path == (b"mdia",):
            kind = inside[8:12]
        elif box.kind == b"tkhd" and len(inside) >= 84:
            size = (int.from_bytes(inside[-8:-6], "big"), int.from_bytes(inside[-4:-2], "big"))
        elif box.kind == b"stsd":
            _check_format(kind, inside[12:16])
        elif box.kind == b"dref":
            _check_inside_the_file(inside)
    if kind not in TRACKS:
        raise not_what_its_name_says("mp4")
    return kind, size if kind == b"vide" else (0, 0)


def _below(
    file: io.BytesIO, parent: Box, opened: tuple[bytes, ...], path: tuple[bytes, ...] = ()
) -> Iterator[tuple[tuple[bytes, ...], Box]]:
    for box in _boxes(file, parent.start, parent.end):
        yield path, box
        if box.kind in opened and len(path) < len(opened):
            yield from _below(file, box, opened, (*path, box.kind))


def _check_format(track: bytes, name: bytes) -> None:
    known = {b"vide": PICTURES, b"soun": SOUNDS}.get(track)
    if known is not None and name not in known:
        raise UploadRefused(
            _(
                "Browsers do not play this video format (%(format)s). Export it as MP4 with H.264 "
                "pictures and AAC sound, then retry."
            )
            % {"format": "".join(c for c in name.decode("ascii", "replace") if c.isalnum())}
        )


def _check_inside_the_file(references: bytes) -> None:
    """A film may name other files: each track must say that its data stand in this one."""
    entries = io.BytesIO(references[8:])
    for box in _boxes(entries, 0, len(references) - 8):
        if box.kind != b"url " or references[8 + box.start + 3 : 8 + box.start + 4] != b"\x01":
            raise UploadRefused(_("This video calls other files: export it as a single file."))


def _no_duration() -> UploadRefused:
    return UploadRefused(
        _("This video does not say how long it is: readers could not move in it. Export it again.")
    )
