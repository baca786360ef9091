"""Writes each mail of a campaign at the moment it leaves, to whom it still concerns."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, Final

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import override

from hub.core.mail import Letter, register_composer
from hub.core.models import FederationSettings
from resources.reports import access
from resources.reports.mailing import audience
from resources.reports.mailing.moments import moment_in_paris
from resources.reports.mailing.planning import COMPOSER
from resources.reports.mailing.stopping import stop_address, stopping_headers
from resources.reports.mailing.words import filled, one_line
from resources.reports.models import Campaign, Contact, Participant, PlannedMail, SentMail

Outcome = SentMail.Outcome
_results: list[Callable[[Campaign, str], str]] = []
BY_A_MACHINE: Final = {"Auto-Submitted": "auto-generated"}  # RFC 3834: nobody is away to it


def compose(data: Mapping[str, Any]) -> Letter | None:
    """The mail as it is true now; nothing when its contact has answered, stopped or gone.

    Each attempt has a link of its own: none is kept anywhere.
    """
    sending = _sending(data)
    if sending is None or sending.outcome in (Outcome.SENT, Outcome.NOT_NEEDED):
        return None
    mail, contact = sending.mail, sending.contact
    still = audience.may_leave().filter(pk=mail.pk).exists()
    if not still or not audience.audience(mail).filter(pk=contact.pk).exists():
        _settle(sending, Outcome.NOT_NEEDED)
        return None
    with override(contact.language):
        letter = letter_of(mail, contact, link=_link(mail, contact), stop=stop_address(contact))
        return replace(letter, headers={**letter.headers, **stopping_headers(contact)})


def letter_of(mail: PlannedMail, contact: Contact, *, link: str, stop: str) -> Letter:
    """The letter in the active language, with these links in it."""
    subject, text = words_of(mail, contact, link=link)
    body = render_to_string(
        "mail/campaign_mail.txt",
        {
            "text": text,
            "stop_address": stop,
            "site_address": settings.BASE_URL,
        },
    )
    return Letter(
        to=contact.email,
        subject=subject,
        body=body,
        reply_to=FederationSettings.load().contact_email,
        headers=BY_A_MACHINE,
    )


def words_of(mail: PlannedMail, contact: Contact, *, link: str) -> tuple[str, str]:
    """The subject and the text, their variables replaced."""
    values = {
        "coop": contact.participant.organisation.name,
        "name": contact.name,
        "link": link,
        "closing": moment_in_paris(mail.campaign.closes_at),
        "campaign": mail.campaign.title,
    }
    return one_line(filled(mail.subject, values)), filled(mail.body, values)


def register_results(find: Callable[[Campaign, str], str]) -> None:
    """Say where the results of a campaign are read in a language, "" before they are out.

    Called when an app is ready. Without it, the mail of results leads to the campaign itself.
    """
    _results.append(find)


def results_address(campaign: Campaign, language: str) -> str:
    """The whole address where anybody reads the results."""
    found = next((address for find in _results if (address := find(campaign, language))), "")
    return found or f"{settings.BASE_URL}{campaign.get_absolute_url()}"


def _link(mail: PlannedMail, contact: Contact) -> str:
    """To the answer of the co-op; results are for everybody to read."""
    if mail.kind == PlannedMail.Kind.RESULTS:
        return results_address(mail.campaign, contact.language)
    # Tried again after a crash, the message that may have arrived keeps a link that opens.
    return access.new_link(contact=contact, message=f"mail-{mail.pk}-{contact.pk}")


def _sending(data: Mapping[str, Any]) -> SentMail | None:
    rows = SentMail.objects.select_related(
        "mail__campaign", "contact__participant__organisation", "contact__participant__campaign"
    )
    return rows.filter(mail=data["mail"], contact=data["contact"]).first()


def settled(data: Mapping[str, Any], refusal: str) -> None:
    """Called when the message has left, or when its address refuses it for good."""
    sending = _sending(data)
    if sending is None:
        return
    if refusal:
        _settle(sending, Outcome.REFUSED)
        active = Contact.objects.filter(pk=sending.contact_id, state=Contact.State.ACTIVE)
        active.update(state=Contact.State.BOUNCED, state_why=refusal[:200])
        return
    _settle(sending, Outcome.SENT)
    if sending.mail.kind == PlannedMail.Kind.OPENING:
        invited = Participant.objects.filter(pk=sending.contact.participant_id, invited_at=None)
        invited.update(invited_at=timezone.now())


def _settle(sending: SentMail, outcome: str) -> None:
    rows = SentMail.objects.filter(pk=sending.pk)
    rows.update(outcome=outcome, settled_at=timezone.now())


def register() -> None:
    """Called when the app is ready."""
    register_composer(COMPOSER, compose, settled)
