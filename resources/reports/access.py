"""Who may open which answer: a secret is exchanged for a cookie, and the cookie is the way in.

From the first click on, no address holds the secret. The cookie names one link; a link that is
revoked closes the door at once, a link that a newer mail replaces only stops being an entrance, so
that a reminder throws nobody out of a form half filled.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import wraps
from typing import Any, Final

from django.conf import settings
from django.core import signing
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache

from resources.reports.access_secrets import (
    KEPT_AFTER_CLOSING,
    digest_of,
    entrances,
    handed_link,
    new_code,
    new_link,
    revoke,
)
from resources.reports.models import AccessLink, Answer, Campaign, Participant, Phase

__all__ = [
    "Holder", "answer_for", "handed_link", "holder_of", "is_open_to_its_coops", "new_code", "new_link", "revoke",
    "with_answer", "with_holder",
]  # fmt: skip

COOKIE_LIFETIME: Final = timedelta(days=60)
SALT: Final = "answer-cookie"
SAFE: Final = ("GET", "HEAD")


@dataclass(frozen=True)
class Holder:
    """Whoever holds the cookie of an answer. ``answer`` is None until the draft is begun."""

    campaign: Campaign
    link: AccessLink
    answer: Answer | None

    @property
    def participant(self) -> Participant | None:
        return self.link.participant

    @property
    def name(self) -> str:
        """The co-op whose answer it is, for people."""
        if self.answer is not None:
            return self.answer.shown_name
        return str(self.participant or "")


# -- The way in ------------------------------------------------------------------------------------


def entrance(secret: str, kind: str) -> Holder | None:
    """Whoever shows this secret; None when it opens nothing (any more)."""
    digest = digest_of(secret)
    holder = _holder(entrances(timezone.now()).filter(digest=digest, kind=kind))
    if holder is None or not constant_time_compare(holder.link.digest, digest):
        return None
    return holder


def holder_of(request: HttpRequest, slug: str) -> Holder | None:
    """Whoever asks, by the cookie of this campaign. Read once for a request. One query."""
    known: dict[str, Holder | None] = request.__dict__.setdefault("_answer_holders", {})
    if slug not in known:
        known[slug] = _by_cookie(request, slug)
    return known[slug]


def answer_for(request: HttpRequest, campaign: Campaign) -> Answer | None:
    """The answer that whoever asks may read and change; None as well while it is not begun."""
    holder = holder_of(request, campaign.slug)
    return holder.answer if holder else None


def _by_cookie(request: HttpRequest, slug: str) -> Holder | None:
    text = request.COOKIES.get(cookie_name(slug), "")
    try:
        told = signing.loads(text, salt=SALT, max_age=COOKIE_LIFETIME)
        known = AccessLink.objects.filter(pk=int(told["link"]), digest=str(told["digest"]))
    except (signing.BadSignature, ValueError, KeyError, TypeError):
        return None
    holder = _holder(known)
    return holder if holder and holder.campaign.slug == slug else None


def _holder(known: QuerySet[AccessLink]) -> Holder | None:
    link = (
        known.filter(revoked_at=None)
        .select_related(
            "contact",
            "participant__organisation",
            "participant__campaign",
            "participant__answer__organisation",
            "answer__organisation",
            "answer__campaign",
        )
        .first()
    )
    if link is None:
        return None
    answer: Answer | None = link.answer
    if link.participant is not None:
        answer = getattr(link.participant, "answer", None)
        campaign = link.participant.campaign
    else:
        campaign = link.answer.campaign  # type: ignore[union-attr]  # by a constraint
    if answer is not None:
        answer.campaign = campaign
    if not is_open_to_its_coops(campaign, answer):
        return None
    return Holder(campaign, link, answer)


def is_open_to_its_coops(campaign: Campaign, answer: Answer | None) -> bool:
    """Not before it is published, but for an editor who tries it; not for ever after its end.

    Who has sent an answer comes in while it is unpublished, to take back what was agreed to; and
    whose story is public, as long as it is.
    """
    if answer is not None and answer.state == Answer.State.PUBLISHED:
        return True
    over: datetime = campaign.closes_at + KEPT_AFTER_CLOSING
    told = answer is not None and (answer.is_test or answer.sent_at is not None)
    return timezone.now() < over and (told or campaign.phase() != Phase.DRAFT)


# -- The cookie ------------------------------------------------------------------------------------


def cookie_name(slug: str) -> str:
    """One cookie a campaign: leaving one leaves the others."""
    return f"{settings.ANSWER_COOKIE_NAME}-{slug}"


def remember(response: HttpResponseBase, holder: Holder) -> None:
    """Give whoever came in the cookie of this answer."""
    told = {"link": holder.link.pk, "digest": holder.link.digest}
    response.set_cookie(  # type: ignore[attr-defined]
        cookie_name(holder.campaign.slug), signing.dumps(told, salt=SALT),
        max_age=COOKIE_LIFETIME, secure=settings.SECURE, httponly=True, samesite="Lax",
    )  # fmt: skip


def forget(response: HttpResponseBase, slug: str) -> None:
    response.delete_cookie(cookie_name(slug), samesite="Lax")  # type: ignore[attr-defined]


def let_in(holder: Holder) -> HttpResponseRedirect:
    """To the campaign, with the cookie, by an address that holds no secret."""
    response = HttpResponseRedirect(reverse("campaign", args=[holder.campaign.slug]))
    remember(response, holder)
    return untold(response)


def untold(response: HttpResponse) -> Any:
    """A response to an address that is a secret: no page is told of it, nothing keeps it."""
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["Cache-Control"] = "no-store, private"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def refused(request: HttpRequest) -> HttpResponse:
    """The one page for whatever opens nothing: it says what to do, and not why."""
    return untold(render(request, "reports/access_refused.html", status=404))


def note_use(holder: Holder) -> None:
    """Write, at the first thing that somebody sends, that the form was opened."""
    if holder.link.last_used_at is not None:
        return
    now = timezone.now()
    AccessLink.objects.filter(pk=holder.link.pk).update(last_used_at=now)
    Participant.objects.filter(pk=holder.link.participant_id, opened_at=None).update(opened_at=now)


View = Callable[..., HttpResponseBase]


def with_holder(view: View) -> View:
    """A page for whoever holds the cookie: ``view(request, holder, …)`` at ``…/<slug>/…``."""

    @wraps(view)
    def wrapped(request: HttpRequest, slug: str, *args: Any, **kwargs: Any) -> HttpResponseBase:
        holder = holder_of(request, slug)
        if holder is None:
            return refused(request)
        if request.method not in SAFE:
            note_use(holder)
        return view(request, holder, *args, **kwargs)

    return never_cache(wrapped)


def with_answer(view: View) -> View:
    """The same once the draft is begun: ``view(request, answer, …)``; before, back to its beginning."""

    def begun(request: HttpRequest, holder: Holder, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if holder.answer is None:
            return redirect("campaign", holder.campaign.slug)
        return view(request, holder.answer, *args, **kwargs)

    return with_holder(wraps(view)(begun))
