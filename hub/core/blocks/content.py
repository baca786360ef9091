"""The stream of content that every page body is made of."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.snippets.blocks import SnippetChooserBlock

from .media import FigureBlock, FilesBlock, TableBlock
from .text import PROSE, CalloutBlock, CopyTextBlock, QuoteBlock
from .variants import VariantBlock


class ContentStream(blocks.StreamBlock):
    heading = blocks.CharBlock(
        max_length=150, icon="title", label=_("Heading"), template="blocks/heading.html"
    )
    paragraph = blocks.RichTextBlock(
        features=PROSE, icon="pilcrow", label=_("Text"), template="blocks/paragraph.html"
    )
    variants = VariantBlock()
    callout = CalloutBlock()
    quote = QuoteBlock()
    copy_text = CopyTextBlock()
    table = TableBlock()
    figure = FigureBlock()
    files = FilesBlock()
    legal_value = SnippetChooserBlock(
        "resources.LegalRecord",
        icon="site",
        label=_("Legal value"),
        template="blocks/legal_value.html",
        help_text=_("Shown with its source, its date and whether the federation has checked it."),
    )

    class Meta:
        required = False
