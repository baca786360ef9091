"""Sends a synthesis as a PDF: compiled when what it says is new, kept under the digest of that."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render

from hub.core.serving import StoredBytes, send
from resources.guide_pdf.compiling import PdfError
from resources.guide_pdf.keeping import write
from resources.guide_pdf.serving import SOON, file_name
from resources.reports.synthesis import pdf

if TYPE_CHECKING:
    from resources.reports.models.synthesis import SynthesisPage

logger = logging.getLogger(__name__)


def send_pdf(request: HttpRequest, page: SynthesisPage) -> HttpResponseBase:
    """The PDF of what the page says now; 503 with the page to print where it cannot be made.

    A quote that was taken back changes the digest: the file that held it is never sent again.
    """
    content = pdf.content_of(page)
    digest = pdf.digest_of(content)
    target = Path(settings.SYNTHESES_ROOT) / f"{page.pk}-{digest[:32]}.pdf"
    try:
        if not target.exists():
            write(target, pdf.compiled(content))
            forget_others(page.pk, target)
        return send(request, _stored(target, digest, page.title))
    except (PdfError, OSError):
        logger.exception("the PDF of synthesis %s cannot be made", page.pk)
    response = render(request, "resources/guide_pdf_awaited.html", {"page": page}, status=503)
    response.headers["Retry-After"] = str(SOON)
    return response


def forget_others(page_id: int, kept: Path | None = None) -> None:
    """Drop the files of what the page said before."""
    for other in Path(settings.SYNTHESES_ROOT).glob(f"{page_id}-*.pdf"):
        if other != kept:
            other.unlink(missing_ok=True)


def _stored(target: Path, digest: str, title: str) -> StoredBytes:
    return StoredBytes(
        open=lambda: target.open("rb"),
        size=target.stat().st_size,
        tag=digest,
        content_type="application/pdf",
        name=file_name(title),
    )
