"""A campaign whose mails leave, and a clock that moves: time passes by making every date older."""

import re
from datetime import timedelta

from django.db.models import F, Model
from django.utils import timezone

from hub.core.models import OutboxItem
from hub.core.text import folded
from resources.models import Organisation
from resources.reports.mailing import defaults
from resources.reports.mailing.moments import PARIS
from resources.reports.models import (
    AccessLink,
    Answer,
    Campaign,
    Contact,
    Participant,
    PlannedMail,
    SentMail,
)
from tests import campaigns

LINK = re.compile(r"http://127\.0\.0\.1:8000(/(?:en/)?campagnes/r/\S+)")
STOP = re.compile(r"http://127\.0\.0\.1:8000(/(?:en/)?campagnes/courriels/arret/\S+)")
DATES = (
    (Campaign, ("opens_at", "closes_at")),
    (PlannedMail, ("due_at",)),
    (SentMail, ("asked_at", "settled_at")),
    (Answer, ("started_at", "saved_at", "sent_at")),
    (AccessLink, ("made_at", "expires_at")),
    (Participant, ("invited_at", "opened_at", "created_at")),
    (OutboxItem, ("asked_at", "due_at", "given_up_at")),
)  # fmt: skip


def season(days=40, rate=1_000, **fields):
    """A published campaign that opens in an hour, with its six mails at the hour of its opening.

    At the hours that are proposed, what a test tells would hang on the hour it runs at.
    """
    opening = timezone.now() + timedelta(hours=1)
    made = campaigns.campaign(
        opens_at=opening,
        closes_at=opening + timedelta(days=days),
        mails_a_minute=rate,
        live=True,
        **fields,
    )
    defaults.propose(made)
    for mail in made.mails.all():
        days = mail.due_at.astimezone(PARIS).date() - opening.astimezone(PARIS).date()
        PlannedMail.objects.filter(pk=mail.pk).update(due_at=opening + days)
    return made


def invite(campaign, count, start=0, **fields):
    """So many co-ops with one contact each, made at once."""
    names = [f"Coopérative {number:05d}" for number in range(start, start + count)]
    Organisation.objects.bulk_create(
        Organisation(name=n, slug=n.split()[1], match_key=folded(n), is_example=True) for n in names
    )
    coops = Organisation.objects.filter(name__in=names).order_by("name")
    Participant.objects.bulk_create(
        Participant(campaign=campaign, organisation=coop) for coop in coops
    )
    invited = list(
        Participant.objects.filter(campaign=campaign, organisation__in=coops).select_related(
            "organisation", "campaign"
        )
    )
    Contact.objects.bulk_create(
        Contact(participant=p, name=f"Camille {p.pk}", email=f"c{p.pk}@coop.example", **fields)
        for p in invited
    )
    return invited


def passes(**span):
    """Time passes: everything that has a date becomes older."""
    gap = timedelta(**span)
    for model, names in DATES:
        move(model, names, gap)


def move(model: type[Model], names, gap):
    model._base_manager.update(**{name: F(name) - gap for name in names})
