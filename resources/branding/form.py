"""What a co-op fills in: its name, and its logo if it has one at hand."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from hub.core.text import printable
from hub.core.upload_rules import MEGABYTE, UploadRefused
from hub.core.visitor_forms import VisitorForm
from resources.branding.brand import Brand, Logo
from resources.branding.logo import MAX_LOGO, read_logo

LONGEST_NAME = 60


class BrandForm(VisitorForm):
    """``brand`` is there once the form is valid."""

    salt = "brand"

    name = forms.CharField(
        label=_("Name of your co-operative"),
        max_length=LONGEST_NAME,
        help_text=_("As it must stand in the documents, 60 characters at most."),
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
        error_messages={"required": _("Write the name of your co-operative.")},
    )
    logo = forms.FileField(
        label=_("Logo"),
        required=False,
        allow_empty_file=True,
        help_text=_(
            "A PNG, JPEG or WebP picture, 5 MB at most. Without a logo, your name takes its place."
        ),
        widget=forms.FileInput(attrs={"accept": ".png,.jpg,.jpeg,.webp"}),
    )

    must_choose_again = False  # a browser never sends a file twice by itself

    def clean_name(self) -> str:
        name = " ".join(printable(self.cleaned_data["name"]).split())
        if not name:
            raise ValidationError(self.fields["name"].error_messages["required"])
        return name

    def clean_logo(self) -> Logo | None:
        file = self.cleaned_data["logo"]
        if not isinstance(file, UploadedFile):
            return None
        if (file.size or 0) > MAX_LOGO:
            raise ValidationError(
                _("This picture is larger than %(limit)s MB: reduce it, then choose it again."),
                params={"limit": MAX_LOGO // MEGABYTE},
            )
        try:
            return read_logo(file.name or "", file)
        except UploadRefused as refusal:
            raise ValidationError(str(refusal), code="refused") from refusal

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        self.must_choose_again = bool(self.errors) and "logo" in self.files
        return cleaned

    @property
    def brand(self) -> Brand:
        return Brand(self.cleaned_data["name"], self.cleaned_data["logo"])
