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
from resources.models import Organisation
from resources.reports import access
from resources.reports.mailing import audience
from resources.reports.mailing.moments import moment_in_paris
from resources.reports.mailing.planning import COMPOSER
from resources.reports.mailing.stopping import stop_address, stopping_headers
from resources.reports.mailing.words import filled, one_line
from resources.reports.models import (
    Answer,
    Campaign,
    Contact,
    Participant,
    PlannedMail,
    SentMail,
)

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
    mail = sending.mail
    still = audience.may_leave().filter(pk=mail.pk).exists()
    if not still or not _is_concerned(sending):
        _settle(sending, Outcome.NOT_NEEDED)
        return None
    contact = sending.contact or _as_contact(sending.answer)
    with override(contact.language):
        whom = sending.contact or sending.answer
        letter = letter_of(mail, contact, link=_link(sending), stop=stop_address(whom))
        return replace(letter, headers={**letter.headers, **stopping_headers(whom)})


def _is_concerned(sending: SentMail) -> bool:
    if sending.contact is not None:
        return audience.audience(sending.mail).filter(pk=sending.contact_id).exists()
    return audience.uninvited(sending.mail).filter(pk=sending.answer_id).exists()


def _as_contact(answer: Answer) -> Contact:
    """Whoever sent an answer without an invitation, as a letter knows people; not saved."""
    coop = Organisation(name=answer.shown_name)
    contact = Contact(email=answer.email, language=answer.language)
    contact.participant = Participant(campaign=answer.campaign, organisation=coop)
    return contact


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


def _link(sending: SentMail) -> str:
    """To the answer of the co-op; results are for everybody to read."""
    mail, contact, answer = sending.mail, sending.contact, sending.answer
    language = contact.language if contact else answer.language
    if mail.kind == PlannedMail.Kind.RESULTS:
        return results_address(mail.campaign, language)
    # Tried again after a crash, the message that may have arrived keeps a link that opens.
    if contact is not None:
        return access.new_link(contact=contact, message=f"mail-{mail.pk}-{contact.pk}")
    return access.new_link(answer=answer, message=f"mail-{mail.pk}-answer-{answer.pk}")


def _sending(data: Mapping[str, Any]) -> SentMail | None:
    rows = SentMail.objects.select_related(
        "mail__campaign",
        "contact__participant__organisation",
        "contact__participant__campaign",
        "answer__campaign",
        "answer__organisation",
    )
    whom = {name: data[name] for name in ("contact", "answer") if name in data}
    return rows.filter(mail=data["mail"], **whom).first() if whom else None


def settled(data: Mapping[str, Any], refusal: str) -> None:
    """Called when the message has left, or when its address refuses it for good."""
    sending = _sending(data)
    if sending is None:
        return
    if refusal:
        _settle(sending, Outcome.REFUSED)
        active = Contact.objects.filter(pk=sending.contact_id, state=Contact.State.ACTIVE)
        active.update(state=Contact.State.BOUNCED, state_why=refusal[:200])
        Answer.objects.filter(pk=sending.answer_id).update(wants_no_mail=True)
        return
    _settle(sending, Outcome.SENT)
    if sending.contact and sending.mail.kind == PlannedMail.Kind.OPENING:
        invited = Participant.objects.filter(pk=sending.contact.participant_id, invited_at=None)
        invited.update(invited_at=timezone.now())


def _settle(sending: SentMail, outcome: str) -> None:
    rows = SentMail.objects.filter(pk=sending.pk)
    rows.update(outcome=outcome, settled_at=timezone.now())


def register() -> None:
    """Called when the app is ready."""
    register_composer(COMPOSER, compose, settled)
