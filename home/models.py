"""The home page and the plain pages."""

from typing import ClassVar

from django.db import models
from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList, TabbedInterface
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.url_routing import RouteResult

from home.front import front_context
from home.routing import deepest_page
from hub.core.blocks import ContentStream
from hub.core.models import BasePage


class DoorBlock(blocks.StructBlock):
    """One of the ways in: who it is for, and the first click."""

    title = blocks.CharBlock(max_length=80, label=_("Title"))
    text = blocks.TextBlock(max_length=250, label=_("Text"))
    page = blocks.PageChooserBlock(required=False, label=_("Page to open"))
    label = blocks.CharBlock(max_length=60, label=_("Words of the link"))
    campaign = blocks.BooleanBlock(
        required=False,
        label=_("Leads to the questionnaire while it is open"),
        help_text=_("Its closing date then stands instead of the text."),
    )

    class Meta:
        icon = "login"
        label = _("Door")


class HomePage(BasePage):
    """The front door: one sentence, one search box, three doors, and where the season stands."""

    max_count_per_parent = 1
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = [
        "home.StandardPage",
        "resources.LibraryPage",
        "resources.ResourceIndexPage",
        "resources.GlossaryIndexPage",
    ]

    lead = models.TextField(
        _("opening sentence"), max_length=300, blank=True, help_text=_("What this site is.")
    )
    doors = StreamField([("door", DoorBlock())], blank=True, max_num=3, verbose_name=_("doors"))
    featured = StreamField(
        [
            (
                "resource",
                blocks.PageChooserBlock(page_type="resources.ResourcePage", label=_("Resource")),
            )
        ],
        blank=True,
        max_num=6,
        verbose_name=_("featured resources"),
    )

    edit_handler = TabbedInterface(
        [
            ObjectList(
                [
                    *Page.content_panels,
                    FieldPanel("lead"),
                    FieldPanel("doors"),
                    FieldPanel("featured"),
                ],
                heading=_("Content"),
            ),
            ObjectList(Page.promote_panels, heading=_("Address")),
            ObjectList(Page.settings_panels, heading=_("Publication")),
        ]
    )

    class Meta:
        verbose_name = _("home page")

    @property
    def meta_description(self) -> str:
        return self.search_description or self.lead

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """Find the page of an address in two queries at any depth, instead of two a level."""
        if not path_components:
            return super().route(request, path_components)
        found = deepest_page(self, path_components)
        if found is None:
            raise Http404
        page, rest = found
        return page.route(request, rest)

    def pages_above(self) -> list[Page]:
        return []

    def get_context(self, request: HttpRequest, *args: object, **kwargs: object) -> dict:
        context = super().get_context(request, *args, **kwargs)
        return context | front_context(self, timezone.localdate())


class StandardPage(BasePage):
    """A page of text: legal notice, accessibility statement, contact…"""

    parent_page_types = ["home.HomePage", "home.StandardPage"]
    subpage_types = ["home.StandardPage"]

    summary = models.TextField(_("summary"), max_length=300, blank=True)
    body = StreamField(ContentStream(), blank=True, verbose_name=_("content"))
    in_footer = models.BooleanField(_("in the footer"), default=False)

    edit_handler = TabbedInterface(
        [
            ObjectList(
                [*Page.content_panels, FieldPanel("summary"), FieldPanel("body")],
                heading=_("Content"),
            ),
            ObjectList(
                [
                    MultiFieldPanel([FieldPanel("in_footer")], heading=_("Menus")),
                    *Page.promote_panels,
                ],
                heading=_("Address"),
            ),
            ObjectList(Page.settings_panels, heading=_("Publication")),
        ]
    )

    class Meta:
        verbose_name = _("standard page")

    @property
    def meta_description(self) -> str:
        return self.search_description or self.summary


class LoadedItem(models.Model):
    """What the content loader wrote, so that it never overwrites what an editor changed."""

    key = models.CharField(max_length=200, unique=True)
    source_digest = models.CharField(max_length=64)
    result_digest = models.CharField(max_length=64)
    object_id = models.CharField(max_length=40)

    wagtail_reference_index_ignore: ClassVar[bool] = True

    def __str__(self) -> str:
        return self.key
