"""A section of an answer: shown, saved by its button or field by field, settled when two changed it."""

import uuid
from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from hub.core.languages import current_language
from resources.reports import drafts
from resources.reports.access import with_answer
from resources.reports.drafts import ClosedError, Saved
from resources.reports.models import Answer
from resources.reports.questionnaire.merging import Conflict
from resources.reports.questionnaire.schema import LONG_TEXT, Section
from resources.reports.section_page import (
    BOTH_TEXTS,
    Steps,
    asked_in,
    chosen_text,
    conflict_context,
    page_in,
    seen_in,
    seen_words,
    steps_of,
    waiting_in,
)
from resources.reports.working import Working, may_write, working

UNPROCESSABLE, CONFLICT, CLOSED = 422, 409, 403


@require_http_methods(["GET", "HEAD", "POST"])
@with_answer
def answer_section(request: HttpRequest, answer: Answer, section: str) -> HttpResponseBase:
    """One section: GET shows it, POST saves it and goes where its button says."""
    asked = answer.campaign.shape.section(section)
    steps = steps_of(answer, working(answer), section)
    if asked is None or (steps is None and request.method != "POST"):
        return redirect(resume_address(answer))
    if request.method == "POST":
        return _saved(request, answer, asked)
    if not may_write(answer):
        return redirect("answer_review", answer.campaign.slug)
    waiting = waiting_in(answer, working(answer), asked) if BOTH_TEXTS in request.GET else []
    if waiting:
        return _conflict_page(request, answer, asked, waiting, status=200)
    return section_page(request, answer, asked)


def section_page(
    request: HttpRequest, answer: Answer, section: Section, status: int = 200
) -> HttpResponse:
    held = working(answer)
    language = language_of(answer)
    asked = asked_in(answer, held, section, language)
    context = answer_context(answer, held) | {
        "section": section,
        "title": section.title.in_(language),
        "intro": section.intro.in_(language),
        "steps": steps_of(answer, held, section.key),
        "asked": asked,
        "seen": seen_words(held, section.questions),
        "page_name": uuid.uuid4(),
        "waiting": waiting_in(answer, held, section),
        "shown": " ".join(one.question.key for one in asked if not one.is_hidden),
        "added": request.GET.get("ajout", ""),
        "errors": summary(asked) if status == UNPROCESSABLE else [],
    }
    return render(request, "reports/answer_section.html", context, status=status)


def summary(asked: list[Any]) -> list[tuple[str, str, str]]:
    """What to settle on this page: field, question, words."""
    found = []
    for one in asked:
        if not one.is_hidden:
            found += [(name, one.label, text) for name, text in one.errors.items()]
            found += [(w.name, one.label, w.message) for w in one.warnings if not w.reason]
    return found


def language_of(answer: Answer) -> str:
    """The language of the address, where the campaign speaks it."""
    language = current_language()
    languages = list(answer.campaign.languages or ["fr"])
    return language if language in languages else languages[0]


def answer_context(answer: Answer, held: Working) -> dict[str, Any]:
    """What every page of an answer shows."""
    return {
        "answer": answer,
        "campaign": answer.campaign,
        "saved_words": saved_words(answer),
        "is_sent": answer.sent_at is not None,
        "is_changed": answer.resumed is not None,
    }


def saved_words(answer: Answer) -> str:
    """« Saved at 14:02 », with the day when it was another one."""
    if answer.saved_at is None:
        return ""
    at = timezone.localtime(answer.saved_at)
    if at.date() == timezone.localdate():
        return _("Saved at %(hour)s") % {"hour": f"{at:%H:%M}"}
    return _("Saved on %(day)s at %(hour)s") % {"day": f"{at:%d/%m/%Y}", "hour": f"{at:%H:%M}"}


def section_address(answer: Answer, key: str) -> str:
    return reverse("answer_section", args=[answer.campaign.slug, key])


def resume_address(answer: Answer) -> str:
    """Where somebody left off: the last section, else the first one."""
    held = working(answer)
    steps = steps_of(answer, held, answer.last_section)
    if steps is not None:
        return section_address(answer, answer.last_section)
    first = next(iter(answer.campaign.shape.sections), None)
    if first is None:
        return reverse("answer_review", args=[answer.campaign.slug])
    return section_address(answer, first.key)


