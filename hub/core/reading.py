"""Reads the words of each uploaded file, after its transaction and aside from any request."""

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from django.db import transaction
from django.db.models.signals import post_delete, post_save
from django.utils.translation import gettext_lazy as _

from hub.core import outbox
from hub.core.extraction import Extraction, extract
from hub.core.extraction.formats import READERS
from hub.core.language_vote import language_of
from hub.core.languages import ContentLanguage
from hub.core.models import DocumentVersion, FileReading, HubDocument, OutboxItem
from hub.core.models.version import follow_deletion

KIND = "read_file"


def ask_for(document: HubDocument) -> None:
    """Have the file of a document read, if it is of a kind that is and is not read yet."""
    if document.format not in READERS or not document.file_hash:
        return
    if not FileReading.objects.filter(pk=document.pk, file_hash=document.file_hash).exists():
        outbox.ask(KIND, {str(document.pk): {}})


def follow_upload(instance: HubDocument, *, raw: bool = False, **_options: object) -> None:
    if not raw:
        ask_for(instance)


def follow_version(instance: DocumentVersion, *, raw: bool = False, **_options: object) -> None:
    """The version knows the hash of what was really stored."""
    if not raw:
        ask_for(instance.document)


def read(items: Sequence[OutboxItem]) -> outbox.Failures:
    """Read the files of these tasks; a file that is gone needs no reading."""
    failures = {}
    for item in items:
        document = HubDocument.objects.filter(pk=int(item.key)).first()
        if document is None:
            continue
        try:
            with on_disk(document) as path:
                keep(document, extract(path, document.format))
        except OSError as error:
            failures[item.pk] = outbox.Failure(f"The file cannot be opened: {error}")
    return failures


@contextmanager
def on_disk(document: HubDocument) -> Iterator[Path]:
    """A path where another program can open the file, wherever it is stored."""
    try:
        path = Path(document.file.path)
    except NotImplementedError:
        with tempfile.NamedTemporaryFile(suffix=f".{document.format}") as copy:
            with document.file.open("rb") as source:
                shutil.copyfileobj(source, copy)
            copy.flush()
            yield Path(copy.name)
        return
    yield path


@transaction.atomic
def keep(document: HubDocument, found: Extraction) -> None:
    """Keep what was read; whoever shows these words follows the saved row.

    A file that was replaced while it was read leaves nothing: the newer one has its own task.
    """
    same = HubDocument.objects.select_for_update().filter(
        pk=document.pk, file_hash=document.file_hash
    )
    if not same.exists():
        return
    _complete(document, found)
    FileReading.objects.update_or_create(
        document=document,
        defaults={
            "file_hash": document.file_hash,
            "pages": [[page.number, page.label, page.title, page.text] for page in found.pages],
            "page_count": found.page_count,
            "title": found.title,
            "language": found.language[:35],
            "tagged": found.tagged,
            "image_only": found.image_only,
            "encrypted": found.encrypted,
            "truncated": found.truncated,
            "problem": found.problem,
        },
    )


def _complete(document: HubDocument, found: Extraction) -> None:
    """Say of the document what nobody said: never instead of what an editor typed."""
    rows = HubDocument.objects.filter(pk=document.pk)
    if found.page_count:
        rows.filter(page_count=None).update(page_count=found.page_count)
        newest = document.versions.filter(file_hash=document.file_hash, page_count=None)
        newest.update(page_count=found.page_count)
    # A word processor declares the language it was installed in, whatever one writes with it.
    language = language_of("\n".join(page.text for page in found.pages[:20]))
    language = language or found.language[:2].lower()
    if language in ContentLanguage.values:
        rows.filter(language="").update(language=language)


def register() -> None:
    """Called when the app is ready."""
    outbox.register(outbox.Handler(KIND, read, label=_("files to read")))
    post_save.connect(follow_upload, HubDocument, dispatch_uid="reading")
    post_save.connect(follow_version, DocumentVersion, dispatch_uid="reading of a version")
    post_delete.connect(follow_deletion, DocumentVersion, dispatch_uid="files of versions")
