"""Stores the generated files of the kit as documents of the library."""

import io

from django.core.files.base import ContentFile

from home.kit_files import KitFile, build
from hub.core.models import HubDocument
from hub.core.uploads import UploadRefused, check_upload

from .ledger import Ledger
from .references import References
from .sources import CONTENT, ContentError, digest_of

NOTE = "Mise à jour du kit"


def load_files(ledger: Ledger, references: References) -> None:
    """Write each file of the kit; a newer one replaces the old one under the same number."""
    for file in build(CONTENT):
        _check(file)
        _keep(ledger, file)
        known = ledger.known(f"file:{file.key}")
        if known and HubDocument.objects.filter(pk=known).exists():
            references.files[file.key] = int(known)


def _check(file: KitFile) -> None:
    """Through the gate of every file; it refuses calendars, which only the project itself makes."""
    if file.filename.endswith(".ics"):
        return
    try:
        check_upload(file.filename, io.BytesIO(file.content))
    except UploadRefused as refusal:
        raise ContentError(f"kit/{file.key}: {refusal}") from refusal


def _keep(ledger: Ledger, file: KitFile) -> None:
    key = f"file:{file.key}"

    def state(pk: str) -> str | None:
        document = HubDocument.objects.filter(pk=pk).first()
        return digest_of([document.title, document.get_file_hash()]) if document else None

    def save() -> tuple[int, str]:
        known = ledger.known(key)
        document = HubDocument.objects.filter(pk=known).first() if known else None
        document = document or HubDocument()
        document.title = file.title
        document.language = file.language.partition("-")[0]
        document.licence = file.licence
        content = ContentFile(file.content, name=file.filename)
        document.replace_file(content, note=NOTE, page_count=file.page_count)
        return document.pk, state(str(document.pk)) or ""

    fingerprint = digest_of([file.title, file.licence, file.content.hex()])
    ledger.write(key, fingerprint, state, save)
