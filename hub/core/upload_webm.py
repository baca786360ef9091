"""What stands in a WebM file: its elements are walked, never decoded. Pure."""

import struct
from collections.abc import Iterator
from typing import BinaryIO, Final

from django.utils.translation import gettext_lazy as _

from hub.core.upload_rules import UploadRefused, VideoFacts, damaged, not_what_its_name_says

EBML, SEGMENT, CLUSTER = 0x1A45DFA3, 0x18538067, 0x1F43B675
INFO, TRACKS, TRACK, ATTACHMENTS, CUES = 0x1549A966, 0x1654AE6B, 0xAE, 0x1941A469, 0x1C53BB6B
DOCTYPE, SCALE, DURATION, CODEC, PICTURE, WIDTH, HEIGHT = (
    0x4282, 0x2AD7B1, 0x4489, 0x86, 0xE0, 0xB0, 0xBA,
)  # fmt: skip
CODECS: Final = {"V_VP8", "V_VP9", "V_AV1", "A_OPUS", "A_VORBIS", "S_TEXT/WEBVTT", "D_WEBVTT"}
BESIDE: Final = {0x114D9B74, INFO, TRACKS, CLUSTER, CUES, 0x1043A770, 0x1254C367, 0xEC, 0xBF}
MOST_ELEMENTS: Final = 200_000
MOST_DESCRIBED: Final = 1024 * 1024
NANOSECOND: Final = 1e-9

Element = tuple[int, int, int]
"""Its number, where its content begins, where it ends."""


def read_webm(file: BinaryIO, size: int) -> VideoFacts:
    """Return what the film says of itself. Raises UploadRefused when a browser could not play it."""
    file.seek(0)
    if file.read(4) != b"\x1a\x45\xdf\xa3":
        raise not_what_its_name_says("webm")
    top = [element for element in _elements(file, 0, size) if element[0] != 0xEC]
    if [element[0] for element in top] != [EBML, SEGMENT]:
        raise damaged()
    head = {number: (start, end) for number, start, end in _elements(file, *top[0][1:])}
    if DOCTYPE not in head or _bytes(file, *head[DOCTYPE]).rstrip(b"\0") != b"webm":
        raise not_what_its_name_says("webm")
    return _film(file, *top[1][1:])


def _film(file: BinaryIO, start: int, end: int) -> VideoFacts:
    duration, width, height, codecs, can_move = 0.0, 0, 0, set[str](), False
    for number, begin, stop in _elements(file, start, end):
        if number not in BESIDE:
            hidden = number == ATTACHMENTS
            raise UploadRefused(_("This video hides other files.")) if hidden else damaged()
        if number == INFO:
            duration = _duration(file, begin, stop)
        elif number == TRACKS:
            for track, first, last in _elements(file, begin, stop):
                if track == TRACK:
                    codec, size = _track(file, first, last)
                    codecs.add(codec)
                    width, height = max((width, height), size)
        can_move = can_move or number == CUES
    _check_formats(codecs)
    if not can_move or not 0 < duration < 24 * 3600:
        raise UploadRefused(
            _(
                "This recording has no index: readers could not move in it. Open it in a video "
                "editor and export it again."
            )
        )
    return VideoFacts(duration, width, height)


def _check_formats(codecs: set[str]) -> None:
    if not any(codec.startswith("V_") for codec in codecs):
        raise UploadRefused(_("There is no picture in this file: it is not a video."))
    unknown = sorted(codecs - CODECS)
    if unknown:
        raise UploadRefused(
            _(
                "Browsers do not play this video format (%(format)s). Export it as MP4 with H.264 "
                "pictures and AAC sound, then retry."
            )
            % {"format": "".join(c for c in unknown[0] if c.isalnum() or c in "_/")[:40]}
        )


def _duration(file: BinaryIO, start: int, end: int) -> float:
    scale, length = 1_000_000, 0.0
    for number, begin, stop in _elements(file, start, end):
        if number == SCALE:
            scale = int.from_bytes(_bytes(file, begin, stop), "big")
        elif number == DURATION:
            content = _bytes(file, begin, stop)
            shape = {4: ">f", 8: ">d"}.get(len(content))
            length = struct.unpack(shape, content)[0] if shape else 0.0
    return float(length) * scale * NANOSECOND


def _track(file: BinaryIO, start: int, end: int) -> tuple[str, tuple[int, int]]:
    codec, size = "", {WIDTH: 0, HEIGHT: 0}
    for number, begin, stop in _elements(file, start, end):
        if number == CODEC:
            codec = _bytes(file, begin, stop).decode("ascii", "replace").rstrip("\0")
        elif number == PICTURE:
            for side, first, last in _elements(file, begin, stop):
                if side in size:
                    size[side] = int.from_bytes(_bytes(file, first, last), "big")
    return codec, (size[WIDTH], size[HEIGHT])


def _elements(file: BinaryIO, start: int, end: int) -> Iterator[Element]:
    """The elements that fill a stretch of the file, exactly; none may be of an unknown length."""
    at, count = start, 0
    while at < end:
        count += 1
        file.seek(at)
        head = file.read(12)
        number, used = _number(head, keep_marker=True)
        length, more = _number(head[used:], keep_marker=False)
        content = at + used + more
        unknown = length == (1 << (7 * more)) - 1
        if count > MOST_ELEMENTS or unknown or content + length > end:
            raise _live() if unknown else damaged()
        yield number, content, content + length
        at = content + length


def _number(head: bytes, *, keep_marker: bool) -> tuple[int, int]:
    """A number of variable length and how many bytes write it."""
    if not head or not head[0]:
        raise damaged()
    length = 9 - head[0].bit_length()
    if len(head) < length or (keep_marker and length > 4):
        raise damaged()
    value = int.from_bytes(head[:length], "big")
    return value if keep_marker else value & ((1 << (7 * length)) - 1), length


def _live() -> UploadRefused:
    return UploadRefused(
        _(
            "This recording has no index: readers could not move in it. Open it in a video editor "
            "and export it again."
        )
    )


def _bytes(file: BinaryIO, start: int, end: int) -> bytes:
    if end - start > MOST_DESCRIBED:
        raise damaged()
    file.seek(start)
    return file.read(end - start)
