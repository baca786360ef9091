"""What campaigns add to the administration: each module below registers its own screens."""

from .admin import campaigns, exports, menu  # noqa: F401
from .admin import attachments, campaigns, menu  # noqa: F401
