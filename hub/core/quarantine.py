"""Has every file seen by the virus scanner, when there is one; what it has not seen waits here.

A file whose scan failed is kept, and not sent (``may_be_sent``): a scanner that is away costs
readers a delay and editors nothing. It is tried again until the scanner answers.
"""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any, BinaryIO

from django.conf import settings
from django.db.models import Q
from django.db.models.functions import Now
from django.db.models.signals import post_save
from django.utils.translation import gettext_lazy as _
from wagtail.utils.file import hash_filelike

from hub.core import clamd, jobs, outbox
from hub.core.models import (
    DocumentVersion,
    FileScan,
    HubDocument,
    HubMedia,
    OutboxItem,
    Verdict,
)
from hub.core.upload_rules import UploadRefused

KIND = "scan_file"
AGAIN = timedelta(days=1)  # for a file that was too large: the limit may have been raised
OUTCOMES = {"clean": Verdict.CLEAN, "found": Verdict.FOUND, "too_large": Verdict.TOO_LARGE}
# What is scanned, by the beginning of the key of its task: models with a ``file`` that opens, and
# its ``file_hash``.
Scanned = Any
SCANNED: dict[str, Any] = {
    "": HubDocument,
    "version-": DocumentVersion,
    "video-": HubMedia,
}
STATES = {Verdict.FOUND: "found", Verdict.TOO_LARGE: "too_large_to_scan", Verdict.CLEAN: ""}


def look_at(file: BinaryIO) -> None:
    """Have a file that somebody sends scanned, and note what was said of its bytes.

    Raises UploadRefused for a virus; a scanner that does not answer stops nobody. ``file`` is left
    at its beginning.
    """
    if not settings.CLAMD:
        return
    file.seek(0)
    answer = clamd.scan(file, settings.CLAMD, settings.CLAMD_SECONDS)
    if answer.outcome == "found":
        raise UploadRefused(
            _("The virus scanner found something in this file (%(name)s): it is not taken in.")
            % {"name": answer.detail}
        )
    file.seek(0)
    note(hash_filelike(file), answer)
    file.seek(0)


def note(file_hash: str, answer: clamd.Answer) -> None:
    """Keep an answer; one that says nothing never replaces one that did."""
    verdict = OUTCOMES.get(answer.outcome, Verdict.UNKNOWN)
    known = FileScan.objects.filter(pk=file_hash).exclude(verdict=Verdict.UNKNOWN)
    if verdict is Verdict.UNKNOWN and known.exists():
        return
    FileScan.objects.update_or_create(
        file_hash=file_hash, defaults={"verdict": verdict, "detail": answer.detail[:200]}
    )


def states_of(documents: Sequence[HubDocument]) -> dict[int, str]:
    """What keeps each document from being sent, by id; empty for what may be. One query."""
    if not settings.CLAMD:
        return dict.fromkeys((document.pk for document in documents), "")
    scans = FileScan.objects.in_bulk({document.file_hash for document in documents})
    verdicts = {pk: scan.verdict for pk, scan in scans.items()}
    return {
        document.pk: STATES.get(verdicts.get(document.file_hash), "quarantine")
        for document in documents
    }


def key_of(file: Scanned) -> str:
    """The key of the task that scans this file."""
    return next(f"{start}{file.pk}" for start, kind in SCANNED.items() if isinstance(file, kind))


def file_of(key: str) -> Scanned | None:
    """The file that a task scans; None once it is gone."""
    start, dash, number = key.rpartition("-")
    return SCANNED[start + dash].objects.filter(pk=int(number)).first()


def ask_for(files: Iterable[Scanned]) -> None:
    """Have these files scanned, those that wait for it already left alone."""
    keys = {key_of(file) for file in files}
    waiting = OutboxItem.objects.filter(kind=KIND, done=False, key__in=keys)
    for key in keys - set(waiting.values_list("key", flat=True)):
        outbox.ask(KIND, {key: {}})


def ask_for_all() -> None:
    """The regular job: what no scan has decided is asked for, whenever it came in."""
    if settings.CLAMD:
        stale = Q(verdict=Verdict.TOO_LARGE, scanned_at__lt=Now() - AGAIN)
        decided = FileScan.objects.exclude(Q(verdict=Verdict.UNKNOWN) | stale).values("pk")
        for kind in SCANNED.values():
            ask_for(kind.objects.exclude(file_hash__in=decided).only("pk"))


def follow_upload(instance: Scanned, *, raw: bool = False, **_options: Any) -> None:
    """A file that came in by any road is scanned, unless the gate has just had it."""
    if settings.CLAMD and not raw:
        decided = FileScan.objects.filter(pk=instance.file_hash).exclude(verdict=Verdict.UNKNOWN)
        if not decided.exists():
            ask_for([instance])


def scan(items: Sequence[OutboxItem]) -> outbox.Failures:
    """Scan the files of these tasks. Raises NotNowError while nobody listens at the socket."""
    failures = {}
    for item in items:
        stored = file_of(item.key)
        if stored is None or not settings.CLAMD:
            continue
        try:
            with stored.file.open("rb") as file:
                answer = clamd.scan(file, settings.CLAMD, settings.CLAMD_SECONDS)
        except OSError as error:
            failures[item.pk] = outbox.Failure(f"The file cannot be opened: {error}")
            continue
        if answer.outcome == "away":
            raise outbox.NotNowError(answer.detail)
        note(stored.file_hash, answer)
        if answer.outcome == "unknown":
            failures[item.pk] = outbox.Failure(answer.detail)
    return failures


def also_scan(start: str, kind: Any) -> None:
    """Have the files of another model scanned too: called when its app is ready."""
    SCANNED[start] = kind
    post_save.connect(follow_upload, kind, dispatch_uid=f"quarantine of {kind.__name__}")


def register() -> None:
    """Called when the app is ready."""
    outbox.register(
        outbox.Handler(KIND, scan, away=timedelta(minutes=1), label=_("files to scan for viruses"))
    )
    jobs.register(jobs.Job("ask_for_scans", timedelta(minutes=10), ask_for_all))
    # A version holds the bytes of its document when it is made: the regular job has the others seen.
    for kind in (HubDocument, HubMedia):
        post_save.connect(follow_upload, kind, dispatch_uid=f"quarantine of {kind.__name__}")
