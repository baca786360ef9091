"""The one table that lists, facets, feeds and the search read."""

from collections.abc import Sequence
from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.forms import CheckboxSelectMultiple
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    PageChooserPanel,
    Panel,
    TabbedInterface,
)
from wagtail.fields import StreamField
from wagtail.models import Orderable, Page
from wagtail_localize.fields import SynchronizedField, TranslatableField

from hub.core.blocks import ContentStream
from hub.core.fields import SeveralChoicesField
from hub.core.languages import ContentLanguage
from hub.core.models import BasePage
from resources.cards import Card, cards_by_id
from resources.kept import kept
from resources.page_context import frame_context
from resources.projection import ResourceProjection
from resources.vocabulary import Access, Step, Use

SHARED_FIELDS = (
    "cover", "steps", "themes", "audiences", "uses", "year", "organisation", "language", "access",
    "updated_on", "review_on", "related_resources",
)  # fmt: skip


def resource_tabs(content_panels: Sequence[Panel]) -> TabbedInterface:
    """Return the form of a resource type, in the order of its page."""
    return TabbedInterface(
        [
            ObjectList(content_panels, heading=_("Content")),
            ObjectList(ResourcePage.filing_panels, heading=_("Filing")),
            ObjectList(ResourcePage.life_panels, heading=_("Life of the page")),
            ObjectList(ResourcePage.promote_panels, heading=_("Address")),
            ObjectList(ResourcePage.settings_panels, heading=_("Publication")),
        ]
    )


class ResourcePage(ResourceProjection, BasePage):
    """What every resource has in common. Only its types are created by editors."""

    is_creatable = False
    parent_page_types = ["resources.ResourceIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    resource_type: ClassVar[str] = ""
    type_label: ClassVar[str] = ""
    schema_type: ClassVar[str] = "CreativeWork"

    type = models.CharField(max_length=12, editable=False, db_index=True)
    external_id = models.CharField(max_length=64, blank=True, editable=False, db_index=True)
    summary = models.TextField(
        _("summary"),
        max_length=300,
        help_text=_("One or two plain sentences: they stand on the card and in search results."),
    )
    cover = models.ForeignKey(
        "core.HubImage",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("cover picture"),
        help_text=_("Without a picture, the page draws its own cover."),
    )
    steps = SeveralChoicesField(
        Step, verbose_name=_("steps"), help_text=_("When in the co-operative year does it serve?")
    )
    themes = ParentalManyToManyField("resources.Theme", blank=True, verbose_name=_("themes"))
    audiences = ParentalManyToManyField(
        "resources.Audience", blank=True, verbose_name=_("audiences")
    )
    uses = SeveralChoicesField(
        Use,
        verbose_name=_("where to use it"),
        help_text=_("Leave empty when it serves nowhere in particular."),
    )
    year = models.PositiveSmallIntegerField(
        _("year"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1900), MaxValueValidator(2100)],
    )
    organisation = models.ForeignKey(
        "resources.Organisation",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="resources",
        verbose_name=_("organisation"),
    )
    language = models.CharField(
        _("language of the content"),
        max_length=12,
        choices=ContentLanguage.choices,
        blank=True,
        help_text=_("Left empty, it is that of the page."),
    )
    access = models.CharField(
        _("open to"),
        max_length=12,
        choices=Access.choices,
        default=Access.PUBLIC,
        help_text=_("Anything but “Everybody” leaves the lists, the search and the kits."),
    )
    updated_on = models.DateField(
        _("up to date on"), null=True, blank=True, help_text=_("Shown as “up to date on”.")
    )
    review_on = models.DateField(
        _("to be reviewed on"),
        null=True,
        blank=True,
        help_text=_("When somebody should read it again."),
    )
    body = StreamField(ContentStream(), blank=True, verbose_name=_("content"))

    content_panels = [
        *Page.content_panels,
        FieldPanel("summary"),
        FieldPanel("body"),
    ]
    filing_panels = [
        MultiFieldPanel(
            [
                FieldPanel("steps"),
                FieldPanel("themes", widget=CheckboxSelectMultiple),
                FieldPanel("audiences", widget=CheckboxSelectMultiple),
                FieldPanel("uses"),
            ],
            heading=_("Found under"),
        ),
        FieldRowPanel([FieldPanel("year"), FieldPanel("language")]),
        FieldPanel("organisation"),
        FieldPanel("cover"),
        InlinePanel(
            "related_resources",
            [PageChooserPanel("resource", "resources.ResourcePage")],
            heading=_("See also"),
            label=_("Resource"),
        ),
    ]
    life_panels = [
        FieldPanel("access"),
        FieldRowPanel([FieldPanel("updated_on"), FieldPanel("review_on")]),
        FieldPanel("owner"),
    ]
    override_translatable_fields = [
        TranslatableField("summary"),
        *(SynchronizedField(name) for name in SHARED_FIELDS),
    ]

    class Meta:
        verbose_name = _("resource")

    @classmethod
    def can_create_at(cls, parent: Page) -> bool:
        """A list offers the type it lists, and no other."""
        listed = getattr(parent.specific, "listed_type", cls.resource_type)
        return super().can_create_at(parent) and listed == cls.resource_type

    def save(self, *args: object, **kwargs: object) -> None:
        self.type = self.resource_type
        super().save(*args, **kwargs)

    @property
    def meta_description(self) -> str:
        return self.search_description or self.summary

    @property
    def content_language(self) -> str:
        return self.language or self.locale.language_code

    @property
    def step_labels(self) -> list[tuple[str, str]]:
        return [(step, str(Step(step).label)) for step in self.steps or []]

    def linked_ids(self) -> dict[str, list[int]]:
        """The pages whose cards the template shows, by the name it knows them under."""
        return {"related": [link.resource_id for link in self.related_resources.all()]}

    @cached_property
    def linked_cards(self) -> dict[int, Card]:
        """The cards of ``linked_ids`` by id; the frame, which needs more, reads them with its own."""
        ids = [pk for ids in self.linked_ids().values() for pk in ids]
        return cards_by_id(ids, self.locale)

    def get_context(self, request: HttpRequest, *args: object, **kwargs: object) -> dict:
        return super().get_context(request, *args, **kwargs) | frame_context(self, kept(request))


class RelatedResource(Orderable):
    page = ParentalKey(ResourcePage, on_delete=models.CASCADE, related_name="related_resources")
    resource = models.ForeignKey(
        ResourcePage, on_delete=models.CASCADE, related_name="+", verbose_name=_("resource")
    )

    class Meta(Orderable.Meta):
        constraints = [
            models.UniqueConstraint(fields=["page", "resource"], name="related_only_once")
        ]
