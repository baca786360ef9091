"""What a co-op drops: its name, and its logo once checked, upright and small. In memory only."""

import io
import warnings
from dataclasses import dataclass
from typing import BinaryIO, Final

from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageCms, ImageOps

from hub.core.upload_rules import IMAGES, MEGABYTE, UploadRefused, damaged
from hub.core.uploads import check_upload, extension_of

MAX_LOGO: Final = 5 * MEGABYTE
LONGEST_NAME: Final = 60
LARGEST_SIDE: Final = 1200  # pixels: sharp when printed 10 cm wide


@dataclass(frozen=True)
class Logo:
    """A PNG without metadata; ``width`` and ``height`` are those of the picture sent, in pixels."""

    png: bytes
    width: int
    height: int

    def fitted(self, width: float, height: float) -> tuple[float, float]:
        """The largest size with the proportions of the logo inside a box, in the box's unit."""
        scale = min(width / self.width, height / self.height)
        return self.width * scale, self.height * scale


@dataclass(frozen=True)
class Brand:
    """``logo`` is None when only the name is wanted."""

    name: str
    logo: Logo | None = None


def read_logo(name: str, file: BinaryIO) -> Logo:
    """Return the logo, or raise UploadRefused with a sentence for the person who sent it."""
    if extension_of(name) not in IMAGES:
        raise UploadRefused(
            _("A logo is a PNG, JPEG or WebP picture. Ask for one of these, or save yours as PNG.")
        )
    check_upload(name, file)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(file, formats=[IMAGES[extension_of(name)]]) as image:
                return _small(image)
    except (OSError, ValueError, SyntaxError, MemoryError, ImageCms.PyCMSError) as error:
        raise damaged() from error


def _small(image: Image.Image) -> Logo:
    """The first frame, as it is seen: turned, in the colours of screens, without metadata."""
    image.seek(0)
    full = image.size
    image.draft(None, (LARGEST_SIDE * 2, LARGEST_SIDE * 2))
    drawn = image.size
    picture = ImageOps.exif_transpose(image)
    if picture.size != drawn:
        full = full[::-1]
    picture = _in_screen_colours(picture)
    picture.thumbnail((LARGEST_SIDE, LARGEST_SIDE), Image.Resampling.LANCZOS, reducing_gap=2.0)
    picture.info.clear()
    stream = io.BytesIO()
    picture.save(stream, "PNG")
    return Logo(stream.getvalue(), *full)


def _in_screen_colours(picture: Image.Image) -> Image.Image:
    """RGB, or RGBA when something shows through; a profile that cannot be read is left aside."""
    if picture.mode.startswith("I"):
        picture = picture.point(lambda value: value / 256).convert("L")
    see_through = picture.mode in {"RGBA", "LA", "PA"} or "transparency" in picture.info
    wanted = "RGBA" if see_through else "RGB"
    profile = picture.info.get("icc_profile")
    if profile and picture.mode in {"CMYK", "RGB"}:
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            target = ImageCms.createProfile("sRGB")
            changed = ImageCms.profileToProfile(picture, source, target, outputMode="RGB")
        except (ImageCms.PyCMSError, OSError, ValueError):
            changed = None
        picture = changed or picture
    return picture.convert(wanted)