def _saved(request: HttpRequest, answer: Answer, section: Section) -> HttpResponseBase:
    by_script = is_by_script(request)
    posted = chosen_text(request.POST, section.questions)
    seen, page = seen_in(request.POST), page_in(request.POST)
    try:
        saved = drafts.save(answer, section, posted, seen, confirmed=not by_script, page=page)
    except ClosedError:
        return _closed(request, answer, section, by_script)
    if by_script:
        return told_to_script(saved)
    if saved.conflicts:
        return _conflict_page(request, saved.answer, section, saved.conflicts, CONFLICT)
    return _next_page(request, saved, section)


def is_by_script(request: HttpRequest) -> bool:
    """Whether the page saves by itself, while somebody types."""
    return request.headers.get("Accept") == "application/json"


def closed_to_script() -> JsonResponse:
    return JsonResponse({"closed": True}, status=CLOSED)


def told_to_script(saved: Saved) -> JsonResponse:
    """What the page needs to know of a save of its own."""
    told = {
        "saved": saved_words(saved.answer),
        "seen": {unit: digest for unit, digest in saved.seen.items() if digest},
        "shown": saved.shown,
        "conflicts": sorted({conflict.question.key for conflict in saved.conflicts}),
    }
    return JsonResponse(told, status=CONFLICT if saved.conflicts else 200)


def _closed(
    request: HttpRequest, answer: Answer, section: Section, by_script: bool
) -> HttpResponseBase:
    """Too late; the stories that were typed are given back, to be kept elsewhere."""
    if by_script:
        return closed_to_script()
    stories = [(q, f"q-{q.key}") for q in section.questions if q.type == LONG_TEXT]
    language = language_of(answer)
    context = answer_context(answer, working(answer)) | {
        "stories": [
            (name, question.label.in_(language), request.POST[name])
            for question, name in stories
            if request.POST.get(name)
        ]
    }
    return render(request, "reports/answer_closed.html", context, status=CLOSED)


def _conflict_page(
    request: HttpRequest,
    answer: Answer,
    section: Section,
    conflicts: Sequence[Conflict],
    status: int,
) -> HttpResponse:
    """Everything else is saved; for these, both texts stand side by side."""
    held, language = working(answer), language_of(answer)
    page = page_in(request.POST).name
    both = conflict_context(answer, held, conflicts, language, page)
    context = (
        answer_context(answer, held)
        | both
        | {
            "section": section,
            "title": section.title.in_(language),
            "action": section_address(answer, section.key),
        }
    )
    return render(request, "reports/answer_conflict.html", context, status=status)


def _next_page(request: HttpRequest, saved: Saved, section: Section) -> HttpResponseBase:
    """Where the button that was pressed leads."""
    answer = saved.answer
    steps = steps_of(answer, working(answer), section.key)
    if "back" in request.POST:
        return redirect(_before(answer, section, steps))
    if "later" in request.POST:
        return redirect("campaign", answer.campaign.slug)
    files = request.POST.get("files", "")
    if any(question.key == files and question.is_upload for question in section.questions):
        return redirect("answer_files", answer.campaign.slug, files)
    if _is_to_settle(answer, section):
        return section_page(request, answer, section, status=UNPROCESSABLE)
    added = _added(request, saved)
    if added:
        here = section_address(answer, section.key)
        return redirect(f"{here}?ajout={added}#q-{added}")
    if steps is not None and steps.after is not None:
        return redirect(section_address(answer, steps.after.key))
    return redirect("answer_review", answer.campaign.slug)


def _before(answer: Answer, section: Section, steps: Steps | None) -> str:
    if steps is not None and steps.before is not None:
        return section_address(answer, steps.before.key)
    return reverse("campaign", args=[answer.campaign.slug])


def _is_to_settle(answer: Answer, section: Section) -> bool:
    asked = asked_in(answer, working(answer), section, "fr")
    return bool(summary(asked))


def _added(request: HttpRequest, saved: Saved) -> str:
    """The first question that these answers made visible, which the page did not show."""
    if "shown" not in request.POST:
        return ""
    before = request.POST["shown"].split()
    return next((key for key in saved.shown if key not in before), "")
