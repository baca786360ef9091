"""Makes the PDF of a guide after what changes it, and keeps it until the next one is ready.

A file is named after the digest of its content: one that is half written or out of date is never
sent. What was sent until now stays until the new file is there, whatever happens meanwhile.
"""

from __future__ import annotations

import logging
import os
import tempfile
import time
from collections.abc import Iterable, Sequence
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hub.core import outbox
from hub.core.jobs import Job
from hub.core.jobs import register as register_job
from hub.core.models import OutboxItem
from resources.guide_pdf.compiling import PdfError, compile_pdf, template_bytes
from resources.guide_pdf.content import content_of
from resources.models import GuidePage, GuidePdf

logger = logging.getLogger(__name__)
KIND = "guide_pdf"
A_DAY = timedelta(days=1)
OLD = 3600  # seconds: no making takes as long, and no reader's download either
DELAYS = tuple(timedelta(minutes=m) for m in (1, 10, 60, 360))


def ask_for(guide_ids: Iterable[int]) -> None:
    """Have the PDF of these guides looked at; one whose content has not changed stays as it is."""
    outbox.ask(KIND, {str(pk): {} for pk in guide_ids})


def make(items: Sequence[OutboxItem]) -> outbox.Failures:
    """Make the PDF of these guides; one that is gone, or was never published, needs none."""
    failures = {}
    for item in items:
        guide = GuidePage.objects.filter(pk=int(item.key)).select_related("locale").first()
        if guide is None or not guide.first_published_at:
            continue
        try:
            make_one(guide)
        except DatabaseError:
            raise
        except Exception as error:
            logger.exception("the PDF of guide %s cannot be made", guide.pk)
            problem = str(error) or type(error).__name__
            GuidePdf.objects.update_or_create(
                guide=guide,
                defaults={"problem": problem[:2000], "failed_at": timezone.now()},
            )
            failures[item.pk] = outbox.Failure(problem, final=isinstance(error, PdfError))
    return failures


def make_one(guide: GuidePage) -> GuidePdf:
    """Make the file unless the one that is there says the same; raises PdfError or OSError."""
    content = content_of(guide)
    digest = content.digest(template_bytes())
    row, _created = GuidePdf.objects.get_or_create(guide=guide)
    row.problem, row.failed_at = "", None
    if row.digest != digest or not row.path.exists():
        made = compile_pdf(content)
        row.digest, row.size, row.pages = digest, len(made.content), made.pages
        row.made_at = timezone.now()
        write(row.path, made.content)
    row.save()
    forget_others(row)
    return row


def write(target: Path, content: bytes) -> None:
    """Write the whole file or nothing; raises OSError when the disk refuses."""
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=target.parent, suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        os.replace(temporary, target)
    finally:
        Path(temporary).unlink(missing_ok=True)


def forget_others(row: GuidePdf) -> None:
    """Drop the files of what the guide said before; one that is being read is not cut."""
    for other in Path(settings.GUIDES_ROOT).glob(f"{row.guide_id}-*.pdf"):
        if other != row.path:
            other.unlink(missing_ok=True)


def look_at_all() -> None:
    """Once a day: a legal value may be out of date since midnight; a guide may be gone."""
    ask_for(GuidePage.objects.values_list("pk", flat=True))
    kept = {row.path.name for row in GuidePdf.objects.all()}
    root = Path(settings.GUIDES_ROOT)
    for path in [*root.glob("*.pdf"), *root.glob("*.part")]:
        if path.name not in kept and time.time() - path.stat().st_mtime > OLD:
            path.unlink(missing_ok=True)


def register() -> None:
    """Called when the app is ready."""
    handler = outbox.Handler(
        KIND, make, delays=DELAYS, aside=True, label=_("PDF files of guides to make")
    )
    outbox.register(handler)
    register_job(Job("guide-pdfs-daily", A_DAY, look_at_all))
    register_job(Job("guide-pdfs", timedelta(seconds=10), lambda: outbox.drain([KIND]), aside=True))
