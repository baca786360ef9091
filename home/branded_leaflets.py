"""Builds the leaflets of the kit again with the name and the logo of a co-op."""

import re
from importlib import import_module

from home.loader.sources import CONTENT
from resources.branding.brand import Brand

# No font of the compiler draws them, and a PDF/UA holds nothing that is not drawn.
_PICTOGRAMS = re.compile(
    "[\u200d\u2190-\u2bff\ufe00-\ufe0f\U0001f000-\U0001faff\U000e0000-\U000e007f]"
)


def branded_leaflet(key: str, brand: Brand) -> bytes:
    """Return the PDF; an unknown key raises KeyError. The logo never touches the disk.

    Pictograms are left out of a name that is drawn.

    What builds it is imported then: it is large, and most processes never need it.
    """
    logo = brand.logo
    name = brand.name if logo else _PICTOGRAMS.sub("", brand.name).strip()
    about = {
        "name": name.replace("\u202f", "\u00a0"),  # the font has no narrow space
        "logo": list(logo.png) if logo else None,
        "width": logo.width if logo else 1,
        "height": logo.height if logo else 1,
    }
    built: bytes = import_module("home.kit_files").build_branded(CONTENT, key, about)
    return built
