"""What campaigns add to the administration: each module below registers its own screens."""

from .admin import campaigns, menu  # noqa: F401
