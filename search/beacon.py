"""Where the page of results says that it was seen, and that a result was opened."""

from __future__ import annotations

import json

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from hub.core.recent import Recent
from hub.core.visitors import visitor_group
from search.counting import Asked, Event, WrongTokenError, count, read

LARGEST_BODY = 4_096
MOST_EVENTS = 60  # by visitor, in each window
recent = Recent(within=600.0)


@never_cache
@csrf_exempt
@require_POST
def count_search(request: HttpRequest) -> HttpResponse:
    """Count the event of a search: 204 for whatever is well formed, counted or not; otherwise 400.

    No cookie is asked for: the signed token is what proves that this site was searched.
    """
    try:
        asked, event, token = _told(request)
    except (ValueError, KeyError, TypeError, RecursionError):
        return HttpResponse("The body is not what a page of results sends.\n", status=400)
    if _is_first(request, event, token):
        count(asked, event)
    return HttpResponse(status=204)


def _told(request: HttpRequest) -> tuple[Asked, Event, str]:
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not length.isdecimal() or int(length) > LARGEST_BODY:
        raise ValueError("this body is too large")
    told = json.loads(request.body)
    token = told["token"]
    if not isinstance(token, str):
        raise WrongTokenError("a token is a text")
    return read(token), Event(told["event"]), token


def _is_first(request: HttpRequest, event: Event, token: str) -> bool:
    """False for a page seen again within minutes, and for a visitor who sends too many."""
    visitor = visitor_group(request)
    too_many = recent.note(visitor) > MOST_EVENTS
    return not too_many and recent.note(visitor, token, event) == 1
