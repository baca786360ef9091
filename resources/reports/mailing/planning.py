"""Asks for the planned mails whose time has come, at the rate of their campaign.

Every minute a campaign asks for at most its number of mails, each in the transaction that notes it:
both are kept or neither is. While three minutes of them wait at the mail server, it asks for no
more, so that a server that comes back is not flooded.
"""

from datetime import timedelta
from typing import Final

from django.db import transaction
from django.db.models import QuerySet
from django.db.models.functions import Now

from hub.core import mail as mailer
from hub.core import outbox
from hub.core.jobs import Job
from hub.core.jobs import register as register_job
from hub.core.mail import compose_later
from hub.core.models import OutboxItem
from resources.reports.mailing import audience
from resources.reports.models import Answer, Campaign, Contact, PlannedMail, SentMail

EVERY: Final = timedelta(minutes=1)
MINUTES_WAITING: Final = 3
COMPOSER: Final = "campaign-mail"


def key_of(mail: PlannedMail, contact_id: int) -> str:
    """The key of the one message of this mail to this contact: its Message-ID follows it."""
    return f"{keys_of(mail.campaign_id)}{mail.pk}-{contact_id}"


def keys_of(campaign_id: int) -> str:
    """How the keys of all the messages of a campaign begin."""
    return f"campaign-{campaign_id}-"


def messages_of(campaign_id: int) -> QuerySet[OutboxItem]:
    """The messages of a campaign that have not left, those given up included."""
    return outbox.waiting(mailer.KIND).filter(key__startswith=keys_of(campaign_id))


def ask_for_due() -> None:
    """Called every minute."""
    for campaign in Campaign.objects.filter(pk__in=audience.due().order_by().values("campaign")):
        _ask(campaign)


@transaction.atomic
def _ask(campaign: Campaign) -> None:
    left = _allowance(campaign)
    for mail in audience.due().filter(campaign=campaign):
        if left <= 0:
            return
        contacts = list(audience.to_be_asked(mail)[:left])
        left -= len(contacts)
        answers = list(audience.uninvited_to_be_asked(mail)[:left])
        left -= len(answers)
        _note(mail, contacts, answers)


def _allowance(campaign: Campaign) -> int:
    """How many mails the campaign may ask for at this minute."""
    most = campaign.mails_a_minute
    recent = SentMail.objects.filter(mail__campaign=campaign, asked_at__gt=Now() - EVERY)
    waiting = messages_of(campaign.pk).filter(given_up_at=None)
    return min(most - recent.count(), MINUTES_WAITING * most - waiting.count())


def _note(mail: PlannedMail, contacts: list[Contact], answers: list[Answer]) -> None:
    sendings = [SentMail(mail=mail, contact=contact) for contact in contacts]
    sendings += [SentMail(mail=mail, answer=answer) for answer in answers]
    SentMail.objects.bulk_create(sendings)
    for contact in contacts:
        data = {"mail": mail.pk, "contact": contact.pk}
        compose_later(key_of(mail, contact.pk), COMPOSER, data)
    for answer in answers:
        key = f"{keys_of(mail.campaign_id)}{mail.pk}-answer-{answer.pk}"
        compose_later(key, COMPOSER, {"mail": mail.pk, "answer": answer.pk})


def register() -> None:
    """Called when the app is ready."""
    register_job(Job("campaign-mails", EVERY, ask_for_due))
