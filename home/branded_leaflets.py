"""Builds the leaflets of the kit again with the name and the logo of a co-op."""

from importlib import import_module

from home.loader.sources import CONTENT
from resources.branding.brand import Brand


def branded_leaflet(key: str, brand: Brand) -> bytes:
    """Return the PDF; an unknown key raises KeyError. The logo never touches the disk.

    What builds it is imported then: it is large, and most processes never need it.
    """
    logo = brand.logo
    about = {
        "name": brand.name.replace("\u202f", "\u00a0"),  # the font has no narrow space
        "logo": list(logo.png) if logo else None,
        "width": logo.width if logo else 1,
        "height": logo.height if logo else 1,
    }
    built: bytes = import_module("home.kit_files").build_branded(CONTENT, key, about)
    return built
