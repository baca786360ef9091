"""What campaigns add to the administration: each module below registers its own screens."""

from .admin import (  # noqa: F401
    attachments,
    campaigns,
    data_life,
    exports,
    invitations,
    links,
    menu,
    moderation,
    moderation_texts,
    report_copies,
    results,
    synthesis,
)
