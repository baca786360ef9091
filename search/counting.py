"""Counts what readers search for: the words and the day, nothing of the reader.

A page of results carries a token that says what was asked; the reader's browser sends it back once
the page is seen, so that reading writes nothing. The token is the same all day for the same search,
and so is the page. It is signed: only what this site was really asked is counted.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from django.core import signing
from django.db import transaction
from django.db.models import Case, F, QuerySet, Value, When
from django.utils import timezone

from search.analysis import DEFAULT_LANGUAGE, analyser
from search.models import SearchCount
from search.query import clean

LONGEST = 200
KEPT = timedelta(days=396)  # thirteen months
# Beyond, new queries of a day are not kept: no more than a robot would make.
MOST_A_DAY = 5_000
# A mail address; six digits in a row; nine or more in groups, as telephone and account numbers.
_PERSONAL = re.compile(r"\S@\S|\d{6}|\d(?:[\s.,/()-]{0,2}\d){8}")
_signer = signing.Signer(salt="search.counting")


class Event(StrEnum):
    """What a browser says of a page of results."""

    SEEN = "seen"
    CLICKED = "clicked"


class Asked(NamedTuple):
    """A search that a reader made; `day` in ISO form."""

    query: str
    locale: str
    found: bool
    day: str


class WrongTokenError(ValueError):
    """The token is not one of this site, or is too old."""


def token_for(query: str, locale: str, *, found: bool) -> str:
    """What the page of a search carries, or "" for a search that is not counted."""
    text = clean(query)
    if not folded(text) or looks_personal(text):
        return ""
    return _signer.sign_object(Asked(text, locale, found, timezone.localdate().isoformat()))


def read(token: str) -> Asked:
    """The search of a token of today or yesterday; raises WrongTokenError otherwise."""
    try:
        asked = Asked(*_signer.unsign_object(token))
        day = date.fromisoformat(asked.day)
    except (signing.BadSignature, ValueError, TypeError) as error:
        raise WrongTokenError("this token is not ours") from error
    if not timedelta(0) <= timezone.localdate() - day <= timedelta(days=1):
        raise WrongTokenError("this token is too old")
    return asked


def folded(query: str) -> str:
    """The words of a query as they are compared: no capital, no accent, no elided article."""
    return " ".join(analyser(DEFAULT_LANGUAGE).words(query))[:LONGEST].rstrip()


def looks_personal(query: str) -> bool:
    """Whether a query may name somebody: a mail address, a telephone or file number."""
    return _PERSONAL.search(query) is not None


def count(asked: Asked, event: Event) -> None:
    """Count one event. A click counts only for a search that was counted."""
    rows = SearchCount.objects.filter(day=asked.day, locale=asked.locale, query=folded(asked.query))
    if event is Event.CLICKED:
        rows.update(clicks=F("clicks") + 1)
        return
    with transaction.atomic():
        if not _count_in(rows, asked) and _has_room(asked.day):
            SearchCount.objects.get_or_create(
                day=asked.day,
                locale=asked.locale,
                query=folded(asked.query),
                defaults={"shown": asked.query},
            )
            _count_in(rows, asked)


def _count_in(rows: QuerySet[SearchCount], asked: Asked) -> int:
    """Add one search to its row, and one voice to its spelling; return how many rows there were."""
    voice = Value(asked.query)
    return rows.update(
        searches=F("searches") + 1,
        without_result=F("without_result") + (0 if asked.found else 1),
        shown=Case(When(lead=0, then=voice), default=F("shown")),
        lead=Case(
            When(shown=asked.query, then=F("lead") + 1),
            When(lead=0, then=Value(1)),
            default=F("lead") - 1,
        ),
    )


def _has_room(day: str) -> bool:
    return SearchCount.objects.filter(day=day).count() < MOST_A_DAY


def purge() -> int:
    """Delete what is older than thirteen months; return how many rows."""
    return SearchCount.objects.filter(day__lt=timezone.localdate() - KEPT).delete()[0]
