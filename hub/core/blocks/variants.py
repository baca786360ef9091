"""One passage said twice: for the two legal forms of our co-operatives."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError

from .text import INLINE


class LegalForm(models.TextChoices):
    """What a reader may choose in the address: ``?statut=scic``."""

    SCIC = "scic", _("In a SCIC")
    SCP = "scp", _("In an SCP")


class VariantBlock(blocks.StructBlock):
    """What holds for one form, what holds for the other. A reader who chose nothing reads both.

    The text that was not chosen stays in the page, for the print, and is not shown.
    """

    scic = blocks.RichTextBlock(required=False, features=INLINE, label=LegalForm.SCIC.label)
    scp = blocks.RichTextBlock(required=False, features=INLINE, label=LegalForm.SCP.label)

    class Meta:
        icon = "resubmit"
        label = _("Text for SCIC, text for SCP")
        template = "blocks/variants.html"
        help_text = _(
            "What is true for both stands in a plain text. Left empty, a form has nothing to say here."
        )

    def clean(self, value: blocks.StructValue) -> blocks.StructValue:
        cleaned = super().clean(value)
        if not variants_of(cleaned):
            raise StructBlockValidationError(non_block_errors=[_("Write one of the two texts.")])
        return cleaned

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict:
        context = super().get_context(value, parent_context=parent_context)
        chosen = context.get("legal_form") or ""
        return context | {
            "variants": [
                variant | {"shown": chosen in ("", variant["form"])}
                for variant in variants_of(value)
            ]
        }


def variants_of(value: blocks.StructValue) -> list[dict[str, Any]]:
    """The texts that were written, each with its ``form`` and its ``label``, in their order."""
    return [
        {"form": form.value, "label": form.label, "text": value[form.value]}
        for form in LegalForm
        if value.get(form.value) and str(value[form.value].source).strip()
    ]
