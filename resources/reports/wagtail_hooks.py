"""What campaigns add to the administration: each module below registers its own screens."""

from .admin import attachments, campaigns, data_life, exports, menu  # noqa: F401
