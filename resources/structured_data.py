"""What search engines read of the site and of its lists, in the words of schema.org."""

from typing import Any

from django.conf import settings
from wagtail.models import Page

from resources.following import Followed, library_url
from resources.listing import Listing

CONTEXT = "https://schema.org"


def web_site(home: Page, name: str) -> dict[str, Any]:
    """The site as a whole in the language of ``home``, and where to look for something in it."""
    return {
        "@context": CONTEXT,
        "@type": "WebSite",
        "name": name,
        "url": absolute(home.get_url()),
        "inLanguage": home.locale.language_code,
        "potentialAction": {
            "@type": "SearchAction",
            "target": {
                "@type": "EntryPoint",
                "urlTemplate": absolute(library_url(home)) + "?q={search_term_string}",
            },
            "query-input": "required name=search_term_string",
        },
    }


def results(listing: Listing, followed: Followed, name: str) -> dict[str, Any]:
    """One page of a list: the results of a search, or all that stands under a heading."""
    state = listing.selection
    searched = bool(state.query or state.filters)
    return {
        "@context": CONTEXT,
        "@type": "SearchResultsPage" if searched else "CollectionPage",
        "name": followed.title if searched else name,
        "url": absolute(listing.address(state)),
        "inLanguage": state.locale,
        "mainEntity": {
            "@type": "ItemList",
            "numberOfItems": listing.result.total,
            "itemListElement": [
                {
                    "@type": "ListItem",
                    "position": state.offset + place,
                    "url": absolute(card.url),
                    "name": card.title,
                }
                for place, card in enumerate(listing.cards, start=1)
            ],
        },
    }


def absolute(path: str) -> str:
    return f"{settings.BASE_URL}{path}"
