"""What campaigns add to the administration: each module below registers its own screens."""

from .admin import attachments, campaigns, invitations, menu  # noqa: F401
from .admin import attachments, campaigns, menu, moderation, moderation_texts  # noqa: F401
from .admin import campaigns, menu, results  # noqa: F401
