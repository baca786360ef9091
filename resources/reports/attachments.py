"""The photos and files of an answer: taken in within limits, kept apart, given back to few.

They stand in a folder of their own under random names. A file passes the gate of all uploads; a
picture loses what tells where it was taken. A row of the answer is locked while the limits are
counted, so that twenty files sent at once are no more than one after the other.
"""

import hashlib
import io
import os
import secrets
import shutil
from collections.abc import Sequence
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any, BinaryIO, Final

from django.conf import settings
from django.db import transaction
from django.db.models import F, Sum
from django.db.models.signals import post_delete
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.utils.file import hash_filelike

from hub.core import jobs, quarantine
from hub.core.files import content_type_of
from hub.core.models import may_be_sent
from hub.core.serving import StoredBytes
from hub.core.upload_images import without_metadata
from hub.core.upload_rules import IMAGES, MEGABYTE, UploadRefused, extension_of, read_all
from hub.core.uploads import check_upload
from resources.reports.models import Answer, Attachment, UploadDay
from resources.reports.questionnaire.schema import PHOTO, Question
from resources.reports.questionnaire.values import cleaned, field_name
from resources.reports.working import columns, working

MOST_FILES: Final = 5
MOST_FILE: Final = 10 * MEGABYTE
MOST_ANSWER: Final = 30 * MEGABYTE
MOST_DAY: Final = 100 * MEGABYTE
LONGEST_NAME: Final = 120
SPARE: Final = 100 * MEGABYTE  # of the disk: what writes the answers themselves needs room
LEFT_AFTER: Final = timedelta(minutes=50)


class NoRoomError(UploadRefused):
    """The disk is full: nothing is wrong with the file."""


def add(answer: Answer, question: Question, upload: Any) -> Attachment:
    """Take in one file for a question. Raises UploadRefused with a sentence for whoever sent it."""
    if upload.size > MOST_FILE:
        raise UploadRefused(_("This file is larger than 10 MB: reduce it first."))
    _count(answer, upload.size)  # before any work; it is counted again under the lock
    content = _checked(question, upload)
    name = f"{secrets.token_hex(20)}.{extension_of(upload.name)}"
    path = _written(name, content)
    try:
        with transaction.atomic():
            return _kept(answer, question, upload.name, path, content)
    except BaseException:
        path.unlink(missing_ok=True)
        raise


class Refused(list[str]):
    """What was not taken in, in words; ``no_room`` when the disk is why."""

    no_room = False


def take(answer: Answer, question: Question, files: Any) -> Refused:
    """Take in what a form brought for a question (``request.FILES``); return what was refused."""
    refused = Refused()
    for upload in files.getlist(field_name(question.key)):
        try:
            add(answer, question, upload)
        except UploadRefused as refusal:
            refused.no_room = refused.no_room or isinstance(refusal, NoRoomError)
            refused.append(f"{cleaned(upload.name)[:80]} – {refusal}")
    return refused


@transaction.atomic
def remove(answer: Answer, key: Any) -> None:
    """Take a file away, for good; one that is gone is gone."""
    locked = Answer.objects.select_for_update().get(pk=answer.pk)
    attachment = locked.attachments.filter(key=key).first()
    if attachment is not None:
        attachment.delete()
        _note(answer, locked, attachment.question_key)


def open_file(attachment: Attachment) -> BinaryIO:
    """The bytes of a file. Raises OSError when they are not there."""
    return attachment.file.open("rb")


def stored_bytes(attachment: Attachment) -> StoredBytes | None:
    """What is sent of a file; None for what the virus scanner has not seen."""
    if not may_be_sent(attachment):
        return None
    return StoredBytes(
        open=lambda: open_file(attachment),
        size=attachment.size,
        tag=attachment.sha256,
        content_type=attachment.content_type,
        name=attachment.original_name,
    )


# -- Inside ----------------------------------------------------------------------------------------


def _checked(question: Question, upload: Any) -> bytes:
    """The bytes that are kept: those that came, without what tells the place of a picture."""
    extension = extension_of(upload.name)
    if question.type == PHOTO and extension not in IMAGES:
        raise UploadRefused(
            _("This is not a photo: %(accepted)s.") % {"accepted": ", ".join(IMAGES)}
        )
    check_upload(upload.name, upload)
    content = read_all(upload)
    if extension in IMAGES:
        content = without_metadata(extension, content)
        quarantine.look_at(io.BytesIO(content))
    return content


