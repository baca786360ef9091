"""What campaigns add to the administration: each module below registers its own screens."""

from .admin import campaigns, menu, synthesis  # noqa: F401
from .admin import attachments, campaigns, menu  # noqa: F401
