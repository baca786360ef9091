"""The six mails that a new campaign begins with: an editor changes them as they like."""

import json
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any

from resources.reports.mailing.moments import PARIS
from resources.reports.models import Campaign, Phase, PlannedMail

DEFAULT = Path(__file__).with_name("default_mails.json")


def propose(campaign: Campaign, user: Any = None) -> int:
    """Give a campaign without any mail the default ones; return how many were added.

    They stand in its latest draft as well: an editor who opens the form finds them.
    """
    latest = campaign.get_latest_revision_as_object()
    if PlannedMail.objects.filter(campaign=campaign).exists() or latest.mails.exists():
        return 0
    rows = [_mail(campaign, order, row) for order, row in enumerate(_rows())]
    PlannedMail.objects.bulk_create(rows)
    if campaign.latest_revision_id:
        latest.mails.set(rows)
        was_draft = campaign.has_unpublished_changes
        revision = latest.save_revision(user=user)
        if campaign.phase() != Phase.DRAFT and not was_draft:
            revision.publish(user=user)
    return len(rows)


def due_at(campaign: Campaign, row: dict[str, Any]) -> datetime:
    """So many days after the opening or the closing, at an hour of Paris; within the campaign.

    What goes out on the day of the opening does so once it is open.
    """
    begins = campaign.opens_at if row["after"] == "opens" else campaign.closes_at
    day = begins.astimezone(PARIS).date() + timedelta(days=row["days"])
    found = datetime.combine(day, time(row["hour"]), tzinfo=PARIS)
    return max(found, campaign.opens_at)


def _rows() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(DEFAULT.read_text(encoding="utf-8"))
    return found


def _mail(campaign: Campaign, order: int, row: dict[str, Any]) -> PlannedMail:
    words = {name: value for name, value in row.items() if name.endswith(("_fr", "_en"))}
    return PlannedMail(
        campaign=campaign,
        kind=row["kind"],
        due_at=due_at(campaign, row),
        sort_order=order,
        **words,
    )
