"""What a page may not be published without, and how the person who tries is told.

The form of a page tells it beside the field. Wagtail publishes from many other places (several
pages at once, an approval, a plan): there the refusal is a message, and nothing has changed.
"""

from collections.abc import Callable

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from wagtail.admin import messages

ADMIN_PREFIX = "/admin/"


class NotReadyError(ValidationError):
    """A page lacks what readers must find; its messages are sentences for the editor."""


class NotReadyMiddleware:
    """Turns a refusal that no form caught into a message where the person came from."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(
        self, request: HttpRequest, exception: Exception
    ) -> HttpResponseBase | None:
        if not isinstance(exception, NotReadyError) or not request.path.startswith(ADMIN_PREFIX):
            return None
        for sentence in exception.messages:
            messages.error(request, sentence)
        back = request.GET.get("next") or request.headers.get("Referer", "")
        if not url_has_allowed_host_and_scheme(back, {request.get_host()}):
            back = ADMIN_PREFIX
        return redirect(back)
