"""What should have been read again by now: resources and legal values past their review date.

Their owner is told by mail, once for a date; the federation, where there is no owner with an address.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import blake2b
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext, override

from hub.core.jobs import Job
from hub.core.jobs import register as register_job
from hub.core.mail import Letter, compose_later, register_composer
from hub.core.models import FederationSettings
from resources.models import LegalRecord, ResourcePage, ReviewNotice

LETTER = "review-overdue"
EVERY = timedelta(hours=6)
BY_A_MACHINE = {"Auto-Submitted": "auto-generated"}


@dataclass(frozen=True, slots=True)
class Overdue:
    """A page or a legal value, and the person to tell (None: the federation)."""

    kind: str
    pk: int
    due: date
    person: int | None = None

    @property
    def key(self) -> str:
        return f"{self.kind}-{self.pk}-{self.due.isoformat()}"


def overdue_pages(today: date) -> QuerySet[ResourcePage]:
    """The published resources whose review date has passed, the oldest first."""
    return ResourcePage.objects.live().filter(review_on__lt=today).order_by("review_on", "pk")


def overdue_values(today: date) -> QuerySet[LegalRecord]:
    """The legal values whose review date has passed, the oldest first."""
    return LegalRecord.objects.filter(next_review__lt=today).order_by("next_review", "pk")


def tell() -> None:
    """Ask for a message to each person about what has become overdue since the last one."""
    told = set(ReviewNotice.objects.values_list("key", flat=True))
    fresh = [item for item in _all(timezone.localdate()) if item.key not in told]
    federation = bool(FederationSettings.load().contact_email)
    by_person: dict[int | None, list[Overdue]] = {}
    for item in fresh:
        if item.person is not None or federation:
            by_person.setdefault(item.person, []).append(item)
    with transaction.atomic():
        for person, items in by_person.items():
            keys = [item.key for item in items]
            ReviewNotice.objects.bulk_create([ReviewNotice(key=key) for key in keys])
            digest = blake2b(" ".join(keys).encode(), digest_size=8).hexdigest()
            data = {"person": person} | {
                kind: [item.pk for item in items if item.kind == kind] for kind in ("page", "legal")
            }
            compose_later(f"review-{person or 'federation'}-{digest}", LETTER, data)


def _all(today: date) -> list[Overdue]:
    reached = set(
        get_user_model()
        .objects.filter(is_active=True)
        .exclude(email="")
        .values_list("pk", flat=True)
    )
    pages = overdue_pages(today).values_list("pk", "review_on", "owner_id")
    values = overdue_values(today).values_list("pk", "next_review")
    return [
        *(
            Overdue("page", pk, due, owner if owner in reached else None)
            for pk, due, owner in pages
        ),
        *(Overdue("legal", pk, due) for pk, due in values),
    ]


def letter(data: Mapping[str, Any]) -> Letter | None:
    """What is still overdue when the message leaves; None when all of it was seen to."""
    today = timezone.localdate()
    rows = [
        (page.title, page.review_on, reverse("wagtailadmin_pages:edit", args=[page.pk]))
        for page in overdue_pages(today).filter(pk__in=data["page"])
    ]
    rows += [
        (
            record.title,
            record.next_review,
            reverse("wagtailsnippets_resources_legalrecord:edit", args=[record.pk]),
        )
        for record in overdue_values(today).filter(pk__in=data["legal"])
    ]
    to = _address(data["person"])
    if not rows or not to:
        return None
    with override("fr"):
        subject = ngettext(
            "%(number)s text to read again", "%(number)s texts to read again", len(rows)
        )
        items = [{"title": t, "due": d, "address": f"{settings.BASE_URL}{a}"} for t, d, a in rows]
        context = {"items": items, "site_address": settings.BASE_URL}
        body = render_to_string("mail/review_overdue.txt", context)
        return Letter(to, subject % {"number": len(rows)}, body, headers=BY_A_MACHINE)


def _address(person: int | None) -> str:
    found = get_user_model().objects.filter(pk=person, is_active=True).first() if person else None
    return (found.email if found else "") or FederationSettings.load().contact_email


def register() -> None:
    """Called when the app is ready."""
    register_composer(LETTER, letter)
    register_job(Job("reviews", EVERY, tell))
