"""The page of the files of a question, and the addresses that give one file to whoever may have it."""

import uuid
from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_safe

from hub.core.models import mark_sendable, may_be_sent
from hub.core.serving import send
from hub.core.upload_rules import EXTENSIONS, IMAGES, MEGABYTE
from resources.reports import attachments
from resources.reports.access import with_answer
from resources.reports.answer_views import language_of, section_address
from resources.reports.models import Answer, Attachment
from resources.reports.questionnaire.schema import PHOTO, Question
from resources.reports.questionnaire.values import field_name
from resources.reports.working import may_report, may_write

LONGEST_REQUEST = attachments.MOST_ANSWER + MEGABYTE
UNPROCESSABLE, CLOSED, TOO_LARGE, NO_ROOM = 422, 403, 413, 507


@csrf_protect
@with_answer
def _files(request: HttpRequest, answer: Answer, key: str) -> HttpResponseBase:
    question = answer.campaign.shape.questions.get(key)
    if question is None or not question.is_upload:
        raise Http404
    if request.method != "POST":
        return files_page(request, answer, question, [])
    if not _may_change(answer, question):
        return render(request, "reports/answer_closed.html", _context(answer), status=CLOSED)
    if "remove" in request.POST:
        attachments.remove(answer, as_key(request.POST["remove"]))
        return redirect("answer_files", answer.campaign.slug, key)
    if not request.FILES.getlist(field_name(key)):
        told = [_("Choose a file first, then press the button.")]
        return files_page(request, answer, question, told, UNPROCESSABLE)
    refused = attachments.take(answer, question, request.FILES)
    if refused:
        status = NO_ROOM if refused.no_room else UNPROCESSABLE
        return files_page(request, answer, question, refused, status)
    if "and_back" in request.POST:
        return redirect(back_to(answer, question))
    return redirect("answer_files", answer.campaign.slug, key)


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def answer_files(request: HttpRequest, slug: str, key: str) -> HttpResponseBase:
    """See, add and take away the files of one question.

    A request too large is refused before anything of it is read, and so before its CSRF token.
    """
    if too_large(request):
        return request_too_large()
    return _files(request, slug=slug, key=key)


def too_large(request: HttpRequest) -> bool:
    return int(request.META.get("CONTENT_LENGTH") or 0) > LONGEST_REQUEST


def request_too_large() -> HttpResponse:
    words = _("These files are too large: 30 MB at most for an answer. Go back and send fewer.")
    return HttpResponse(words, status=TOO_LARGE, content_type="text/plain; charset=utf-8")


def files_page(
    request: HttpRequest,
    answer: Answer,
    question: Question,
    refused: Sequence[str],
    status: int = 200,
) -> HttpResponse:
    context = _context(answer) | {
        "question": question,
        "title": question.label.in_(language_of(answer)),
        "help": question.help.in_(language_of(answer)),
        "name": field_name(question.key),
        "files": files_of(answer, question),
        "accept": accepted(question),
        "refused": refused,
        "may_write": _may_change(answer, question),
        "back": back_to(answer, question),
        "most_files": attachments.MOST_FILES,
    }
    return render(request, "reports/answer_files.html", context, status=status)


def _may_change(answer: Answer, question: Question) -> bool:
    return may_report(answer) if question.quick else may_write(answer)


def files_of(answer: Answer, question: Question) -> list[dict[str, Any]]:
    """The files of a question, each with whether the scanner lets it be opened."""
    files = list(answer.attachments.filter(question_key=question.key))
    mark_sendable(files)
    return [{"file": file, "may_be_sent": may_be_sent(file)} for file in files]


def accepted(question: Question) -> str:
    """What the browser offers to choose."""
    kinds = IMAGES if question.type == PHOTO else EXTENSIONS
    return ",".join(f".{kind}" for kind in kinds)


def back_to(answer: Answer, question: Question) -> str:
    if question.quick and not may_write(answer) and may_report(answer):
        return (
            f"{reverse('answer_evening', args=[answer.campaign.slug])}#{field_name(question.key)}"
        )
    section = answer.campaign.shape.section_of(question.key)
    if section is None:
        return reverse("campaign", args=[answer.campaign.slug])
    return f"{section_address(answer, section.key)}#{field_name(question.key)}"


def as_key(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None


def _context(answer: Answer) -> dict[str, Any]:
    return {"answer": answer, "campaign": answer.campaign}


@require_safe
@with_answer
def answer_attachment(request: HttpRequest, answer: Answer, key: uuid.UUID) -> HttpResponseBase:
    """One file of the answer, to whoever holds the cookie of that answer."""
    return sent(request, get_object_or_404(answer.attachments, key=key))


def sent(request: HttpRequest, attachment: Attachment) -> HttpResponseBase:
    """A file, to be saved; as if it were not there until the virus scanner has seen it."""
    stored = attachments.stored_bytes(attachment)
    if stored is None:
        raise Http404
    try:
        response = send(request, stored)
    except OSError as error:
        raise Http404 from error
    response.headers["Cache-Control"] = "private, no-store"
    return response
