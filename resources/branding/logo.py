"""Reads the logo that a visitor sends: checked as any upload, then turned, made small, made bare."""

import io
import warnings
from typing import BinaryIO, Final

from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageCms, ImageOps

from hub.core.upload_rules import IMAGES, MEGABYTE, UploadRefused, damaged
from hub.core.uploads import check_upload, extension_of
from resources.branding.brand import Logo

MAX_LOGO: Final = 5 * MEGABYTE
LARGEST_SIDE: Final = 1200  # pixels: sharp when printed 10 cm wide


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
