"""« What you agree to »: seen and changed from the same link, at any moment."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from resources.reports import consents
from resources.reports.access import with_answer
from resources.reports.answer_views import language_of
from resources.reports.asking import Asked
from resources.reports.models import Answer
from resources.reports.questionnaire.typing_again import typed
from resources.reports.questionnaire.values import read

UNPROCESSABLE = 422


@require_http_methods(["GET", "HEAD", "POST"])
@with_answer
def answer_consent(request: HttpRequest, answer: Answer) -> HttpResponseBase:
    """GET shows what was agreed to; POST replaces it, at once for an answer that was sent."""
    if request.method != "POST":
        return _page(request, answer)
    if "withdraw" in request.POST:
        consents.withdraw(answer)
        return _done(answer)
    asked = consents.asked_of(answer)
    given = {question.key: read(question, request.POST).value for question in asked}
    if consents.LEVEL in given and not given[consents.LEVEL]:
        error = {f"q-{consents.LEVEL}": _("Choose one of the three.")}
        return _page(request, answer, given, error, UNPROCESSABLE)
    consents.change(answer, given)
    return _done(answer)


def _done(answer: Answer) -> HttpResponseBase:
    return redirect(reverse("answer_consent", args=[answer.campaign.slug]) + "?fait=1")


def _page(
    request: HttpRequest,
    answer: Answer,
    given: dict[str, Any] | None = None,
    errors: dict[str, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    told = consents.given_in(answer) if given is None else given
    language = language_of(answer)
    asked = []
    for question in consents.asked_of(answer):
        name = f"q-{question.key}"
        own = {name: errors[name]} if errors and name in errors else {}
        fields = typed(question, told.get(question.key))
        asked.append(Asked(question, language, fields=fields, errors=own))
    context = {
        "answer": answer,
        "campaign": answer.campaign,
        "asked": asked,
        "errors": errors,
        "is_sent": answer.sent_at is not None,
        "is_done": "fait" in request.GET and status != UNPROCESSABLE,
        "records": _records(answer),
    }
    return render(request, "reports/answer_consent.html", context, status=status)


def _records(answer: Answer) -> list[dict[str, Any]]:
    """What was recorded, the latest first: when, which words, what was answered."""
    questions = answer.campaign.shape.questions
    language = language_of(answer)
    rows = answer.consents.select_related("wording").order_by("-recorded_at", "-pk")
    found = []
    for row in rows:
        question = questions.get(row.question_key)
        if question is None:
            continue
        words = question.option_label(row.value, language) if isinstance(row.value, str) else ""
        found.append(
            {
                "at": row.recorded_at,
                "question": question.label.in_(language),
                "words": words or (_("Yes") if row.value else _("No")),
                "version": row.wording.number if row.wording else None,
            }
        )
    return found
