"""What campaigns add to the administration: each module below registers its own screens."""

from .admin import attachments, campaigns, links, menu  # noqa: F401
