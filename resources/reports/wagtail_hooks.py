"""What campaigns add to the administration: each module below registers its own screens."""

from .admin import attachments, campaigns, invitations, menu  # noqa: F401
