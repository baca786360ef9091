"""Builds the leaflets of the kit again with the name and the logo of a co-op."""

from home.kit_files import build_branded
from home.kit_files.typography import widen_narrow_spaces
from home.loader.sources import CONTENT
from resources.branding.brand import Brand


def branded_leaflet(key: str, brand: Brand) -> bytes:
    """Return the PDF; an unknown key raises KeyError. The logo never touches the disk."""
    logo = brand.logo
    about = {
        "name": widen_narrow_spaces(brand.name),
        "logo": list(logo.png) if logo else None,
        "width": logo.width if logo else 1,
        "height": logo.height if logo else 1,
    }
    return build_branded(CONTENT, key, about)