def _count(answer: Answer, size: int) -> None:
    """Refuse what goes past a limit. Exact while the row of the answer is locked."""
    files: Sequence[int] = answer.attachments.values_list("size", flat=True)
    if len(files) >= MOST_FILES:
        raise UploadRefused(
            _("%(most)d files at most for an answer: remove one first.") % {"most": MOST_FILES}
        )
    if sum(files) + size > MOST_ANSWER:
        raise UploadRefused(_("30 MB at most for an answer: remove a file, or reduce this one."))
    days = answer.upload_days.filter(day=timezone.localdate())
    today = days.aggregate(total=Sum("size"))["total"] or 0
    if today + size > MOST_DAY:
        raise UploadRefused(_("That is a lot of files for one day: go on tomorrow."))


def _written(name: str, content: bytes) -> Path:
    """Write the file; nothing is left of it when the disk is full."""
    folder = Path(settings.ATTACHMENTS_ROOT)
    path = folder / name
    try:
        folder.mkdir(mode=0o750, parents=True, exist_ok=True)
        if shutil.disk_usage(folder).free < len(content) + SPARE:
            raise OSError("too little room is left on the disk")
        with path.open("xb") as file:
            os.fchmod(file.fileno(), settings.FILE_UPLOAD_PERMISSIONS)
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        with suppress(OSError):
            path.unlink(missing_ok=True)
        raise NoRoomError(
            _("The site has no room left for files. Your answers are safe: come back later.")
        ) from error
    return path


def _kept(answer: Answer, question: Question, name: str, path: Path, content: bytes) -> Attachment:
    locked = Answer.objects.select_for_update().get(pk=answer.pk)
    _count(locked, len(content))
    extension = extension_of(name)
    attachment = Attachment.objects.create(
        answer=locked,
        question_key=question.key,
        stored_name=path.name,
        original_name=_short(cleaned(name), extension),
        content_type=content_type_of(extension),
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        file_hash=hash_filelike(io.BytesIO(content)),
    )
    today, _new = UploadDay.objects.get_or_create(answer=locked, day=timezone.localdate())
    UploadDay.objects.filter(pk=today.pk).update(size=F("size") + len(content))
    _note(answer, locked, question.key)
    return attachment


def _short(name: str, extension: str) -> str:
    stem = name.replace("\n", " ").replace("/", " ").replace("\\", " ")
    return stem if len(stem) <= LONGEST_NAME else f"{stem[: LONGEST_NAME - 6]}.{extension}"


def _note(answer: Answer, locked: Answer, key: str) -> None:
    """The files of a question are its value: those that are there.

    The version stays: nothing that a page shows of the texts has changed.
    """
    there = locked.attachments.filter(question_key=key).values_list("key", flat=True)
    held = working(locked)
    held.values.pop(key, None)
    if keys := [str(each) for each in there]:
        held.values[key] = keys
    changed = columns(locked, held) | {"saved_at": timezone.now()}
    Answer.objects.filter(pk=locked.pk).update(**changed)
    for name, value in changed.items():
        setattr(answer, name, value)


def _delete_file(instance: Attachment, **_options: Any) -> None:
    """The bytes go once the row is really gone, whatever deleted it."""
    transaction.on_commit(lambda: instance.file.unlink(missing_ok=True))


def sweep() -> int:
    """Delete the files that no row names: a transaction that was undone, a process that was killed."""
    folder = Path(settings.ATTACHMENTS_ROOT)
    named = set(Attachment.objects.values_list("stored_name", flat=True))
    before = (timezone.now() - LEFT_AFTER).timestamp()
    deleted = 0
    for path in folder.iterdir() if folder.is_dir() else ():
        if path.name not in named and path.stat().st_mtime < before:
            path.unlink(missing_ok=True)
            deleted += 1
    return deleted


def register() -> None:
    """Called when the app is ready."""
    post_delete.connect(_delete_file, Attachment, dispatch_uid="file of an attachment")
    quarantine.also_scan("attachment-", Attachment)
    jobs.register(jobs.Job("attachments that nothing names", timedelta(minutes=10), sweep))
