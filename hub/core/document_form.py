"""The part of the admin’s form of a file that replaces one version by another."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _
from wagtail.documents.forms import BaseDocumentForm
from wagtail.utils.file import hash_filelike


class ReplacingForm(BaseDocumentForm):
    """As Wagtail’s, but a replaced file stays as a version, with a word on what changed."""

    change_note = forms.CharField(
        label=_("What changes in this version"),
        max_length=300,
        required=False,
        help_text=_("Only when you put another file: readers see it in the list of versions."),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        self.person = options.get("user")
        super().__init__(*args, **options)
        if not self.instance.pk or "file" not in self.fields:
            del self.fields["change_note"]
            return
        self.fields["file"].label = _("Replace by another file")
        self.fields["file"].help_text = _(
            "The address stays the same and leads to the new file; the old one stays as a version."
        )
        self.order_fields(["title", "file", "change_note"])

    def refuse_what_is_held(self, file: UploadedFile) -> None:
        """It would make no version, and lose the word on what changed without a word."""
        if self.instance.pk and hash_filelike(file) == self.instance.get_file_hash():
            raise forms.ValidationError(
                _("This is the very file that the document holds already: nothing would change.")
            )

    def save(self, commit: bool = True) -> Any:
        if "file" in self.changed_data:
            self.original_file = None  # Wagtail would delete it: it is a version now
            self.instance.change_note = self.cleaned_data.get("change_note", "")
            self.instance.changed_by = self.person
            if "page_count" not in self.changed_data and not self._counted_here():
                self.instance.page_count = None
        return super().save(commit=commit)

    def _counted_here(self) -> bool:
        """Whether the gate has just counted the pages of the new file."""
        return self.cleaned_data.get("page_count") not in (None, self.initial.get("page_count"))
