"""The life of an alert: asked for on the site, confirmed from the mailbox, stopped at any time.

Nothing here answers whoever asks: one learns of an address only by reading its mail.
"""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core import signing
from django.db import connection, transaction
from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from hub.core.mail import compose_later
from resources.facets import Selection, parse
from resources.following import Followed
from resources.models import SearchAlert
from resources.models.alert import digest_of
from resources.news import published_since

CONFIRMATION = "alert-confirmation"
UNCONFIRMED_FOR = timedelta(days=7)
WRITTEN_AGAIN_AFTER = timedelta(days=1)
MOST_UNCONFIRMED = 3
MOST_OF_AN_ADDRESS = 20
STOP_SALT = "alert-stop"


@transaction.atomic
def ask_for(email: str, followed: Followed) -> None:
    """Keep the wish and write to the address, within what an address can be asked."""
    address = email.lower()
    _one_at_a_time(address)
    _outdated().filter(email=address).delete()
    wish = {
        "email": address,
        "locale": followed.selection.locale,
        "parameters": followed.parameters,
    }
    alert = SearchAlert.objects.filter(**wish).first() or _made(wish)
    now = timezone.now()
    if alert and (not alert.last_sent_at or alert.last_sent_at <= now - WRITTEN_AGAIN_AFTER):
        waiting = SearchAlert.objects.filter(pk=alert.pk, confirmed_at=None)
        waiting.update(created_at=now)
        SearchAlert.objects.filter(pk=alert.pk).update(last_sent_at=now)
        compose_later(f"alert-{alert.pk}", CONFIRMATION, {"alert": alert.pk})


def _made(wish: dict[str, Any]) -> SearchAlert | None:
    """A new alert, unless this address has enough of them."""
    others = SearchAlert.objects.filter(email=wish["email"])
    waiting = others.filter(confirmed_at=None).count()
    if waiting >= MOST_UNCONFIRMED or others.count() >= MOST_OF_AN_ADDRESS:
        return None
    return SearchAlert.objects.create(**wish)


def _one_at_a_time(address: str) -> None:
    """Two requests for an address follow each other; SQLite has one writer at a time anyway."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [address])


def asked_with(token: str) -> SearchAlert | None:
    """The alert that this token of a link confirms, or has confirmed."""
    recent = Q(created_at__gt=timezone.now() - UNCONFIRMED_FOR)
    found = SearchAlert.objects.filter(token_hash=digest_of(token))
    return found.filter(recent | Q(confirmed_at__isnull=False)).first()


def confirm(alert: SearchAlert) -> None:
    """From now on what is published is told; what stands there already is not new."""
    now = timezone.now()
    known = [hit.page_id for hit in published_since(state_of(alert), now)]
    SearchAlert.objects.filter(pk=alert.pk, confirmed_at=None).update(
        confirmed_at=now, seen_until=now, seen=known
    )


def stop(digest: str) -> None:
    """Forget an alert with its address; one that is gone is gone."""
    SearchAlert.objects.filter(token_hash=digest).delete()


def stop_address(alert: SearchAlert) -> str:
    """The whole address of the page that stops an alert, in the language of its mails.

    Signed instead of kept: every message can carry it, and nothing that is stored gives it.
    """
    code = signing.Signer(salt=STOP_SALT).sign(alert.token_hash)
    with override(alert.locale):
        return f"{settings.BASE_URL}{reverse('alert_stop', args=[code])}"


def stopped_by(code: str) -> str | None:
    """The digest of the alert that this code of a link stops; None when we did not write it."""
    try:
        return signing.Signer(salt=STOP_SALT).unsign(code)
    except signing.BadSignature:
        return None


def state_of(alert: SearchAlert) -> Selection:
    """What is followed; with its problems when a value no longer means anything."""
    return parse(QueryDict(alert.parameters), alert.locale)


def forget_unconfirmed() -> None:
    _outdated().delete()


def _outdated() -> QuerySet[SearchAlert]:
    ended = timezone.now() - UNCONFIRMED_FOR
    return SearchAlert.objects.filter(confirmed_at=None, created_at__lte=ended)
