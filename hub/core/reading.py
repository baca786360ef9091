"""Reads the words of each uploaded file, after its transaction and aside from any request."""

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from django.db.models.signals import post_save
from django.utils.translation import gettext_lazy as _

from hub.core import outbox
from hub.core.extraction import Extraction, extract
from hub.core.extraction.formats import READERS
from hub.core.models import FileReading, HubDocument, OutboxItem

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


def keep(document: HubDocument, found: Extraction) -> None:
    """Keep what was read; whoever shows these words follows the saved row."""
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


def register() -> None:
    """Called when the app is ready."""
    outbox.register(outbox.Handler(KIND, read, label=_("files to read")))
    post_save.connect(follow_upload, HubDocument, dispatch_uid="reading")
