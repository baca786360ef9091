"""Blocks of words: what an editor writes."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

PROSE = ["h3", "h4", "bold", "italic", "ol", "ul", "link", "document-link"]
INLINE = ["bold", "italic", "ol", "ul", "link", "document-link"]


class CalloutBlock(blocks.StructBlock):
    kind = blocks.ChoiceBlock(
        choices=[
            ("key", _("Key point")),
            ("example", _("Example")),
            ("warning", _("Warning")),
            ("tip", _("Tip")),
        ],
        default="key",
        label=_("Kind"),
    )
    title = blocks.CharBlock(required=False, max_length=120, label=_("Title"))
    text = blocks.RichTextBlock(features=INLINE, label=_("Text"))

    class Meta:
        icon = "info-circle"
        label = _("Callout")
        template = "blocks/callout.html"


class QuoteBlock(blocks.StructBlock):
    text = blocks.RichTextBlock(features=["bold", "italic"], label=_("Words"))
    author = blocks.CharBlock(required=False, max_length=120, label=_("Who says it"))
    role = blocks.CharBlock(required=False, max_length=160, label=_("In which role"))

    class Meta:
        icon = "openquote"
        label = _("Quotation")
        template = "blocks/quote.html"


class CopyTextBlock(blocks.StructBlock):
    title = blocks.CharBlock(max_length=120, label=_("Title"))
    text = blocks.TextBlock(
        label=_("Text to copy"), help_text=_("Plain text: it goes into a mail, an SMS or a poster.")
    )

    class Meta:
        icon = "copy"
        label = _("Text to copy")
        template = "blocks/copy_text.html"
