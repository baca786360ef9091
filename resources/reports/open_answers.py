"""Answers without an invitation: an address is confirmed first, by the link that is sent there.

Nothing of it stands among the answers before. A campaign keeps few requests at a time, and fewer
still from browsers that did no proof of work, so that a flood fills neither mailboxes nor the queue.
"""

import secrets
from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from hub.core import jobs
from hub.core.mail import Letter, compose_later, register_composer
from resources.reports.access import Holder, entrance
from resources.reports.access_letters import letter_to, links_of
from resources.reports.access_secrets import NO_LINK, address_of, digest_of, first_link
from resources.reports.models import AccessLink, Answer, Campaign, Contact, OpenRequest
from resources.reports.questionnaire.merging import Typed
from resources.reports.questionnaire.values import field_name, read

COMPOSER: Final = "open-answer"
KEPT: Final = timedelta(days=3)
AGAIN_AFTER: Final = timedelta(minutes=10)
MOST_WAITING: Final = 200  # requests, and answers that nobody has looked at
MOST_WITHOUT_WORK: Final = 20  # an hour


class FullError(Exception):
    """There are as many requests as can be looked after."""


@transaction.atomic
def ask(campaign: Campaign, wanted: Mapping[str, Any], language: str) -> None:
    """Keep a request, and have the link sent that confirms its address. Raises FullError.

    The same address twice is one request, written to again after a while.
    """
    forget_old()
    Campaign.objects.select_for_update().get(pk=campaign.pk)
    requests = OpenRequest.objects.filter(campaign=campaign)
    kept = requests.filter(email=wanted["email"]).first()
    if kept is None:
        if _is_full(campaign, requests, worked=wanted["work"]):
            raise FullError
        kept = OpenRequest.objects.create(
            campaign=campaign,
            coop_name=wanted["coop_name"],
            email=wanted["email"],
            language=language,
            was_worked_for=wanted["work"],
        )
    elif kept.made_at > timezone.now() - AGAIN_AFTER:
        return
    else:
        requests.filter(pk=kept.pk).update(made_at=timezone.now())
    compose_later(f"{COMPOSER}-{kept.pk}", COMPOSER, {"request": kept.pk})


def _is_full(campaign: Campaign, requests: QuerySet[OpenRequest], *, worked: bool) -> bool:
    alone = Answer.objects.filter(campaign=campaign, participant=None, is_test=False)
    unread = alone.filter(state=Answer.State.RECEIVED).count()
    if max(requests.count(), unread) >= MOST_WAITING:
        return True
    hour = timezone.now() - timedelta(hours=1)
    lately = requests.filter(was_worked_for=False, made_at__gt=hour)
    return not worked and lately.count() >= MOST_WITHOUT_WORK


def letter(data: Mapping[str, Any]) -> Letter | None:
    """The link that opens the answer; to somebody who has one already, the links of those."""
    asked = OpenRequest.objects.select_related("campaign").filter(pk=data["request"]).first()
    if asked is None or not asked.campaign.is_open():
        return None
    known = Contact.objects.filter(participant__campaign=asked.campaign, email__iexact=asked.email)
    begun = Answer.objects.filter(campaign=asked.campaign, participant=None, email=asked.email)
    with override(asked.language):
        if known.exists() or begun.exists():
            asked.delete()
            found = list(links_of(asked.email))
            subject = _("Your link to the questionnaire")
            return letter_to(asked.email, subject, "lost_link", found) if found else None
        secret = secrets.token_urlsafe(32)
        OpenRequest.objects.filter(pk=asked.pk).update(digest=digest_of(secret))
        name = asked.coop_name.translate(NO_LINK)[:80]
        found = [{"coop": name, "campaign": asked.campaign, "link": address_of(secret)}]
        subject = _("Confirm your address to answer the questionnaire")
        return letter_to(asked.email, subject, "open_answer", found)


def asked_with(secret: str) -> OpenRequest | None:
    """The request that this link confirms, while the campaign is open."""
    recent = OpenRequest.objects.filter(made_at__gt=timezone.now() - KEPT)
    asked = recent.select_related("campaign").filter(digest=digest_of(secret)).first()
    return asked if asked and asked.campaign.is_open() else None


@transaction.atomic
def confirm(secret: str) -> Holder | None:
    """Begin the answer; from now on the link of the mail is its link. Twice is once."""
    asked = asked_with(secret)
    if asked is not None and OpenRequest.objects.filter(pk=asked.pk).delete()[0]:
        values = _start(asked)
        answer = Answer.objects.create(
            campaign=asked.campaign,
            coop_name=asked.coop_name,
            email=asked.email,
            verified_at=timezone.now(),
            language=asked.language,
            values=values,
        )
        first_link(answer, asked.digest).save()
    return entrance(secret, AccessLink.Kind.LINK)


def _start(asked: OpenRequest) -> dict[str, Any]:
    """The name that was typed is not asked a second time."""
    named = [q for q in asked.campaign.shape if q.prefill == "organisation.name"]
    found = {q.key: read(q, Typed({field_name(q.key): [asked.coop_name]})).value for q in named}
    return {key: value for key, value in found.items() if value}


def forget_old() -> None:
    OpenRequest.objects.filter(made_at__lte=timezone.now() - KEPT).delete()


def register() -> None:
    """Called when the app is ready."""
    register_composer(COMPOSER, letter)
    jobs.register(
        jobs.Job("requests to answer that nobody confirmed", timedelta(hours=6), forget_old)
    )
