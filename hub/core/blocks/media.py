"""Blocks that show a file, a picture or figures."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageBlock

from .text import INLINE


class FigureBlock(blocks.StructBlock):
    image = ImageBlock(label=_("Picture"))
    caption = blocks.CharBlock(required=False, max_length=250, label=_("Caption"))

    class Meta:
        icon = "image"
        label = _("Picture")
        template = "blocks/figure.html"


class FilesBlock(blocks.StructBlock):
    title = blocks.CharBlock(required=False, max_length=120, label=_("Title"))
    files = blocks.ListBlock(DocumentChooserBlock(), label=_("Files"))

    class Meta:
        icon = "download"
        label = _("Files to download")
        template = "blocks/files.html"


class TableBlock(blocks.StructBlock):
    table = TypedTableBlock(
        [
            ("text", blocks.RichTextBlock(features=INLINE, label=_("Text"))),
            ("number", blocks.DecimalBlock(label=_("Number"))),
        ],
        label=_("Table"),
        help_text=_("The first column names the rows. Give the table a caption."),
    )

    class Meta:
        icon = "table"
        label = _("Table")
        template = "blocks/table.html"
