"""What may be uploaded, and how a refusal is told. Pure."""

from dataclasses import dataclass
from pathlib import PurePath
from typing import BinaryIO, Final

from django.utils.translation import gettext_lazy as _

MEGABYTE: Final = 1024 * 1024
MAX_FILE: Final = 50 * MEGABYTE
MAX_VIDEO: Final = 300 * MEGABYTE
MAX_IMAGE: Final = 10 * MEGABYTE
MAX_PIXELS: Final = 25_000_000
MAX_FRAMES: Final = 60
MAX_ENTRIES: Final = 1_000
MAX_UNPACKED: Final = 200 * MEGABYTE
MAX_RATIO: Final = 100

IMAGES: Final = {"png": "PNG", "jpg": "JPEG", "jpeg": "JPEG", "webp": "WEBP"}
OFFICE: Final = ("docx", "pptx", "xlsx")
OPEN_DOCUMENT: Final = ("odt", "odp", "ods")
EXTENSIONS: Final = ("pdf", *OFFICE, *OPEN_DOCUMENT, "csv", *IMAGES, "zip")


class UploadRefused(ValueError):  # noqa: N818  a refusal, not a fault
    """A file that is not taken in; ``reason`` is a sentence for the person who sent it."""

    def __init__(self, reason: object) -> None:
        self.reason = reason
        super().__init__(reason)

    def __str__(self) -> str:
        return str(self.reason)


@dataclass(frozen=True)
class VideoFacts:
    """What a video says of itself: ``duration`` in seconds, the picture in pixels."""

    duration: float
    width: int
    height: int


def extension_of(name: str) -> str:
    return PurePath(name).suffix.lower().removeprefix(".")


def not_what_its_name_says(extension: str) -> UploadRefused:
    return UploadRefused(
        _("The content of this file is not that of a .%(extension)s file.")
        % {"extension": extension}
    )


def damaged() -> UploadRefused:
    return UploadRefused(_("This file is damaged or incomplete: open it, save it again, retry."))


def read_all(file: BinaryIO) -> bytes:
    file.seek(0)
    return file.read()
