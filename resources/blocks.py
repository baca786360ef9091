"""The stream blocks that give resource types their shape."""

from django.core.exceptions import ValidationError
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from hub.core.blocks import ContentStream
from resources.vocabulary import Phase


class UniqueSlugsMixin:
    """A list whose items have an address: two of them never share one."""

    def clean(self, value: blocks.StreamValue) -> blocks.StreamValue:
        cleaned = super().clean(value)
        slugs = [block.value["slug"] for block in cleaned if "slug" in block.value]
        twice = next((slug for slug in slugs if slugs.count(slug) > 1), None)
        if twice:
            raise ValidationError(
                _("Two items have the same address “%(slug)s”: change one of the titles."),
                params={"slug": twice},
            )
        return cleaned


class SluggedStruct(blocks.StructBlock):
    """A titled item with an address of its own, made from the title when left empty."""

    title = blocks.CharBlock(max_length=150, label=_("Title"))
    slug = blocks.CharBlock(
        required=False,
        max_length=80,
        label=_("Address"),
        help_text=_("Left empty, it follows the title. Keep it once it has been shared."),
    )

    def clean(self, value: blocks.StructValue) -> blocks.StructValue:
        cleaned = super().clean(value)
        cleaned["slug"] = slugify(cleaned.get("slug") or cleaned["title"])
        return cleaned


class ChapterBlock(SluggedStruct):
    summary = blocks.CharBlock(required=False, max_length=250, label=_("Summary"))
    body = ContentStream(label=_("Content"))
    practices = blocks.ListBlock(
        blocks.PageChooserBlock(page_type="resources.PracticePage"),
        default=[],
        label=_("Practices"),
    )

    class Meta:
        icon = "doc-full"
        label = _("Chapter")


class ChapterStream(UniqueSlugsMixin, blocks.StreamBlock):
    chapter = ChapterBlock()


class ChangeBlock(blocks.StructBlock):
    date = blocks.DateBlock(label=_("Date"))
    note = blocks.CharBlock(max_length=250, label=_("What changed"))

    class Meta:
        icon = "history"
        label = _("Change")


class VideoChapterBlock(blocks.StructBlock):
    start = blocks.IntegerBlock(min_value=0, label=_("Starts at (seconds)"))
    title = blocks.CharBlock(max_length=120, label=_("Title"))

    class Meta:
        icon = "time"
        label = _("Chapter")


class KitItemBlock(blocks.StructBlock):
    document = blocks.PageChooserBlock(page_type="resources.DocumentPage", label=_("Document"))
    how = blocks.TextBlock(required=False, label=_("How to use it"))

    class Meta:
        icon = "doc-empty"
        label = _("Document")


class KitSectionBlock(blocks.StructBlock):
    title = blocks.CharBlock(max_length=120, label=_("Title"))
    intro = blocks.TextBlock(required=False, label=_("Introduction"))
    items = blocks.ListBlock(KitItemBlock(), label=_("Documents"))

    class Meta:
        icon = "folder-open-inverse"
        label = _("Section")


class ClaimBlock(blocks.StructBlock):
    """What somebody reported, with where and when: never a truth of the site."""

    claim = blocks.TextBlock(label=_("What was observed"))
    source = blocks.CharBlock(max_length=200, label=_("Source"))
    date = blocks.DateBlock(required=False, label=_("Date"))

    class Meta:
        icon = "clipboard-list"
        label = _("Observation")


class ConfusionBlock(blocks.StructBlock):
    term = blocks.PageChooserBlock(page_type="resources.GlossaryTermPage", label=_("Term"))
    difference = blocks.TextBlock(label=_("What makes the difference"))

    class Meta:
        icon = "help"
        label = _("Not to be confused with")


class JourneyStepBlock(SluggedStruct):
    who = blocks.CharBlock(max_length=150, label=_("Who"))
    goal = blocks.CharBlock(max_length=250, label=_("Goal"))
    text = blocks.RichTextBlock(
        required=False, features=["bold", "italic", "ol", "ul", "link"], label=_("Text")
    )
    practices = blocks.ListBlock(
        blocks.PageChooserBlock(page_type="resources.PracticePage"),
        default=[],
        label=_("Practices"),
    )
    resources = blocks.ListBlock(
        blocks.PageChooserBlock(page_type="resources.ResourcePage"),
        default=[],
        label=_("Resources"),
    )
    testimonies = blocks.ListBlock(
        blocks.PageChooserBlock(page_type="resources.ExperienceReportPage"),
        default=[],
        label=_("Experience reports"),
    )

    class Meta:
        icon = "list-ol"
        label = _("Step")


class JourneyPhaseBlock(blocks.StructBlock):
    key = blocks.ChoiceBlock(choices=Phase.choices, label=_("Phase"))
    title = blocks.CharBlock(max_length=120, label=_("Title"))
    intro = blocks.TextBlock(required=False, label=_("Introduction"))
    steps = blocks.ListBlock(JourneyStepBlock(), label=_("Steps"))

    class Meta:
        icon = "calendar-alt"
        label = _("Phase")


class DossierEntryBlock(blocks.StructBlock):
    page = blocks.PageChooserBlock(page_type="resources.ResourcePage", label=_("Resource"))
    note = blocks.TextBlock(required=False, label=_("Why it is here"))

    class Meta:
        icon = "link"
        label = _("Resource")
