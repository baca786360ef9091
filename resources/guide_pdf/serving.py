"""Sends the PDF of a guide under its lasting address, to whoever may read the guide."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render

from hub.core.serving import StoredBytes, send
from resources.models.guide_pdf import GuidePdf

if TYPE_CHECKING:
    from resources.models.guide import GuidePage

SOON = 60  # seconds after which it is worth asking again
_NOT_IN_NAMES = re.compile(r'[\x00-\x1f\\/:*?"<>|]+')


def send_pdf(request: HttpRequest, guide: GuidePage) -> HttpResponseBase:
    """The last file that could be made; 503 with the page to print instead while there is none."""
    for _attempt in range(2):  # the file may be replaced between the row and its opening
        row = GuidePdf.objects.filter(guide=guide).first()
        if row is None or not row.is_there:
            break
        try:
            return send(request, _stored(row, guide))
        except OSError:
            continue
    response = render(request, "resources/guide_pdf_awaited.html", {"page": guide}, status=503)
    response.headers["Retry-After"] = str(SOON)
    return response


def file_name(title: str) -> str:
    """A name that every system takes, in the words of the guide."""
    return f"{' '.join(_NOT_IN_NAMES.sub(' ', title).split())[:120].strip(' .') or 'guide'}.pdf"


def _stored(row: GuidePdf, guide: GuidePage) -> StoredBytes:
    size = row.path.stat().st_size
    return StoredBytes(
        open=lambda: row.path.open("rb"),
        size=size,
        tag=row.digest,
        content_type="application/pdf",
        name=file_name(guide.title),
        modified=row.made_at,
    )
