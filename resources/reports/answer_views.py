"""A section of an answer: shown, saved by its button or field by field, settled when two changed it."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from resources.reports import drafts
from resources.reports.access import with_answer
from resources.reports.drafts import ClosedError, Saved
from resources.reports.models import Answer
from resources.reports.questionnaire.schema import Section
from resources.reports.section_page import (
    Steps,
    asked_in,
    chosen_text,
    seen_in,
    seen_words,
    steps_of,
    two_texts,
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
    language = (get_language() or "fr")[:2]
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
    by_script = request.headers.get("Accept") == "application/json"
    posted = chosen_text(request.POST, section.questions)
    try:
        saved = drafts.save(answer, section, posted, seen_in(request.POST), confirmed=not by_script)
    except ClosedError:
        return _closed(request, answer, by_script)
    if by_script:
        return _told(saved)
    if saved.conflicts:
        return _conflict_page(request, saved, section)
    return _next_page(request, saved, section)


def _told(saved: Saved) -> JsonResponse:
    """What the page needs to know of a save of its own."""
    told = {
        "saved": saved_words(saved.answer),
        "seen": {unit: digest for unit, digest in saved.seen.items() if digest},
        "shown": saved.shown,
        "conflicts": sorted({conflict.question.key for conflict in saved.conflicts}),
    }
    return JsonResponse(told, status=CONFLICT if saved.conflicts else 200)


def _closed(request: HttpRequest, answer: Answer, by_script: bool) -> HttpResponseBase:
    if by_script:
        return JsonResponse({"closed": True}, status=CLOSED)
    context = answer_context(answer, working(answer))
    return render(request, "reports/answer_closed.html", context, status=CLOSED)


def _conflict_page(request: HttpRequest, saved: Saved, section: Section) -> HttpResponse:
    """Everything else is saved; for these, both texts stand side by side."""
    answer, held = saved.answer, working(saved.answer)
    language = language_of(answer)
    pairs = two_texts(answer, held, saved.conflicts, language)
    context = answer_context(answer, held) | {
        "section": section,
        "title": section.title.in_(language),
        "pairs": pairs,
        "seen": seen_words(held, [pair.question for pair in pairs]),
    }
    return render(request, "reports/answer_conflict.html", context, status=CONFLICT)


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
