"""The links that stand on every page: the main menu and the foot of the page."""

from dataclasses import dataclass, field
from typing import Any

from django import template
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from wagtail.models import Page

from hub.core.surroundings import surroundings

register = template.Library()

# The address, in every language, of the page that says how to write to the federation.
CONTACT = "contact"


@dataclass(frozen=True)
class Entry:
    label: str
    url: str
    current: str = ""  # value of aria-current: "page", "true" (inside it) or nothing


@dataclass
class Navigation:
    """Every address may be empty: a site under construction still shows its pages."""

    home_url: str = "/"
    library_url: str = ""
    journey_url: str = ""
    glossary_url: str = ""
    contact_url: str = ""
    feed_url: str = ""
    entries: list[Entry] = field(default_factory=list)
    about: list[Entry] = field(default_factory=list)


@register.simple_tag(takes_context=True)
def site_navigation(context: dict[str, Any], page: Any = None) -> Navigation:
    """Return the links of the menu and of the foot of the page, read with the page itself.

    A page that the reader's language lacks is replaced by the French one.
    """
    request = context.get("request")
    page = page if isinstance(page, Page) else None
    here = (page.get_url(request) or "") if page else ""
    places = surroundings(page).places
    found = {place: pages[0].get_url(request) for place, pages in places.items() if pages}
    urls = {place: url for place, url in found.items() if url}  # outside a site, none
    plan = _address("site_map")
    about = [Entry(item.title, item.get_url(request)) for item in places["about"]]
    contact = next((item for item in places["about"] if item.slug == CONTACT), None)
    return Navigation(
        home_url=urls.get("home", "/"),
        library_url=urls.get("library", ""),
        journey_url=urls.get("journey", ""),
        glossary_url=urls.get("glossary", ""),
        contact_url=(contact.get_url(request) or "") if contact else "",
        feed_url=_address("feed"),
        entries=[
            Entry(label, urls[place], _current(urls[place], here))
            for place, label in _labels().items()
            if place in urls
        ],
        about=[*about, *([Entry(_("Site map"), plan)] if plan else [])],
    )


def _labels() -> dict[str, str]:
    return {
        "journey": _("I am preparing my meeting"),
        "library": _("Resources"),
        "kits": _("Kits"),
        "practices": _("Practices"),
        "glossary": _("Glossary"),
    }


def _current(url: str, here: str) -> str:
    if url == here:
        return "page"
    return "true" if here.startswith(url) else ""


def _address(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
