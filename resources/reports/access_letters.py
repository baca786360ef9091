"""The mails that bring somebody back to an answer: a lost link, a link that a colleague hands over.

They are written when they leave: whoever asks on the site learns nothing, nor by the time it takes.
"""

import uuid
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from django.conf import settings
from django.db.models import Q
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from hub.core.mail import Letter, compose_later, message_id, register_composer
from hub.core.models import FederationSettings
from resources.reports.access import is_open_to_its_coops
from resources.reports.access_secrets import (
    NO_LINK,
    digest_of,
    handed_lately,
    handed_link,
    new_link,
)
from resources.reports.models import AccessLink, Answer, Contact, Participant

LOST, HANDED = "lost-link", "handed-link"
MOST_LINKS_A_DAY: Final = 12  # of one address: each attempt to send makes one
MOST_HANDED: Final = 40
BY_A_MACHINE = {"Auto-Submitted": "auto-generated"}


def ask_for_link(email: str, language: str) -> None:
    """Have a new link sent to this address, if it is one of somebody who may answer."""
    address = email.strip().lower()
    compose_later(
        f"{LOST}-{digest_of(address)[:40]}", LOST, {"email": address, "language": language}
    )


def hand_over(participant: Participant | None, answer: Answer | None, email: str) -> None:
    """Have one more link to an answer sent to a colleague."""
    about = {
        "answer": answer.pk if answer else None,
        "participant": participant.pk if participant else None,
        "email": email.strip(),
    }
    compose_later(f"{HANDED}-{uuid.uuid4()}", HANDED, about)


def lost_link(data: Mapping[str, Any]) -> Letter | None:
    """Every answer that this address may open, each with a new link; nothing for a stranger."""
    found = list(links_of(data["email"]))
    if not found:
        return None
    with override(data["language"]):
        return letter_to(data["email"], _("Your link to the questionnaire"), "lost_link", found)


def handed(data: Mapping[str, Any]) -> Letter | None:
    participant = Participant.objects.filter(pk=data["participant"]).first()
    answer = Answer.objects.filter(pk=data["answer"]).first()
    known = participant or answer
    if known is None or _is_full(participant, answer):
        return None
    link = handed_link(participant, answer)
    found = [{"coop": _name(participant, answer), "campaign": known.campaign, "link": link}]
    subject = _("A colleague hands you the questionnaire of your co-operative")
    return letter_to(data["email"], subject, "handed_link", found)


def links_of(email: str) -> Iterator[dict[str, Any]]:
    now = timezone.now()
    contacts = Contact.objects.filter(email__iexact=email).select_related(
        "participant__campaign", "participant__organisation", "participant__answer"
    )
    for contact in contacts:
        campaign = contact.participant.campaign
        answer = getattr(contact.participant, "answer", None)
        few = contact.links.filter(_new(now)).count() < MOST_LINKS_A_DAY
        if few and is_open_to_its_coops(campaign, answer):
            name = contact.participant.organisation.name
            yield {"coop": name, "campaign": campaign, "link": new_link(contact=contact)}
    alone = Answer.objects.filter(
        participant=None, email__iexact=email, verified_at__isnull=False, is_test=False
    )
    for answer in alone.select_related("campaign", "organisation"):
        few = answer.links.filter(_new(now)).count() < MOST_LINKS_A_DAY
        if few and is_open_to_its_coops(answer.campaign, answer):
            link = new_link(answer=answer)
            yield {"coop": _name(None, answer), "campaign": answer.campaign, "link": link}


def _is_full(participant: Participant | None, answer: Answer | None) -> bool:
    """A mail server that is away makes as many links as attempts: no more than this."""
    return handed_lately(participant, answer, timezone.now()).count() >= MOST_HANDED


def _new(now: datetime) -> Q:
    return Q(kind=AccessLink.Kind.LINK, made_at__gt=now - timedelta(days=1))


def _name(participant: Participant | None, answer: Answer | None) -> str:
    """What a stranger may have typed brings no link into a mailbox."""
    if participant is not None:
        return participant.organisation.name
    return answer.shown_name.translate(NO_LINK)[:80] if answer is not None else ""


def letter_to(to: str, subject: str, template: str, found: list[dict[str, Any]]) -> Letter:
    """Each attempt carries a link of its own: it is a message of its own."""
    context = {"found": found, "site_address": settings.BASE_URL}
    return Letter(
        to=to,
        subject=subject,
        body=render_to_string(f"mail/{template}.txt", context),
        reply_to=FederationSettings.load().contact_email,
        headers={**BY_A_MACHINE, "Message-ID": message_id(found[0]["link"])},
    )


def register() -> None:
    """Called when the app is ready."""
    register_composer(LOST, lost_link)
    register_composer(HANDED, handed)
