import hashlib
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from hub.core.file_names import download_name

if TYPE_CHECKING:
    from hub.core.models.document import HubDocument

PIECE = 1024 * 1024  # bytes


class DocumentVersion(models.Model):
    """A file that a document holds or held: its lasting address and ``?v=`` its number.

    The newest is the one that the document serves. Its file is deleted with its row and never before.
    """

    wagtail_reference_index_ignore = True

    document = models.ForeignKey(
        "core.HubDocument", on_delete=models.CASCADE, related_name="versions"
    )
    number = models.PositiveIntegerField(_("version"))
    file = models.FileField(_("file"), upload_to="documents")
    file_size = models.PositiveBigIntegerField(_("size in bytes"), null=True)
    file_hash = models.CharField(max_length=40, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    page_count = models.PositiveIntegerField(_("number of pages"), null=True)
    note = models.CharField(_("what changed"), max_length=300, blank=True)
    created_at = models.DateTimeField(_("put here on"), default=timezone.now)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        ordering = ["-number"]
        verbose_name = _("version of a file")
        verbose_name_plural = _("versions of files")
        constraints = [
            models.UniqueConstraint(fields=["document", "number"], name="version_numbered_once")
        ]

    def __str__(self) -> str:
        return f"{self.document_id} v{self.number}"

    @property
    def format(self) -> str:
        return PurePath(self.file.name or "").suffix.lower().removeprefix(".")

    @property
    def title(self) -> str:
        return self.document.title

    @property
    def language(self) -> str:
        return self.document.language

    @property
    def licence(self) -> str:
        return self.document.licence

    @property
    def download_name(self) -> str:
        return download_name(self.document.title, self.format, f" (v{self.number})")

    @property
    def url(self) -> str:
        name = f"{slugify(self.document.title) or 'document'}.{self.format}"
        return f"{reverse('document_file', args=[self.document_id, name])}?v={self.number}"


def keep_version(document: "HubDocument") -> None:
    """Make the version of the file that a saved document holds, unless it has it already.

    Inside the transaction that saves the document. The same content put again is the same version:
    only the place where it is stored changes.
    """
    if not document.file:
        return
    newest = document.versions.first()
    if newest and newest.file.name == document.file.name:
        return
    sha1, sha256, size = digests_of(document.file)
    document.file_hash, document.file_size = sha1, size
    if newest and sha256 == newest.sha256 and newest.format == document.format:
        forget_file(newest.file.storage, newest.file.name)
        newest.file.name = document.file.name
        newest.save(update_fields=["file"])
        return
    document.newest_version = newest.number + 1 if newest else 1
    told = ("file_hash", "file_size", "newest_version")
    rows = type(document).objects.filter(pk=document.pk)
    rows.update(**{name: getattr(document, name) for name in told})
    _add_version(document, sha256)


def _add_version(document: "HubDocument", sha256: str) -> None:
    """The row of the file that a document has just got. The first one changes nothing."""
    is_first = document.newest_version == 1
    document.versions.create(
        number=document.newest_version,
        file=document.file.name,
        file_size=document.file_size,
        file_hash=document.file_hash,
        sha256=sha256,
        page_count=document.page_count,
        note="" if is_first else document.change_note[:300],
        created_by=document.changed_by or (document.uploaded_by_user if is_first else None),
    )
    document.change_note, document.changed_by = "", None


def digests_of(file: Any) -> tuple[str, str, int]:
    """SHA-1, SHA-256 (in hexadecimal) and size in bytes of a stored file, read once by pieces."""
    sha1, sha256 = hashlib.sha1(usedforsecurity=False), hashlib.sha256()
    size = 0
    with file.storage.open(file.name, "rb") as source:
        for piece in source.chunks(PIECE):
            sha1.update(piece)
            sha256.update(piece)
            size += len(piece)
    return sha1.hexdigest(), sha256.hexdigest(), size


def forget_file(storage: Any, name: str) -> None:
    """Delete a stored file once the transaction is over, unless a document or a version holds it."""

    def delete() -> None:
        holder = DocumentVersion._meta.get_field("document").related_model
        held = DocumentVersion.objects.filter(file=name).exists()
        if name and not held and not holder.objects.filter(file=name).exists():
            storage.delete(name)

    transaction.on_commit(delete)


def follow_deletion(instance: DocumentVersion, **_options: object) -> None:
    """A version that is gone takes its file along, unless the document still serves it."""
    forget_file(instance.file.storage, instance.file.name)
