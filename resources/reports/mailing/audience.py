"""To whom a planned mail has something to say, at the moment of asking: by the clock of the database.

The same rules are read twice: when a mail is asked for, and again when it is about to leave.
"""

from datetime import timedelta
from typing import Final

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Now
from django.utils import timezone

from resources.reports.models import Answer, Contact, PlannedMail, SentMail

Kind = PlannedMail.Kind
ASKING: Final = (Kind.OPENING, Kind.NOT_STARTED, Kind.UNFINISHED, Kind.LAST_DAYS)
REMINDERS: Final = (Kind.NOT_STARTED, Kind.UNFINISHED, Kind.LAST_DAYS)
# A reminder that could not begin is out of date after this; the opening goes to whoever is added later.
LATEST: Final = timedelta(days=3)
# Somebody written to shortly before a reminder is due does not get it as well.
APART: Final = timedelta(hours=20)


def may_leave() -> QuerySet[PlannedMail]:
    """The mails whose campaign still, or already, lets them leave.

    An invented campaign writes to nobody.
    """
    is_open = Q(campaign__opens_at__lte=Now(), campaign__closes_at__gt=Now())
    is_known = Q(campaign__synthesis_on__lte=timezone.localdate())
    mails = PlannedMail.objects.filter(campaign__live=True, campaign__is_example=False)
    return mails.filter(
        Q(kind__in=ASKING) & is_open | Q(kind=Kind.THANKS) | Q(kind=Kind.RESULTS) & is_known
    )


def due() -> QuerySet[PlannedMail]:
    """The mails whose time has come, the earliest first."""
    late = Q(kind__in=REMINDERS, due_at__lte=Now() - LATEST)
    return may_leave().filter(due_at__lte=Now()).exclude(late).order_by("due_at", "pk")


def audience(mail: PlannedMail) -> QuerySet[Contact]:
    """The contacts whom this mail concerns, as their answer stands."""
    contacts = Contact.objects.filter(
        participant__campaign=mail.campaign_id, state=Contact.State.ACTIVE
    )
    answers = Answer.objects.filter(
        Q(participant=OuterRef("participant"))
        | Q(organisation=OuterRef("participant__organisation")),
        campaign=mail.campaign_id,
        is_test=False,
    )
    sent = Exists(answers.filter(sent_at__isnull=False))
    if mail.kind not in ASKING:
        gone = Exists(answers.filter(state=Answer.State.WITHDRAWN))
        return contacts.filter(sent).exclude(gone)
    begun = answers.filter(saved_at__isnull=False)
    if mail.kind == Kind.NOT_STARTED:
        return contacts.exclude(sent).exclude(Exists(begun))
    if mail.kind == Kind.UNFINISHED:
        # Whoever began after the hour of the reminder has just been there.
        return contacts.exclude(sent).filter(Exists(begun.filter(started_at__lte=mail.due_at)))
    return contacts.exclude(sent)


def to_be_asked(mail: PlannedMail) -> QuerySet[Contact]:
    """Those of the audience for whom this mail has not been asked yet, in the order of the list."""
    theirs = SentMail.objects.filter(contact=OuterRef("pk"))
    contacts = audience(mail).exclude(Exists(theirs.filter(mail=mail)))
    if mail.kind == Kind.OPENING:
        contacts = contacts.exclude(Exists(theirs.filter(mail__kind=Kind.OPENING)))
    if mail.kind in REMINDERS:
        recent = theirs.filter(asked_at__gt=mail.due_at - APART)
        contacts = contacts.exclude(Exists(recent.exclude(outcome=SentMail.Outcome.NOT_NEEDED)))
    return contacts.order_by("pk")


def uninvited(mail: PlannedMail) -> QuerySet[Answer]:
    """The answers without an invitation whose confirmed address this mail concerns.

    Thanks and results alone: nobody else was invited. An address that has it as a contact, or that
    stopped the mails of campaigns anywhere, does not get it from here.
    """
    if mail.kind in ASKING:
        return Answer.objects.none()
    answers = Answer.objects.sent().filter(
        campaign=mail.campaign_id,
        participant=None,
        verified_at__isnull=False,
        email__gt="",
        wants_no_mail=False,
    )
    has_it = Exists(audience(mail).filter(email__iexact=OuterRef("email")))
    same = Contact.objects.filter(email__iexact=OuterRef("email"))
    stopped = Exists(same.filter(state=Contact.State.STOPPED))
    elsewhere = Answer.objects.filter(email__iexact=OuterRef("email"), wants_no_mail=True)
    gone = Answer.State.WITHDRAWN
    return answers.exclude(state=gone).exclude(has_it).exclude(stopped).exclude(Exists(elsewhere))


def uninvited_to_be_asked(mail: PlannedMail) -> QuerySet[Answer]:
    """Those for whom this mail has not been asked yet, the first to answer first."""
    asked = SentMail.objects.filter(answer=OuterRef("pk"), mail=mail)
    return uninvited(mail).exclude(Exists(asked)).order_by("pk")
