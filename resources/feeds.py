"""The Atom feed of what is new, for the whole library or for any search of it."""

import uuid
from collections.abc import Iterable
from datetime import UTC, datetime
from functools import cached_property

from django.contrib.syndication.views import Feed
from django.http import HttpRequest
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import gettext as _

from hub.core.languages import current_language
from hub.core.text import printable
from resources.facets import Selection, parse
from resources.following import Followed
from resources.listing import Listing
from resources.types import resource_types
from search.engines.base import SearchHit

MOST_ENTRIES = 50
NAMESPACE = uuid.UUID("6f1f7a52-2d0f-5c57-9f0e-3a6b0c1d4e8f")
# A feed without entries has changed at no moment in particular, but always at the same one.
NEVER = datetime(2000, 1, 1, tzinfo=UTC)


def lasting_id(*parts: object) -> str:
    """An identifier that neither a new address of the page nor a new one of the site changes."""
    return uuid.uuid5(NAMESPACE, "\n".join(map(str, parts))).urn


class StableAtomFeed(Atom1Feed):
    """Says the same as long as its entries do."""

    def latest_post_date(self) -> datetime:
        return super().latest_post_date() if self.items else NEVER


class FollowedSearch(Followed):
    """One answer, asked once."""

    @cached_property
    def hits(self) -> tuple[SearchHit, ...]:
        state = self.selection
        recent = Selection(
            query=state.query,
            filters=state.filters,
            sort="recent",
            size=MOST_ENTRIES,
            locale=state.locale,
        )
        return Listing(recent).result.hits


class LatestFeed(Feed):
    """The latest resources; any search or filter of the library narrows it."""

    feed_type = StableAtomFeed
    author_name = "Les Coop’HLM"
    subtitle = None

    def get_object(self, request: HttpRequest) -> FollowedSearch:
        selection = parse(request.GET, current_language())
        return FollowedSearch.of(selection.lenient())

    def title(self, search: FollowedSearch) -> str:
        if search.is_everything:
            return _("La vie coopérative: what is new")
        return printable(search.title)

    def link(self, search: FollowedSearch) -> str:
        return search.results_url

    def feed_url(self, search: FollowedSearch) -> str:
        return search.feed_url

    def feed_guid(self, search: FollowedSearch) -> str:
        return lasting_id("feed", search.selection.locale, search.parameters)

    def items(self, search: FollowedSearch) -> tuple[SearchHit, ...]:
        return search.hits

    def item_title(self, item: SearchHit) -> str:
        return printable(item.document.title)

    def item_description(self, item: SearchHit) -> str:
        """HTML, as Django declares it; ours is plain text."""
        return escape(printable(item.document.summary))

    def item_link(self, item: SearchHit) -> str:
        return item.document.url

    def item_guid(self, item: SearchHit) -> str:
        return lasting_id("page", item.document.translation_key, item.document.locale)

    def item_categories(self, item: SearchHit) -> Iterable[str]:
        model = resource_types().get(item.document.type)
        return [str(model.type_label)] if model else []

    def item_pubdate(self, item: SearchHit) -> datetime:
        return item.document.published_at

    def item_updateddate(self, item: SearchHit) -> datetime:
        return item.document.updated_at
