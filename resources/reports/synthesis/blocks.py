"""The parts of a synthesis as editors move, rewrite and tick them."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from hub.core.blocks import ContentStream


class MarkBlock(blocks.CharBlock):
    """What ties a part to its figures: seen, not typed."""

    def __init__(self, **options: Any) -> None:
        super().__init__(required=False, **options)
        self.field.widget = forms.TextInput(attrs={"readonly": True})

    def get_translatable_segments(self, _value: str) -> list[Any]:
        """Nothing to translate: a mark that changes ties its part to nothing."""
        return []


def _origin() -> MarkBlock:
    return MarkBlock(
        label=_("Made from"),
        help_text=_("While you leave the words alone, they follow the figures at each build."),
    )


class HeadingPart(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), max_length=120)
    origin = _origin()

    class Meta:
        icon = "title"
        label = _("Title of a theme")
        label_format = "{title}"


class SentencePart(blocks.StructBlock):
    text = blocks.TextBlock(label=_("Sentence"), rows=3)
    figure = MarkBlock(label=_("Figure that it tells of"))
    origin = _origin()

    class Meta:
        icon = "pilcrow"
        label = _("Sentence with its figure")
        label_format = "{text}"


class ChartPart(blocks.StructBlock):
    caption = blocks.CharBlock(label=_("Caption"), max_length=300)
    figure = MarkBlock(label=_("Figure that it draws"))
    origin = _origin()

    class Meta:
        icon = "table"
        label = _("Chart with its table")
        label_format = "{caption}"


class QuotePart(blocks.StructBlock):
    shown = blocks.BooleanBlock(label=_("Publish this quote"), required=False)
    text = blocks.TextBlock(
        label=_("Words of the co-operative"),
        rows=3,
        help_text=_("You may shorten them: put […] where you cut. Other words are not published."),
    )
    answer = MarkBlock(label=_("Answer"))
    question = MarkBlock(label=_("Question"))
    origin = _origin()

    def get_translatable_segments(self, _value: Any) -> list[Any]:
        """Nothing: other words than those of the co-op are not published, and those that it takes
        back must not be left in what translators keep."""
        return []

    class Meta:
        icon = "openquote"
        label = _("Quote")
        label_format = "{text}"


class KeyFiguresPart(blocks.StructBlock):
    origin = _origin()

    class Meta:
        icon = "order"
        label = _("Key figures")
        label_format = ""


class PartsStream(ContentStream):
    """What was generated, and among it whatever an editor adds."""

    theme = HeadingPart()
    key_figures = KeyFiguresPart()
    sentence = SentencePart()
    chart = ChartPart()
    said = QuotePart()

    class Meta:
        required = False
