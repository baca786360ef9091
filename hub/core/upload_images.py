"""Pictures: checked before they are decoded, and rid of what tells where they were taken.

Metadata is cut out without decoding, so that a picture loses nothing of its quality.
"""

import io
import re
import struct
import warnings
import zlib
from typing import Final

from django.utils.translation import gettext_lazy as _
from PIL import Image

from hub.core.upload_rules import (
    IMAGES,
    MAX_FRAMES,
    MAX_IMAGE,
    MAX_PIXELS,
    UploadRefused,
    damaged,
    not_what_its_name_says,
)

ORIENTATION: Final = 0x0112
PNG_SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"
PNG_DROPPED: Final = {b"eXIf", b"tEXt", b"zTXt", b"iTXt", b"tIME"}
WEBP_DROPPED: Final = {b"EXIF", b"XMP "}
WEBP_FLAGS_DROPPED: Final = 0x08 | 0x04
MARKUP: Final = re.compile(
    rb"<\s*(?:script|html|svg|iframe|\?php)\b|<\?php|%PDF-1|%PDF-2", re.IGNORECASE
)


def check_image(extension: str, content: bytes) -> None:
    """Refuse a picture too large to be decoded safely, or that is not only a picture."""
    if len(content) > MAX_IMAGE:
        raise UploadRefused(_("This picture is larger than 10 MB: reduce it first."))
    if MARKUP.search(content):
        raise UploadRefused(_("This picture holds something else than a picture."))
    kind = IMAGES[extension]
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(content), formats=[kind]) as image:
                _check_size(image)
                image.load()
    except UploadRefused:
        raise
    except Image.DecompressionBombError as error:
        raise _too_many_pixels() from error
    except Image.UnidentifiedImageError as error:
        raise not_what_its_name_says(extension) from error
    except (OSError, ValueError, SyntaxError, struct.error, zlib.error, EOFError) as error:
        raise damaged() from error


def _check_size(image: Image.Image) -> None:
    frames = getattr(image, "n_frames", 1)
    if frames > MAX_FRAMES:
        raise UploadRefused(
            _("This picture has more than %(limit)s frames.") % {"limit": MAX_FRAMES}
        )
    if image.width * image.height * frames > MAX_PIXELS:
        raise _too_many_pixels()


def _too_many_pixels() -> UploadRefused:
    return UploadRefused(_("This picture has more than 25 million pixels: reduce it first."))


def without_metadata(extension: str, content: bytes) -> bytes:
    """Return the same picture without EXIF (place, device…), comments and trailing bytes.

    The orientation and the colour profile stay. ``content`` passed ``check_image``.
    """
    cleaners = {"PNG": _clean_png, "JPEG": _clean_jpeg, "WEBP": _clean_webp}
    try:
        return cleaners[IMAGES[extension]](content)
    except (IndexError, struct.error) as error:
        raise damaged() from error


def _clean_png(content: bytes) -> bytes:
    kept, position = [PNG_SIGNATURE], len(PNG_SIGNATURE)
    while True:
        length, kind = struct.unpack_from(">L4s", content, position)
        end = position + 12 + length
        if kind not in PNG_DROPPED:
            kept.append(content[position:end])
        if kind == b"IEND":
            return b"".join(kept)
        position = end


def _clean_webp(content: bytes) -> bytes:
    kept, position = [], 12
    (total,) = struct.unpack_from("<L", content, 4)
    while position < min(total + 8, len(content)):
        kind, length = struct.unpack_from("<4sL", content, position)
        chunk = bytearray(content[position : position + 8 + length + length % 2])
        position += len(chunk)
        if kind == b"VP8X":
            chunk[8] &= ~WEBP_FLAGS_DROPPED & 0xFF
        if kind not in WEBP_DROPPED:
            kept.append(bytes(chunk))
    body = b"WEBP" + b"".join(kept)
    return b"RIFF" + struct.pack("<L", len(body)) + body


def _clean_jpeg(content: bytes) -> bytes:
    """Keep the segments that draw the picture, from the first marker to the end of image."""
    kept, position = [b"\xff\xd8", _orientation_segment(content)], 2
    while True:
        if content[position] != 0xFF:
            raise damaged()
        marker = content[position + 1]
        if marker == 0xFF:
            position += 1
        elif marker == 0xD9:
            return b"".join([*kept, b"\xff\xd9"])
        else:
            (length,) = struct.unpack_from(">H", content, position + 2)
            end = position + 2 + length
            if marker == 0xDA:
                end = _end_of_scan(content, end)
            if _draws(marker, content[position + 4 : position + 16]):
                kept.append(content[position:end])
            position = end


def _draws(marker: int, head: bytes) -> bool:
    if marker == 0xFE:
        return False
    if 0xE0 <= marker <= 0xEF:
        return marker in (0xE0, 0xEE) or (marker == 0xE2 and head.startswith(b"ICC_PROFILE"))
    return True


def _end_of_scan(content: bytes, position: int) -> int:
    """Entropy-coded data ends at a marker; FF 00 and restart markers belong to it."""
    while True:
        position = content.find(b"\xff", position)
        if position < 0 or position + 1 >= len(content):
            raise damaged()
        if content[position + 1] not in (0x00, 0xFF, *range(0xD0, 0xD8)):
            return position
        position += 1 if content[position + 1] == 0xFF else 2


def _orientation_segment(content: bytes) -> bytes:
    with Image.open(io.BytesIO(content), formats=["JPEG"]) as image:
        value = image.getexif().get(ORIENTATION)
    if value not in range(2, 9):
        return b""
    exif = Image.Exif()
    exif[ORIENTATION] = value
    payload = exif.tobytes()
    return b"\xff\xe1" + struct.pack(">H", len(payload) + 2) + payload
