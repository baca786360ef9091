from typing import Any, NamedTuple

from django.db import models
from django.utils.translation import gettext_lazy as _

from .document import HubDocument
from .scan import may_be_sent


class ReadPage(NamedTuple):
    """The words of one page; see ``hub.core.extraction.PageText``."""

    number: int
    label: str
    title: str
    text: str


class FileReading(models.Model):
    """What the words of a file are, as a program read them: only for the file of this hash."""

    wagtail_reference_index_ignore = True

    document = models.OneToOneField(
        HubDocument, on_delete=models.CASCADE, primary_key=True, related_name="reading"
    )
    file_hash = models.CharField(max_length=40)
    pages = models.JSONField(default=list, help_text="[number, label, title, text] of each page.")
    # Whether there are any, for pages that show a link to the words and not the words.
    has_words = models.BooleanField(editable=False, default=False)
    page_count = models.PositiveIntegerField(null=True)
    title = models.CharField(_("title inside the file"), max_length=300, blank=True)
    language = models.CharField(_("language inside the file"), max_length=35, blank=True)
    tagged = models.BooleanField(_("tagged"), null=True)
    image_only = models.BooleanField(_("pictures only"), default=False)
    encrypted = models.BooleanField(_("protected"), default=False)
    truncated = models.BooleanField(_("not read to the end"), default=False)
    problem = models.CharField(_("problem"), max_length=20, blank=True)
    read_at = models.DateTimeField(_("read on"), auto_now=True)

    class Meta:
        verbose_name = _("reading of a file")

    def save(self, *args: Any, **options: Any) -> None:
        fields = options.get("update_fields")
        if fields is None or "pages" in fields:
            self.has_words = bool(self.pages)
            options["update_fields"] = None if fields is None else {*fields, "has_words"}
        super().save(*args, **options)

    def __str__(self) -> str:
        return f"{self.document_id} {self.file_hash}"


def pages_read(document: HubDocument | None) -> list[ReadPage]:
    """The words of the file that a document holds now, page by page.

    None while it is not read, nor while the virus scanner has not seen it.
    """
    reading = getattr(document, "reading", None)
    if document is None or reading is None or reading.file_hash != document.file_hash:
        return []
    if not may_be_sent(document):
        return []
    return [ReadPage(*page) for page in reading.pages]
