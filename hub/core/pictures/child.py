"""What the child process does: it reads a file on its input and answers raw pixels, or nothing.

It is started without Django. Whatever decodes a picture or a page runs here, behind the limits of
``hub.core.extraction.confinement``; the parent gets rows of colours and can be hurt by none of them.
"""

import io
import os
import struct
import sys
import zipfile
from typing import BinaryIO, Final

import pypdfium2  # type: ignore[import-untyped]
from PIL import Image, ImageOps

from hub.core.extraction.confinement import confine
from hub.core.pictures.limits import MOST_ROWS, PACKAGES, SIGN, WIDTH

MOST_PIXELS: Final = 25_000_000  # of the picture read
LARGEST_THUMBNAIL: Final = 4 * 1024 * 1024  # bytes
SMALLEST_SIDE: Final = 96  # pixels: an icon is no picture of a page
FLATTEST: Final = 24  # how far apart the lightest and the darkest must be, of 255
THUMBNAILS: Final = (
    "Thumbnails/thumbnail.png", "docProps/thumbnail.jpeg", "docProps/thumbnail.jpg",
    "docProps/thumbnail.png",
)  # fmt: skip


def main(extension: str) -> None:
    answering = os.dup(1)
    os.dup2(2, 1)  # whatever a library prints is no part of the answer
    Image.init()
    confine()
    try:
        answer = packed(drawn(extension, sys.stdin.buffer))
    except Exception:  # whatever a decoder raises: there is no picture
        answer = b""
    while answer:
        answer = answer[os.write(answering, answer) :]
    os._exit(0)


def drawn(extension: str, file: BinaryIO) -> Image.Image:
    """The first page in colours, not yet reduced. Raises anything when there is none."""
    if extension == "pdf":
        return _pdf(file)
    if extension in PACKAGES:
        return _thumbnail(file)
    return _picture(file)


def packed(picture: Image.Image) -> bytes:
    """The picture as the parent reads it: a sign, width and height, then rows of red, green, blue.

    Raises ValueError for one that is all of a colour: an empty page, or what some libraries leave.
    """
    small = on_white(picture)
    if _is_blank(small):
        raise ValueError("nothing to see")
    small.thumbnail((WIDTH, MOST_ROWS * 4))
    small = small.crop((0, 0, small.width, min(small.height, MOST_ROWS)))
    return SIGN + struct.pack(">II", *small.size) + small.tobytes()


def on_white(picture: Image.Image) -> Image.Image:
    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        layer = picture.convert("RGBA")
        paper = Image.new("RGB", layer.size, "white")
        paper.paste(layer, mask=layer.getchannel("A"))
        return paper
    return picture.convert("RGB")


def _pdf(file: BinaryIO) -> Image.Image:
    page = pypdfium2.PdfDocument(file.read())[0]
    width, height = page.get_size()
    scale = min(WIDTH / max(width, 1), 4 * MOST_ROWS / max(height, 1))
    picture: Image.Image = page.render(scale=scale, may_draw_forms=False).to_pil()
    return picture


def _picture(file: BinaryIO) -> Image.Image:
    picture = Image.open(file)
    if picture.width * picture.height > MOST_PIXELS:
        raise ValueError("too many pixels")
    picture.draft("RGB", (2 * WIDTH, 2 * MOST_ROWS))
    turned: Image.Image = ImageOps.exif_transpose(picture)
    return turned


def _thumbnail(file: BinaryIO) -> Image.Image:
    """The picture that the program which wrote the file left in it, if it shows anything."""
    with zipfile.ZipFile(file) as package:
        name = next(name for name in THUMBNAILS if name in package.NameToInfo)
        if package.getinfo(name).file_size > LARGEST_THUMBNAIL:
            raise ValueError("too large")
        picture = _picture(io.BytesIO(package.read(name)))
    if min(picture.size) < SMALLEST_SIDE:
        raise ValueError("an icon")
    return picture


def _is_blank(picture: Image.Image) -> bool:
    darkest, lightest = picture.convert("L").getextrema()
    return bool(lightest - darkest < FLATTEST)
