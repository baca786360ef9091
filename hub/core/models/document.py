from pathlib import PurePath

from django.db import models
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument, Document


class HubDocument(AbstractDocument):
    """A file that co-ops carry away. Its public address outlives the file that stands behind it."""

    language = models.CharField(_("language"), max_length=12, default="fr")
    licence = models.CharField(
        _("licence"),
        max_length=120,
        blank=True,
        help_text=_("Under which conditions may it be reused? For instance: CC BY-SA 4.0."),
    )
    credits = models.CharField(_("credits"), max_length=255, blank=True)
    page_count = models.PositiveIntegerField(_("number of pages"), null=True, blank=True)

    admin_form_fields = (
        *Document.admin_form_fields,
        "language",
        "licence",
        "credits",
        "page_count",
    )

    class Meta(AbstractDocument.Meta):
        abstract = False
        permissions = [("choose_document", "Can choose document")]

    @property
    def format(self) -> str:
        """The file format as a facet value: ``pdf``, ``docx``…"""
        return self.file_extension.lower()

    @property
    def filename(self) -> str:
        """The name that a reader gets: from the title, so that it survives a replacement."""
        extension = PurePath(self.file.name or "").suffix.lower()
        return f"{slugify(self.title) or 'document'}{extension}"

    @property
    def url(self) -> str:
        """The address to print on paper: only the number in it decides which file is served."""
        return reverse("document_file", args=[self.pk, self.filename])
