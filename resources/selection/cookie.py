"""The cookie that holds a selection: given at the first addition, taken back with the last item."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from resources.selection.chosen import Selection, read

LIFETIME = 180 * 24 * 60 * 60  # seconds; said on the page « Données personnelles »


def selection_of(request: HttpRequest) -> Selection:
    """What the visitor has set aside; read once for a request."""
    known = getattr(request, "_selection", None)
    if not isinstance(known, Selection):
        known = read(request.COOKIES.get(settings.SELECTION_COOKIE_NAME, ""))
        request._selection = known  # type: ignore[attr-defined]
    return known


def keep(response: HttpResponse, selection: Selection) -> None:
    """Give the visitor the selection; an empty one with no title leaves nothing behind."""
    name = settings.SELECTION_COOKIE_NAME
    if not selection.items:
        response.delete_cookie(name, samesite="Lax")
        return
    response.set_cookie(
        name, selection.written(), max_age=LIFETIME, secure=settings.SECURE, httponly=True,
        samesite="Lax",
    )  # fmt: skip
