"""Gives the zip of a kit, or says in plain words why there is none at this moment.

Whether every file in it may still be read is asked at the moment of serving: a zip that holds a
withdrawn file is not given, even before the next one is made.
"""

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

from hub.core.serving import StoredBytes, send

if TYPE_CHECKING:
    from resources.models import KitPage, KitVersion

COME_BACK_IN = 30  # seconds
LONGEST_NUMBER = 9  # figures


def send_kit(request: HttpRequest, kit: "KitPage") -> HttpResponseBase:
    """Answer the lasting address, or an old version when ``v`` asks for it.

    503 while there is no zip that may be given, 404 when nothing is left to put in one; 410 for an
    old one that may not be any more.
    """
    wanted = request.GET.get("v")
    if wanted is None:
        version = kit.current_version
        if not kit.archive.members:
            return _page(request, kit, 404, {"empty": True})
        return (version and _sent(request, kit, version)) or _being_made(request, kit)
    if not (wanted.isascii() and wanted.isdigit() and len(wanted) <= LONGEST_NUMBER):
        raise Http404
    version = kit.versions.filter(number=int(wanted)).first()
    if version is None:
        raise Http404
    given = version in kit.kept_versions and kit.may_give(version)
    answer = _sent(request, kit, version, old=True) if given else None
    return answer or _page(request, kit, 410, {"version": version})


def _sent(
    request: HttpRequest, kit: "KitPage", version: "KitVersion", *, old: bool = False
) -> HttpResponseBase | None:
    """The zip, if it stands whole on the disk."""
    try:
        told = version.path.stat()
        if told.st_size != version.size:
            return None
        stored = StoredBytes(
            open=lambda: version.path.open("rb"),
            size=version.size,
            tag=version.sha256,
            content_type="application/zip",
            name=f"kit-{kit.slug}-v{version.number}.zip" if old else f"kit-{kit.slug}.zip",
            modified=datetime.fromtimestamp(told.st_mtime, UTC),
        )
        return send(request, stored)
    except OSError:
        return None


def _being_made(request: HttpRequest, kit: "KitPage") -> HttpResponse:
    response = _page(request, kit, 503, {})
    response.headers["Retry-After"] = str(COME_BACK_IN)
    return response


def _page(
    request: HttpRequest, kit: "KitPage", status: int, context: dict[str, object]
) -> HttpResponse:
    context |= {"kit": kit, "page": kit}
    response = render(request, "resources/kit_unavailable.html", context, status=status)
    response.headers["Cache-Control"] = "no-store"
    return response
