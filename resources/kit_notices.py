"""Tells by mail those who asked for it that a kit has a new version: a kind of wish."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from hub.core.languages import current_language
from hub.core.mail import Letter, compose_later, message_id, register_composer
from hub.core.models import FederationSettings
from hub.core.visibility import visible
from resources.alert_letters import BY_A_MACHINE, absolute
from resources.kit_history import lines_about
from resources.kit_versions import version_made
from resources.models import KitFollower, KitPage, KitVersion
from resources.wishes import (
    UNCONFIRMED_FOR,
    Kind,
    Subject,
    ask,
    new_token,
    register_kind,
    stop_address,
    stopping_headers,
)

NAME = "kit-notice"
CONFIRMATION, VERSION = "kit-notice-confirmation", "kit-notice-version"


def ask_for(email: str, kit: KitPage) -> None:
    """Keep the wish to be told of the next versions, and write to the address."""
    locale = current_language()
    ask(KitFollower, email, {"kit": kit}, {"locale": locale})


def tell(version: KitVersion, **_options: Any) -> None:
    """Ask for one message to each follower, in the transaction that makes the version known.

    A version in which only words changed is told to nobody.
    """
    before = KitVersion.objects.filter(kit=version.kit_id, number=version.number - 1).first()
    if before and before.facts == version.facts:
        return
    followers = KitFollower.objects.filter(
        kit=version.kit_id, confirmed_at__isnull=False, told__lt=version.number
    )
    for pk in list(followers.values_list("pk", flat=True)):
        data = {NAME: pk, "version": version.pk}
        compose_later(f"{NAME}-{pk}-{version.number}", VERSION, data)
    followers.update(told=version.number, last_sent_at=timezone.now())


# -- Letters -----------------------------------------------------------------------------------
def confirmation(data: Mapping[str, Any]) -> Letter | None:
    """Asks the address whether it wants this; or says that it has it, once it is confirmed."""
    follower = _follower(data)
    if follower is None:
        return None
    with override(follower.locale):
        token = new_token(follower)
        if token is None:
            subject = _("You already follow this kit: %(name)s")
            return _letter(follower, subject, "mail/kit_known.txt", {}, {})
        return _letter(
            follower,
            _("Confirm: the next versions of %(name)s"),
            "mail/kit_confirmation.txt",
            {
                "confirmation_address": absolute("alert_confirmation", token),
                "days": UNCONFIRMED_FOR.days,
            },
            {"Message-ID": message_id(token)},
        )


def news(data: Mapping[str, Any]) -> Letter | None:
    """Tells of a version, if its zip may still be given at this moment."""
    follower = _follower(data)
    version = KitVersion.objects.filter(pk=data["version"]).first()
    if follower is None or not follower.confirmed_at or version is None:
        return None
    kit = visible(KitPage.objects.filter(pk=follower.kit_id)).first()
    if kit is None or version not in kit.kept_versions or not kit.may_give(version):
        return None
    with override(follower.locale):
        titles = {pk: page.title for pk, page in kit.readable.items()}
        return _letter(
            follower,
            _("New version of %(name)s"),
            "mail/kit_version.txt",
            {"version": version, "lines": lines_about(version, titles)},
            stopping_headers(follower),
        )


def _follower(data: Mapping[str, Any]) -> KitFollower | None:
    return KitFollower.objects.select_related("kit").filter(pk=data[NAME]).first()


def _letter(
    follower: KitFollower,
    subject: str,
    template: str,
    more: Mapping[str, Any],
    headers: Mapping[str, str],
) -> Letter:
    context = {
        "name": follower.kit.title,
        "kit_address": follower.kit.get_full_url(),
        "stop_address": stop_address(follower),
        "site_address": settings.BASE_URL,
        **more,
    }
    return Letter(
        to=follower.email,
        subject=subject % {"name": context["name"]},
        body=render_to_string(template, context),
        reply_to=FederationSettings.load().contact_email,
        headers={**BY_A_MACHINE, **headers},
    )


# -- The kind ----------------------------------------------------------------------------------
def _begin(follower: KitFollower) -> dict[str, Any]:
    """What is there already is not news."""
    latest = KitVersion.objects.filter(kit=follower.kit_id).order_by("-number").first()
    return {"told": latest.number if latest else 0}


def _subject(follower: KitFollower) -> Subject:
    return Subject(follower.kit.title, follower.kit.get_url() or "/", _("Back to the kit"))


def _texts() -> Mapping[str, str]:
    return {
        "asked": _("You ask to be told by e-mail of each new version of this kit:"),
        "on": _("You will get one message for each new version of this kit:"),
        "stop": _("You will receive nothing more about this kit, and your address is erased:"),
    }


def register() -> None:
    """Called when the app is ready."""
    register_kind(Kind(KitFollower, NAME, CONFIRMATION, _begin, _subject, _texts))
    register_composer(CONFIRMATION, confirmation)
    register_composer(VERSION, news)
    version_made.connect(tell, dispatch_uid="kit notices")
