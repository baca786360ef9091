"""What programs are told when they are refused: a problem, as RFC 9457 has it."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.views.decorators.csrf import csrf_exempt

PROBLEM = "application/problem+json"
READING = ("GET", "HEAD")
View = Callable[..., HttpResponseBase]


def problem(status: int, title: str, detail: str, **more: Any) -> JsonResponse:
    """A refusal; `more` are its own members."""
    said = {"type": "about:blank", "title": title, "status": status, "detail": detail, **more}
    return JsonResponse(
        said, status=status, content_type=PROBLEM, json_dumps_params={"ensure_ascii": False}
    )


def read_only(view: View) -> View:
    """For an address that programs read: any other method is a problem that says so.

    Nothing is written there, so there is no forgery to guard against: without the exemption, the
    guard would answer first, with a page for people.
    """

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method in READING:
            return view(request, *args, **kwargs)
        allowed = " and ".join(READING)
        refused = problem(405, "Method Not Allowed", f"Only {allowed} are answered here.")
        refused.headers["Allow"] = ", ".join(READING)
        return refused

    return csrf_exempt(wrapped)
