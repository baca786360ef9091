"""« Bilan d’AG en 10 minutes »: the quick questions of the questionnaire, on one page, the same evening.

Its answers are those of the yearly answer: the same keys, the same draft. Nothing is typed twice.
"""

import uuid
from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from resources.reports import attachments, drafts, prefill
from resources.reports.access import Holder, with_holder
from resources.reports.answer_views import (
    CLOSED,
    CONFLICT,
    UNPROCESSABLE,
    closed_to_script,
    is_by_script,
    language_of,
    resume_address,
    saved_words,
    summary,
    told_to_script,
)
from resources.reports.attachment_views import accepted, files_of, request_too_large, too_large
from resources.reports.drafts import ClosedError, Saved
from resources.reports.models import Answer, Campaign
from resources.reports.questionnaire import visibility
from resources.reports.questionnaire.merging import Conflict
from resources.reports.questionnaire.schema import Question, Section, Words
from resources.reports.questionnaire.values import field_name
from resources.reports.section_page import (
    BOTH_TEXTS,
    asked_in,
    chosen_text,
    conflict_context,
    page_in,
    seen_in,
    seen_words,
    waiting_in,
)
from resources.reports.working import may_report, may_write, working

PLACE = "bilan"


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def answer_evening(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The page and its photos. A request too large is refused before anything of it is read."""
    if too_large(request):
        return request_too_large()
    return _evening(request, slug=slug)


@csrf_protect
@with_holder
def _evening(request: HttpRequest, holder: Holder) -> HttpResponseBase:
    if not holder.campaign.has_evening_report:
        raise Http404
    answer = holder.answer or _not_begun(holder)
    if answer is None:
        return redirect("campaign", holder.campaign.slug)
    if request.method == "POST":
        return _saved(request, holder, answer)
    if answer.pk and not may_report(answer):
        return redirect("answer_review", holder.campaign.slug)
    part = quick_part(holder.campaign)
    waiting = waiting_in(answer, working(answer), part) if BOTH_TEXTS in request.GET else []
    if waiting:
        return _conflict_page(request, answer, waiting, status=200)
    return _page(request, answer)


def _not_begun(holder: Holder) -> Answer | None:
    """What the draft will start with: nothing is written by looking at it."""
    if holder.participant is None or not holder.campaign.takes_evening_reports():
        return None
    values = prefill.start_of(holder.campaign, holder.participant.organisation)
    return Answer(
        campaign=holder.campaign,
        participant=holder.participant,
        organisation=holder.participant.organisation,
        values=values,
        prefilled=list(values),
    )


def quick_part(campaign: Campaign) -> Section:
    """The quick questions as if they stood in one section, files left aside."""
    questions = tuple(q for q in campaign.shape if q.quick and not q.is_upload)
    return Section(PLACE, Words(), questions=questions)


def _saved(request: HttpRequest, holder: Holder, answer: Answer) -> HttpResponseBase:
    if not answer.pk and holder.participant is not None:
        answer = drafts.draft_of(holder.participant)
    part, by_script = quick_part(holder.campaign), is_by_script(request)
    before = _visible(answer)
    try:
        saved = drafts.save(
            answer,
            part,
            chosen_text(request.POST, part.questions),
            seen_in(request.POST),
            confirmed=not by_script,
            is_report=True,
            page=page_in(request.POST),
        )
    except ClosedError:
        if by_script:
            return closed_to_script()
        context = {"answer": answer, "campaign": holder.campaign}
        return render(request, "reports/answer_closed.html", context, status=CLOSED)
    if by_script:
        return told_to_script(saved)
    return _then(request, saved, before)


def _then(request: HttpRequest, saved: Saved, before: set[str]) -> HttpResponseBase:
    """The words are saved: now the photos, and what the person sees next."""
    answer = saved.answer
    refused = [
        words
        for question in _uploads(answer.campaign)
        for words in attachments.take(answer, question, request.FILES)
    ]
    if saved.conflicts:
        return _conflict_page(request, answer, saved.conflicts, CONFLICT)
    if refused or saved.errors:
        return _page(request, answer, refused, UNPROCESSABLE)
    return redirect(_next(answer, sorted(_visible(answer) - before)))


def _next(answer: Answer, new: list[str]) -> str:
    """The same page again, at the first question that these answers made visible."""
    address = reverse("answer_evening", args=[answer.campaign.slug])
    asked = [q.key for q in answer.campaign.shape if q.quick and q.key in new]
    return f"{address}?ajout=1#{field_name(asked[0])}" if asked else f"{address}?fait=1"


def _visible(answer: Answer) -> set[str]:
    shown = visibility.shown(answer.campaign.shape, working(answer).values)
    return {question.key for question in shown}


def _uploads(campaign: Campaign) -> list[Question]:
    return [question for question in campaign.shape if question.quick and question.is_upload]


def _page(
    request: HttpRequest, answer: Answer, refused: list[str] | None = None, status: int = 200
) -> HttpResponse:
    held = working(answer)
    language = language_of(answer)
    part = quick_part(answer.campaign)
    asked = [one for one in asked_in(answer, held, part, language) if not one.is_hidden]
    context = {
        "answer": answer,
        "campaign": answer.campaign,
        "asked": asked,
        "uploads": [_upload(answer, q, language) for q in _uploads(answer.campaign)],
        "seen": seen_words(held, part.questions),
        "page_name": uuid.uuid4(),
        "waiting": waiting_in(answer, held, part),
        "errors": summary(asked) if status == UNPROCESSABLE else [],
        "refused": refused or [],
        "saved_words": saved_words(answer),
        "is_done": "fait" in request.GET and status == 200,
        "has_more": "ajout" in request.GET and status == 200,
        "rest": resume_address(answer) if answer.pk and may_write(answer) else "",
        "store": answer.participant_id or answer.key,  # the same before the draft is begun
        "may_write": True,
    }
    return render(request, "reports/answer_evening.html", context, status=status)


def _upload(answer: Answer, question: Question, language: str) -> dict[str, Any]:
    return {
        "name": field_name(question.key),
        "label": question.label.in_(language),
        "help": question.help.in_(language),
        "accept": accepted(question),
        "files": files_of(answer, question) if answer.pk else [],
        "address": reverse("answer_files", args=[answer.campaign.slug, question.key]),
    }


def _conflict_page(
    request: HttpRequest, answer: Answer, conflicts: Sequence[Conflict], status: int
) -> HttpResponse:
    held, page = working(answer), page_in(request.POST).name
    context = conflict_context(answer, held, conflicts, language_of(answer), page) | {
        "answer": answer,
        "campaign": answer.campaign,
        "title": _("AGM report in 10 minutes"),
        "action": reverse("answer_evening", args=[answer.campaign.slug]),
    }
    return render(request, "reports/answer_conflict.html", context, status=status)
