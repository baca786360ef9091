"""The pages of what went wrong, in the language of the address."""

import sys
from typing import Final

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.template import loader
from django.utils import translation

from hub.core import no_room
from hub.core.missed import token_for

INSUFFICIENT_STORAGE: Final = 507


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Without the token of forms, unlike Django's: to give one it reads the body that is wrong."""
    return HttpResponseBadRequest("Bad request.", content_type="text/plain; charset=utf-8")


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A page that is not there; ``/en/…`` answers in English."""
    with translation.override(translation.get_language_from_path(request.path_info) or "fr"):
        told = {"missed": token_for(request.path) if request.method == "GET" else ""}
        return render(request, "404.html", told, status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Rendered without the request: whatever failed may fail again."""
    language = translation.get_language_from_path(request.path_info) or "fr"
    with translation.override(language):
        if no_room.is_full(sys.exc_info()[1]):
            return _no_room(request, language)
        return HttpResponse(
            loader.get_template("500.html").render({"language": language}), status=500
        )


def _no_room(request: HttpRequest, language: str) -> HttpResponse:
    """The disk is full: what was typed comes back, to be sent again or copied."""
    no_room.drop_uploads(request)
    fields = no_room.typed(request)
    told = {
        "language": language,
        "address": request.get_full_path(),
        "fields": fields,
        "csrf_token": get_token(request) if fields else "",
    }
    page = loader.get_template("507.html").render(told)
    return HttpResponse(page, status=INSUFFICIENT_STORAGE)
