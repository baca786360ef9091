"""The life of a wish to be written to: asked for on the site, confirmed from the mailbox, stopped.

Nothing here answers whoever asks: one learns of an address only by reading its mail. What the
wish is about is its model’s own; each registers its kind.
"""

import secrets
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, TypeVar

from django.conf import settings
from django.core import signing
from django.db import connection, transaction
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from hub.core.mail import compose_later
from resources.models.wish import MailWish, digest_of

UNCONFIRMED_FOR = timedelta(days=7)
WRITTEN_AGAIN_AFTER = timedelta(days=1)
MOST_UNCONFIRMED = 3
MOST_OF_AN_ADDRESS = 20
STOP_SALT = "alert-stop"


@dataclass(frozen=True)
class Subject:
    """What a wish is about, for people: its name, its page, what the link to it says."""

    label: str
    url: str
    link: str


@dataclass(frozen=True)
class Kind:
    """One kind of wish. Texts are asked for in the language of the reader.

    ``confirmation`` names the composer of its first message; ``begin`` returns the fields that
    change when the wish is confirmed; the texts say what one agrees to, what is on, what stops.
    """

    model: type[MailWish]
    name: str
    confirmation: str
    begin: Callable[[Any], Mapping[str, Any]]
    subject: Callable[[Any], Subject]
    texts: Callable[[], Mapping[str, str]]


_kinds: dict[type[MailWish], Kind] = {}
Wish = TypeVar("Wish", bound=MailWish)


def register_kind(kind: Kind) -> None:
    """Called when the app is ready."""
    _kinds[kind.model] = kind


def kind_of(wish: MailWish) -> Kind:
    return _kinds[type(wish)]


@transaction.atomic
def ask(
    model: type[MailWish], email: str, wish: Mapping[str, Any], rest: Mapping[str, Any]
) -> None:
    """Keep the wish and write to the address, within what an address can be asked.

    ``wish`` tells it from the others of this address; ``rest`` is kept with a new one.
    """
    address = email.lower()
    _one_at_a_time(address)
    _outdated(model).filter(email=address).delete()
    wanted = {"email": address, **wish}
    kept = model._default_manager.filter(**wanted).first() or _made(model, wanted, rest)
    now = timezone.now()
    if kept and (not kept.last_sent_at or kept.last_sent_at <= now - WRITTEN_AGAIN_AFTER):
        row = model._default_manager.filter(pk=kept.pk)
        row.filter(confirmed_at=None).update(created_at=now)
        row.update(last_sent_at=now)
        kind = _kinds[model]
        compose_later(f"{kind.name}-{kept.pk}", kind.confirmation, {kind.name: kept.pk})


def _made(
    model: type[MailWish], wish: Mapping[str, Any], rest: Mapping[str, Any]
) -> MailWish | None:
    """A new wish, unless this address has enough of them."""
    others = model._default_manager.filter(email=wish["email"])
    waiting = others.filter(confirmed_at=None).count()
    if waiting >= MOST_UNCONFIRMED or others.count() >= MOST_OF_AN_ADDRESS:
        return None
    return model._default_manager.create(**wish, **rest)


def _one_at_a_time(address: str) -> None:
    """Two requests for an address follow each other; SQLite has one writer at a time anyway."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [address])


def new_token(wish: MailWish) -> str | None:
    """A secret for the link that confirms a wish, of which only the digest is kept.

    Each attempt to write carries its own, so that none is kept anywhere. None once confirmed.
    """
    token = secrets.token_urlsafe(32)
    waiting = type(wish)._default_manager.filter(pk=wish.pk, confirmed_at=None)
    return token if waiting.update(token_hash=digest_of(token)) else None


def asked_with(token: str) -> MailWish | None:
    """The wish that this token of a link confirms, or has confirmed."""
    recent = Q(created_at__gt=timezone.now() - UNCONFIRMED_FOR)
    return _first(recent | Q(confirmed_at__isnull=False), token_hash=digest_of(token))


def found_by(digest: str) -> MailWish | None:
    return _first(token_hash=digest)


def _first(*conditions: Q, **fields: Any) -> MailWish | None:
    rows: Iterable[MailWish | None] = (
        model._default_manager.filter(*conditions, **fields).first() for model in _kinds
    )
    return next((row for row in rows if row), None)


def confirm(wish: MailWish) -> None:
    """From now on the wish is granted; a second time changes nothing."""
    waiting = type(wish)._default_manager.filter(pk=wish.pk, confirmed_at=None)
    if waiting.exists():
        waiting.update(confirmed_at=timezone.now(), **kind_of(wish).begin(wish))


def stop(digest: str) -> None:
    """Forget a wish with its address; one that is gone is gone."""
    for model in _kinds:
        model._default_manager.filter(token_hash=digest).delete()


def stop_address(wish: MailWish) -> str:
    """The whole address of the page that stops a wish, in the language of its mails.

    Signed instead of kept: every message can carry it, and nothing that is stored gives it.
    """
    code = signing.Signer(salt=STOP_SALT).sign(wish.token_hash)
    with override(wish.locale):
        return f"{settings.BASE_URL}{reverse('alert_stop', args=[code])}"


def stopping_headers(wish: MailWish) -> dict[str, str]:
    """What lets a mail program stop a wish in one click (RFC 8058)."""
    return {
        "List-Unsubscribe": f"<{stop_address(wish)}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }


def stopped_by(code: str) -> str | None:
    """The digest of the wish that this code of a link stops; None when we did not write it."""
    try:
        return signing.Signer(salt=STOP_SALT).unsign(code)
    except signing.BadSignature:
        return None


def forget_unconfirmed() -> None:
    for model in _kinds:
        _outdated(model).delete()


def _outdated(model: type[MailWish]) -> QuerySet[Any]:
    ended = timezone.now() - UNCONFIRMED_FOR
    return model._default_manager.filter(confirmed_at=None, created_at__lte=ended)
