"""Where the lines of a list come from besides a file: last year’s campaign, and a page just shown."""

from collections.abc import Sequence
from typing import Any, Final

from django.core import signing

from resources.reports.invitations.sheet import Line
from resources.reports.models import Campaign, Contact, Participant

SEEN_FOR: Final = 24 * 60 * 60  # seconds


def previous(campaign: Campaign) -> Campaign | None:
    """The campaign of the latest season before this one."""
    older = Campaign.objects.filter(season__lt=campaign.season).exclude(pk=campaign.pk)
    return older.filter(participants__isnull=False).order_by("-season", "-opens_at").first()


def lines_of(campaign: Campaign) -> list[Line]:
    """The list of a campaign, one line a contact; a co-op without one has a line of its own."""
    rows = Participant.objects.filter(campaign=campaign).select_related("organisation")
    found = [
        {"coop": row.organisation.name, **_cells(contact)}
        for row in rows.prefetch_related("contacts")
        for contact in (list(row.contacts.all()) or [None])
    ]
    return [Line(number, cells) for number, cells in enumerate(found, start=1)]


def _cells(contact: Contact | None) -> dict[str, str]:
    if contact is None:
        return {}
    cells = {"name": contact.name, "email": contact.email.lower(), "language": contact.language}
    return {name: cell for name, cell in cells.items() if cell}


def kept_in_page(lines: Sequence[Line], campaign: Campaign, user: Any) -> str:
    """The lines, signed for this person: they travel with the page, and nothing is kept here."""
    told = [[line.number, dict(line.cells)] for line in lines]
    return signing.dumps(told, salt=_salt(campaign, user), compress=True)


def from_page(text: str, campaign: Campaign, user: Any) -> list[Line]:
    """Raises signing.BadSignature when the page is older than a day, or not ours."""
    told = signing.loads(text, salt=_salt(campaign, user), max_age=SEEN_FOR)
    return [Line(number, cells) for number, cells in told]


def _salt(campaign: Campaign, user: Any) -> str:
    return f"invitations-{campaign.pk}-{user.pk}"
