"""What the virus scanner said, and the one rule that follows: what it has not seen is not sent."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

Scannable = Any  # what has a ``file_hash``


class Verdict(models.TextChoices):
    CLEAN = "clean", _("nothing found")
    FOUND = "found", _("virus found")
    TOO_LARGE = "too_large", _("too large for the scanner")
    UNKNOWN = "unknown", _("not scanned yet")


class FileScan(models.Model):
    """What the virus scanner said of some bytes, whichever documents hold them."""

    wagtail_reference_index_ignore = True

    file_hash = models.CharField(_("digest of the file"), max_length=40, primary_key=True)
    verdict = models.CharField(_("verdict"), max_length=12, choices=Verdict.choices)
    detail = models.CharField(_("what the scanner said"), max_length=200, blank=True)
    scanned_at = models.DateTimeField(_("scanned on"), auto_now=True)

    class Meta:
        verbose_name = _("virus scan of a file")
        verbose_name_plural = _("virus scans of files")

    def __str__(self) -> str:
        return f"{self.file_hash} {self.verdict}"


def mark_sendable(files: Iterable[Scannable]) -> None:
    """Answer ``may_be_sent`` for several files at once: one query at most."""
    asked = list(files)
    if not settings.CLAMD or not asked:
        return
    hashes = {file.file_hash for file in asked}
    clean = FileScan.objects.filter(pk__in=hashes, verdict=Verdict.CLEAN)
    known = set(clean.values_list("pk", flat=True))
    for file in asked:
        file.found_clean = file.file_hash if file.file_hash in known else ""


def may_be_sent(file: Scannable) -> bool:
    """Whether the bytes of a file may leave, in any form: the file, a zip, its words.

    Always, where no scanner is configured; otherwise once it found nothing in these very bytes.
    """
    if not settings.CLAMD:
        return True
    if not hasattr(file, "found_clean"):
        mark_sendable([file])
    return bool(file.file_hash) and file.found_clean == file.file_hash
