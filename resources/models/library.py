"""The pages that lists stand on: the library, one list a type, the glossary."""

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page
from wagtail.url_routing import RouteResult

from hub.core.models import BasePage
from hub.core.text import folded
from hub.core.visibility import visible
from resources import structured_data
from resources.facets import parse
from resources.following import Followed
from resources.listing import Listing
from resources.models.base import ResourcePage
from resources.models.glossary import GlossaryTermPage
from resources.models.numbered import route_by_number
from resources.types import resource_types, type_choices

LISTED = ["home.HomePage"]


class IntroPage(BasePage):
    """A page that opens with a few words and then lists."""

    intro = RichTextField(_("introduction"), blank=True, features=["bold", "italic", "link"])

    content_panels = [*Page.content_panels, FieldPanel("intro")]

    class Meta:
        abstract = True


def list_context(listing: Listing, title: str) -> dict:
    """What the pages of lists read: the list, how to follow it, what programs are told of it."""
    context = listing.context()
    followed = Followed.listed(listing.selection, context["chips"])
    return context | {
        "followed": followed,
        "structured_data": structured_data.results(listing, followed, title),
    }


class LibraryPage(IntroPage):
    """Search and browse everything; each state of it has its own address."""

    max_count_per_parent = 1
    parent_page_types = LISTED
    subpage_types: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("library")

    def get_context(self, request: HttpRequest, *args: object, **kwargs: object) -> dict:
        context = super().get_context(request, *args, **kwargs)
        selection = parse(request.GET, self.locale.language_code).lenient()
        return context | list_context(Listing(selection, self.get_url(request)), self.title)


class ResourceIndexPage(IntroPage):
    """Everything of one type; which types stand below it is said by the types."""

    parent_page_types = LISTED
    listed_type = models.CharField(_("type listed"), max_length=12, choices=type_choices)

    content_panels = [*IntroPage.content_panels, FieldPanel("listed_type")]

    class Meta:
        verbose_name = _("list of one type")

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """Also the other addresses of numbered pages: an old slug, or the number alone."""
        listed = resource_types().get(self.listed_type, ResourcePage)
        found = route_by_number(listed, self.locale_id, request, path_components)
        return found or super().route(request, path_components)

    def clean(self) -> None:
        super().clean()
        twins = ResourceIndexPage.objects.filter(
            listed_type=self.listed_type, locale=self.locale
        ).exclude(pk=self.pk)
        if twins.exists():
            raise ValidationError({"listed_type": _("This type already has its list.")})

    def get_context(self, request: HttpRequest, *args: object, **kwargs: object) -> dict:
        context = super().get_context(request, *args, **kwargs)
        selection = parse(request.GET, self.locale.language_code).lenient()
        listing = Listing(selection.only_type(self.listed_type), self.get_url(request))
        return context | list_context(listing, self.title)


class GlossaryIndexPage(IntroPage):
    """The words of cooperative life, from A to Z."""

    max_count_per_parent = 1
    parent_page_types = LISTED
    subpage_types = ["resources.GlossaryTermPage"]

    class Meta:
        verbose_name = _("glossary")

    def letters(self) -> list[dict]:
        """The terms anybody may read, by letter; a word met without its accents."""
        groups: dict[str, list[GlossaryTermPage]] = {}
        for term in self._terms():
            groups.setdefault(term.letter, []).append(term)
        return [{"letter": letter, "terms": groups[letter]} for letter in sorted(groups)]

    def _terms(self) -> list[GlossaryTermPage]:
        terms = visible(GlossaryTermPage.objects.child_of(self)).select_related("locale")
        return sorted(terms, key=lambda term: folded(term.title))

    def get_context(self, request: HttpRequest, *args: object, **kwargs: object) -> dict:
        context = super().get_context(request, *args, **kwargs)
        return context | {"letters": self.letters()}
