"""Asks the child for the picture of a file, and believes nothing of the answer but its shape."""

import struct
from pathlib import Path
from typing import Final

from PIL import Image

from hub.core.extraction.supervisor import told_by_child
from hub.core.pictures.limits import MOST_ROWS, PACKAGES, PICTURES, SIGN, WIDTH

START: Final = (
    "import sys; sys.path += sys.argv[2:]; "
    "from hub.core.pictures.child import main; main(sys.argv[1])"
)
HEAD: Final = len(SIGN) + 8
LARGEST: Final = HEAD + 3 * WIDTH * MOST_ROWS
DRAWABLE: Final = ("pdf", *PICTURES, *PACKAGES)


def picture_inside(path: Path, extension: str) -> Image.Image | None:
    """The first page as the file itself shows it; None when it shows none, or harms its reader.

    Raises OSError only for a file that cannot be opened.
    """
    with path.open("rb") as file:
        heard = told_by_child(START, extension, file, LARGEST)
    answer = heard.answer if heard else None
    if not answer or len(answer) < HEAD or not answer.startswith(SIGN):
        return None
    width, height = struct.unpack(">II", answer[len(SIGN) : HEAD])
    if not (
        0 < width <= WIDTH and 0 < height <= MOST_ROWS and len(answer) - HEAD == 3 * width * height
    ):
        return None
    return Image.frombytes("RGB", (width, height), answer[HEAD:])
