"""The Atom feed of what is new."""

from datetime import datetime

from django.contrib.syndication.views import Feed
from django.http import HttpRequest
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from resources.facets import Selection, parse
from resources.listing import Listing
from search.engines.base import SearchHit


class LatestFeed(Feed):
    """The latest resources; any filter of the library narrows it."""

    feed_type = Atom1Feed
    subtitle = None

    def get_object(self, request: HttpRequest) -> Selection:
        return parse(request.GET, (get_language() or "fr")[:2])

    def title(self, selection: Selection) -> str:
        return _("La vie coopérative: what is new")

    def link(self, selection: Selection) -> str:
        return "/en/" if selection.locale == "en" else "/"

    def items(self, selection: Selection) -> tuple[SearchHit, ...]:
        recent = Selection(
            query=selection.query,
            filters=selection.filters,
            sort="recent",
            size=50,
            locale=selection.locale,
        )
        return Listing(recent).result.hits

    def item_title(self, item: SearchHit) -> str:
        return item.document.title

    def item_description(self, item: SearchHit) -> str:
        return item.document.summary

    def item_link(self, item: SearchHit) -> str:
        return item.document.url

    def item_pubdate(self, item: SearchHit) -> datetime:
        return item.document.published_at

    def item_updateddate(self, item: SearchHit) -> datetime:
        return item.document.updated_at
