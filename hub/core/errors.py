"""The pages of what went wrong, in the language of the address."""

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import render
from django.template import loader
from django.utils import translation

from hub.core.missed import token_for


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
        return HttpResponse(
            loader.get_template("500.html").render({"language": language}), status=500
        )
