"""Reading an answer again, sending it, and what is left in hand: the receipt."""

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from resources.reports import drafts, receipts
from resources.reports.access import with_answer
from resources.reports.answer_text import told_sections
from resources.reports.answer_views import (
    CLOSED,
    UNPROCESSABLE,
    answer_context,
    language_of,
    resume_address,
)
from resources.reports.drafts import ClosedError, NotReadyError
from resources.reports.models import Answer
from resources.reports.working import may_write, problems, working


@require_http_methods(["GET", "HEAD", "POST"])
@with_answer
def answer_review(request: HttpRequest, answer: Answer) -> HttpResponseBase:
    """All of an answer, to read again; POST sends it, once."""
    if request.method != "POST":
        return _review_page(request, answer)
    key = _key(request.POST.get("send_key", ""))
    if key is None:
        return _review_page(request, answer)
    try:
        drafts.send(answer, key)
    except ClosedError:
        context = answer_context(answer, working(answer))
        return render(request, "reports/answer_closed.html", context, status=CLOSED)
    except NotReadyError:
        answer.refresh_from_db()
        return _review_page(request, answer, status=UNPROCESSABLE)
    return redirect("answer_sent", answer.campaign.slug)


def _key(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(str(text))
    except ValueError:
        return None


def _review_page(request: HttpRequest, answer: Answer, status: int = 200) -> HttpResponse:
    held = working(answer)
    language = language_of(answer)
    found = problems(answer, held)
    names = receipts.names_of(answer, language)
    context: dict[str, Any] = answer_context(answer, held) | {
        "sections": told_sections(answer, held, language, names, found),
        "problems": [(p, p.question.label.in_(language)) for p in found],
        "may_write": may_write(answer),
        "may_send": may_write(answer) and drafts.has_something_to_send(answer),
        "send_key": uuid.uuid4(),
        "back": resume_address(answer),
    }
    return render(request, "reports/answer_review.html", context, status=status)


@require_safe
@with_answer
def answer_sent(request: HttpRequest, answer: Answer) -> HttpResponseBase:
    """The receipt on the screen."""
    if answer.sent_at is None:
        return redirect("answer_review", answer.campaign.slug)
    context = answer_context(answer, working(answer)) | {"may_write": may_write(answer)}
    return render(request, "reports/answer_sent.html", context)


@require_safe
@with_answer
def answer_receipt(request: HttpRequest, answer: Answer) -> HttpResponseBase:
    """The answer as it was sent, as a page to print or to keep: the one that the mail carries."""
    if answer.sent_at is None:
        return redirect("answer_review", answer.campaign.slug)
    context = receipts.receipt_context(answer) | {
        "back": reverse("answer_sent", args=[answer.campaign.slug])
    }
    response = render(request, "reports/receipt_document.html", context)
    if "garder" in request.GET:
        name = receipts.file_name(answer)
        response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
