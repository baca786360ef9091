"""Where the page that says « not found » tells that a reader saw it."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from hub.core.missed import WrongTokenError, count, read
from hub.core.recent import Recent
from hub.core.visitors import visitor_group

LARGEST_BODY = 2_048
MOST_ADDRESSES = 30  # by visitor, in each window
recent = Recent(within=600.0)


@never_cache
@csrf_exempt
@require_POST
def count_missed(request: HttpRequest) -> HttpResponse:
    """Count an address that is not there: 204 for a token of ours, counted or not; otherwise 400."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not length.isdecimal() or int(length) > LARGEST_BODY:
        return HttpResponse("This body is too large.\n", status=400)
    try:
        token = request.body.decode("ascii")
        missed = read(token)
    except (UnicodeDecodeError, WrongTokenError):
        return HttpResponse("The body is not what a page of this site sends.\n", status=400)
    visitor = visitor_group(request)
    too_many = recent.note(visitor) > MOST_ADDRESSES
    if not too_many and recent.note(visitor, token) == 1:
        count(missed)
    return HttpResponse(status=204)
