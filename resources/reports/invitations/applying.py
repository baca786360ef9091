"""Writes what a plan says: all of it or nothing, and only if it is still what somebody saw."""

from collections import Counter
from collections.abc import Iterable

from django.db import IntegrityError, transaction

from resources.models import Organisation
from resources.reports.invitations.plan import CoopChange, plan_of
from resources.reports.invitations.sheet import Line
from resources.reports.models import Campaign, Contact, Participant


class ChangedMeanwhileError(Exception):
    """The list or the co-ops are no longer what they were when the changes were shown."""


def apply_lines(lines: Iterable[Line], campaign: Campaign, seen: str) -> Counter[str]:
    """Write the lines; count the co-ops that are new, changed, unchanged.

    `seen` is the digest of the plan that somebody agreed to. Raises ChangedMeanwhileError, and then
    nothing is written.
    """
    try:
        with transaction.atomic():
            plan = plan_of(lines, campaign)
            if plan.digest != seen:
                raise ChangedMeanwhileError
            for change in plan.writes:
                _write(change, campaign)
    except IntegrityError as error:  # somebody has added the same row at the same time
        raise ChangedMeanwhileError from error
    return Counter(change.kind for change in plan.changes)


def _write(change: CoopChange, campaign: Campaign) -> None:
    coop = change.organisation or Organisation(name=change.name)
    for changed in change.fields:
        setattr(coop, changed.column, changed.after)
    if change.fields or coop.pk is None:
        coop.save()
    participant = change.participant or Participant.objects.create(
        campaign=campaign, organisation=coop
    )
    for found in change.contacts:
        if found.kind == "unchanged":
            continue
        contact = found.contact or Contact(
            participant=participant, email=found.email, state=found.state, state_why=found.state_why
        )
        for changed in found.fields:
            setattr(contact, changed.column, changed.after)
        contact.save()
