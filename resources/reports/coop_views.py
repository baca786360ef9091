"""« Votre coopérative »: every season of the co-op whose link somebody holds, to read again.

Staff changes: whoever comes next holds the link of this season, and finds what was answered before.
The link of a season changes nothing in another one: earlier answers are read here, and nothing else.
"""

import uuid
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from hub.core.visibility import visible
from resources.models import ExperienceReportPage
from resources.reports import receipts
from resources.reports.access import Holder, with_holder
from resources.reports.models import Answer
from resources.reports.models.answers import AnswerQuerySet


@dataclass(frozen=True)
class Season:
    """What a co-op sent in one season, and the address of the public page it became, if it did."""

    answer: Answer
    page_address: str


@require_safe
@with_holder
def coop_space(request: HttpRequest, holder: Holder) -> HttpResponseBase:
    """The seasons of a co-op, the latest first."""
    context: dict[str, Any] = {
        "campaign": holder.campaign,
        "holder": holder,
        "answer": holder.answer,
        "is_open": holder.campaign.is_open(),
        "seasons": _seasons(holder),
    }
    return render(request, "reports/coop_space.html", context)


@require_safe
@with_holder
def coop_earlier_answer(request: HttpRequest, holder: Holder, key: uuid.UUID) -> HttpResponseBase:
    """What the co-op sent in an earlier season, as its receipt tells it. 404: another co-op’s."""
    answer = earlier_answers(holder).filter(key=key).first()
    if answer is None:
        raise Http404
    context = receipts.receipt_context(answer) | {
        "back": reverse("coop_space", args=[holder.campaign.slug])
    }
    return render(request, "reports/receipt_document.html", context)


def earlier_answers(holder: Holder) -> AnswerQuerySet:
    """What the invited co-op sent in the other seasons, the latest first.

    Nothing without an invitation: nobody has checked then that whoever typed the name of a co-op
    is of that co-op.
    """
    if holder.participant is None:
        none: AnswerQuerySet = Answer.objects.none()
        return none
    sent: AnswerQuerySet = Answer.objects.sent().filter(
        organisation=holder.participant.organisation_id, participant__isnull=False
    )
    others = sent.exclude(campaign=holder.campaign).select_related("campaign", "organisation")
    return others.order_by("-campaign__season", "-sent_at")


def _seasons(holder: Holder) -> list[Season]:
    answers = list(earlier_answers(holder))
    if holder.answer is not None and holder.answer.sent_at is not None:
        answers = [holder.answer, *answers]
    pages = visible(ExperienceReportPage.objects.filter(publication__answer__in=answers))
    found = pages.select_related("publication")
    addresses = {page.publication.answer_id: page.get_url() or "" for page in found}
    return [Season(answer, addresses.get(answer.pk, "")) for answer in answers]
