"""What both processes know of a picture: its size, how it is told, which files have one. Pure."""

from typing import Final

SIGN: Final = b"PIX1"
WIDTH: Final = 576  # pixels, of the picture kept
MOST_ROWS: Final = 1152
PICTURES: Final = ("png", "jpg", "jpeg", "webp")
PACKAGES: Final = ("docx", "pptx", "xlsx", "odt", "odp", "ods")
