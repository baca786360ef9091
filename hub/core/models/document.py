from pathlib import PurePath
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument, Document

from hub.core.file_names import download_name
from hub.core.languages import ContentLanguage
from hub.core.licences import ADDRESSES, SENTENCES, Licence, code_and_text
from hub.core.models.version import keep_version


class HubDocument(AbstractDocument):
    """A file that co-ops carry away. Its public address outlives the file that stands behind it.

    Saving it with another ``file`` makes a version; the old file stays (``versions``). What is said
    of that version is in ``change_note`` and ``changed_by``, set before saving.
    """

    language = models.CharField(
        _("language"),
        max_length=12,
        blank=True,
        choices=ContentLanguage.choices,
        help_text=_("Left empty, it is read in the file itself."),
    )
    licence_code = models.CharField(
        _("licence"),
        max_length=12,
        blank=True,
        choices=Licence.choices,
        help_text=_("Under which conditions may it be reused? The page says it in plain words."),
    )
    licence_text = models.CharField(
        _("other conditions"),
        max_length=120,
        blank=True,
        help_text=_("Only when you chose “Other conditions”: the sentence that readers see."),
    )
    credits = models.CharField(_("credits"), max_length=255, blank=True)
    page_count = models.PositiveIntegerField(
        _("number of pages"),
        null=True,
        blank=True,
        help_text=_("Left empty, it is counted in the file itself."),
    )

    newest_version = models.PositiveIntegerField(default=1, editable=False)

    admin_form_fields = (
        *Document.admin_form_fields,
        "language",
        "licence_code",
        "licence_text",
        "credits",
        "page_count",
    )
    change_note = ""
    changed_by: Any = None

    class Meta(AbstractDocument.Meta):
        abstract = False
        permissions = [("choose_document", "Can choose document")]

    def clean(self) -> None:
        if self.file:  # the gate has said already why it refused one
            super().clean()
        if self.licence_code == Licence.OTHER and not self.licence_text.strip():
            raise ValidationError({"licence_text": _("Write the conditions in one sentence.")})

    def save(self, *args: Any, **options: Any) -> None:
        """The row, its version and the new file: all of them or none."""
        fields = options.get("update_fields")
        if fields is not None and "file" not in fields:
            super().save(*args, **options)
            return
        fresh = bool(self.file) and not self.file._committed
        if fresh:
            self._set_document_file_metadata()
        try:
            with transaction.atomic():
                if self.pk:
                    type(self).objects.select_for_update().filter(pk=self.pk).first()
                super().save(*args, **options)
                keep_version(self)
        except BaseException:
            if fresh and self.file._committed:
                self.file.storage.delete(self.file.name)
            raise

    @property
    def format(self) -> str:
        """The file format as a facet value: ``pdf``, ``docx``…"""
        return PurePath(self.file.name or "").suffix.lower().removeprefix(".")

    @property
    def filename(self) -> str:
        """The last part of its address: plain letters, from the title."""
        return f"{slugify(self.title) or 'document'}.{self.format}"

    @property
    def download_name(self) -> str:
        """The name that a reader’s computer gives the file, with its accents."""
        return download_name(self.title, self.format)

    @property
    def url(self) -> str:
        """The address to print on paper: only the number in it decides which file is served."""
        return reverse("document_file", args=[self.pk, self.filename])

    @property
    def licence(self) -> str:
        """The short name of the licence, « CC BY-SA 4.0 »; whoever sets it sets its code and text."""
        if self.licence_code == Licence.OTHER:
            return self.licence_text
        return str(Licence(self.licence_code).label) if self.licence_code else ""

    @licence.setter
    def licence(self, name: str) -> None:
        self.licence_code, self.licence_text = code_and_text(name)

    @property
    def reuse_rights(self) -> str:
        """What one may do with the file, in a sentence; that of the editor for other conditions."""
        if self.licence_code == Licence.OTHER:
            return self.licence_text
        return str(SENTENCES[Licence(self.licence_code)]) if self.licence_code else ""

    @property
    def licence_url(self) -> str:
        return ADDRESSES.get(Licence(self.licence_code), "") if self.licence_code else ""

    def replace_file(
        self, file: Any, *, note: str = "", by: Any = None, page_count: int | None = None
    ) -> None:
        """Put another file under the same address; the old one stays as a version.

        ``file`` is a Django file with a name. The number of pages is read again when not given.
        """
        self.file, self.page_count = file, page_count
        self.change_note, self.changed_by = note, by
        self.save()
