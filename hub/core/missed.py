"""Counts the addresses that readers ask for and do not find: the path and the day, nothing of them.

The page that says « not found » carries a token; the browser of a reader sends it back. So reading
writes nothing, and what knocks at every door without being a browser is not counted.
"""

import re
from datetime import date, timedelta
from typing import Final, NamedTuple

from django.core import signing
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from hub.core.models import MissedAddress
from hub.core.old_addresses import LONGEST

KEPT: Final = timedelta(days=90)
MOST_A_DAY: Final = 500
# What robots look for on every site of the world, and what this one never had.
_NOISE: Final = re.compile(
    r"/(?:wp-|wordpress|xmlrpc|cgi-bin|phpmyadmin|pma|vendor/|\.|autodiscover|owa/|solr|boaform|hnap1"
    r"|actuator|telescope|_ignition|administrator|admin)"
    r"|\.(?:php\d?|aspx?|jspx?|cgi|env|sql|bak|ini|ya?ml|log|do|action|map)$|[<>\"'\\|]|\.\./",
    re.IGNORECASE,
)
# A mail address; nine digits or more, as in a telephone number.
_PERSONAL: Final = re.compile(r"@|\d(?:[\s.-]?\d){8}")
_signer = signing.Signer(salt="hub.core.missed")


class Missed(NamedTuple):
    """``day`` in ISO form."""

    path: str
    day: str


class WrongTokenError(ValueError):
    """The token is not one of this site, or is too old."""


def token_for(path: str) -> str:
    """What the page of an address that is not there carries; empty for what is not counted."""
    if len(path) > LONGEST or _NOISE.search(path) or _PERSONAL.search(path):
        return ""
    return _signer.sign_object(Missed(path, timezone.localdate().isoformat()))


def read(token: str) -> Missed:
    """The address of a token of today or yesterday; raises WrongTokenError otherwise."""
    try:
        missed = Missed(*_signer.unsign_object(token))
        day = date.fromisoformat(missed.day)
    except (signing.BadSignature, ValueError, TypeError) as error:
        raise WrongTokenError("this token is not ours") from error
    if not timedelta(0) <= timezone.localdate() - day <= timedelta(days=1):
        raise WrongTokenError("this token is too old")
    return missed


def count(missed: Missed) -> None:
    """Count once. Beyond ``MOST_A_DAY`` addresses in a day, new ones are not kept."""
    rows = MissedAddress.objects.filter(day=missed.day, path=missed.path)
    with transaction.atomic():
        if rows.update(times=F("times") + 1):
            return
        if MissedAddress.objects.filter(day=missed.day).count() < MOST_A_DAY:
            MissedAddress.objects.get_or_create(day=missed.day, path=missed.path)
            rows.update(times=F("times") + 1)


def purge() -> int:
    """Delete what is older than ninety days; return how many rows."""
    return MissedAddress.objects.filter(day__lt=timezone.localdate() - KEPT).delete()[0]
