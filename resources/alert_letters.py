"""The messages about alerts, written at the moment they leave."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.models import Page

from hub.core.mail import Letter, message_id, register_composer
from hub.core.models import FederationSettings
from hub.core.visibility import visible
from resources.alerts import CONFIRMATION, state_of
from resources.cards import Card, card_of, readable_documents
from resources.digests import DIGEST
from resources.following import Followed
from resources.models import SearchAlert
from resources.types import resource_types
from resources.wishes import UNCONFIRMED_FOR, new_token, stop_address, stopping_headers

MOST_NAMED = 40
LONGEST_NAME = 80
# Without these, no mail program makes a link of a text.
NO_LINK = str.maketrans(dict.fromkeys("./:@\\\u3002", " "))
BY_A_MACHINE = {"Auto-Submitted": "auto-generated"}  # RFC 3834: nobody is away to such a message


def confirmation(data: Mapping[str, Any]) -> Letter | None:
    """Asks the address whether it wants the alert; or says that it has it, once it is confirmed."""
    alert = SearchAlert.objects.filter(pk=data["alert"]).first()
    if alert is None:
        return None
    with override(alert.locale):
        return _question(alert) or _letter(
            alert, _("You already have this alert: %(name)s"), "mail/alert_known.txt"
        )


def _question(alert: SearchAlert) -> Letter | None:
    """Two attempts are not the same message: each has a token and a Message-ID of its own.

    The name of the search may be a stranger's: it brings no link into the mailbox.
    """
    name = Followed.of(state_of(alert)).label.translate(NO_LINK)[:LONGEST_NAME]
    token = new_token(alert)
    if token is None:
        return None
    return _letter(
        alert,
        _("Confirm your alert: %(name)s"),
        "mail/alert_confirmation.txt",
        {
            "name": name,
            "confirmation_address": absolute("alert_confirmation", token),
            "days": UNCONFIRMED_FOR.days,
        },
        {"Message-ID": message_id(token)},
    )


def digest(data: Mapping[str, Any]) -> Letter | None:
    """Tells of those pages that anybody may read at this moment; nothing when none is left."""
    alert = SearchAlert.objects.filter(pk=data["alert"], confirmed_at__isnull=False).first()
    if alert is None:
        return None
    with override(alert.locale):
        cards = _cards(data["pages"], alert.locale)
        if not cards:
            return None
        return _letter(
            alert,
            _("New for your search: %(name)s"),
            "mail/alert_digest.txt",
            {"groups": _by_type(cards[:MOST_NAMED]), "others": max(0, len(cards) - MOST_NAMED)},
            stopping_headers(alert),
        )


def _cards(page_ids: Sequence[int], locale: str) -> list[Card]:
    """The cards of these pages, in their order, that the lists of this language show now."""
    readable = visible(Page.objects.filter(pk__in=page_ids)).values_list("pk", flat=True)
    rows = {row.page_id: row for row in readable_documents().filter(page_id__in=list(readable))}
    shown = [rows[pk] for pk in page_ids if pk in rows and locale in rows[pk].shown_in]
    return [card_of(row) for row in shown]


def _by_type(cards: Sequence[Card]) -> list[dict[str, Any]]:
    """Under the name of each type, the title and the whole address of its pages."""
    groups: dict[str, list[dict[str, str]]] = {value: [] for value in resource_types()}
    for card in cards:
        groups[card.type].append({"title": card.title, "address": _absolute(card.url)})
    return [
        {"name": str(resource_types()[value].type_label), "pages": pages}
        for value, pages in groups.items()
        if pages
    ]


def _letter(
    alert: SearchAlert,
    subject: str,
    template: str,
    more: Mapping[str, Any] | None = None,
    headers: Mapping[str, str] | None = None,
) -> Letter:
    followed = Followed.of(state_of(alert))
    context: dict[str, Any] = {
        "name": followed.label,
        "results_address": _absolute(followed.results_url),
        "latest_address": _absolute(followed.latest_url),
        "stop_address": stop_address(alert),
        "site_address": settings.BASE_URL,
        **(more or {}),
    }
    return Letter(
        to=alert.email,
        subject=subject % {"name": context["name"]},
        body=render_to_string(template, context),
        reply_to=FederationSettings.load().contact_email,
        headers={**BY_A_MACHINE, **(headers or {})},
    )


def _absolute(path: str) -> str:
    return f"{settings.BASE_URL}{path}"


def absolute(name: str, *args: object) -> str:
    """The whole address of a page of the site, by its name, in the active language."""
    return _absolute(reverse(name, args=args))


def register() -> None:
    """Called when the app is ready."""
    register_composer(CONFIRMATION, confirmation)
    register_composer(DIGEST, digest)
