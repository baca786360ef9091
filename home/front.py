"""What the home page shows besides its own words."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from wagtail.models import Page

from hub.core.models import SeasonMoment
from hub.core.surroundings import linked_pages
from hub.core.visibility import visible
from resources.cards import Card, card_of, cards_by_id, latest_cards, readable_documents
from resources.chosen import chosen_ids, raw_values
from resources.models import DossierPage
from resources.structured_data import web_site

LATEST = 6
NEWS = ("guide", "video", "kit", "document", "report", "practice", "tool", "dossier")


def front_context(home: Page, today: date) -> dict[str, Any]:
    """Return the season's moment, the featured and latest cards, the spotlight and the word."""
    season = SeasonMoment.objects.filter(
        first_month__lte=today.month, last_month__gte=today.month
    ).first()
    lit = visible(DossierPage.featured_on(today)).values_list("pk", flat=True).first()
    featured = [pk for pk in raw_values(home.featured) if pk]
    cards = cards_by_id([*featured, *([lit] if lit else [])], home.locale)
    pages = linked_pages(
        [*chosen_ids(home.doors, "page"), *([season.page_id] if season and season.page_id else [])]
    )
    return {
        "doors": [
            door | {"page": pages.get(door["page"])}
            for door in raw_values(home.doors)
            if not door["page"] or door["page"] in pages
        ],
        "season": season,
        "season_page": pages.get(season.page_id) if season else None,
        "featured": [cards[pk] for pk in featured if pk in cards and not cards[pk].is_replaced],
        "latest": latest_cards(home.locale.language_code, LATEST, type__in=NEWS),
        "spotlight": cards.get(lit),
        "word": word_of_the_week(home, today),
        "structured_data": web_site(home, _("Cooperative life")),
    }


def word_of_the_week(home: Page, today: date) -> Card | None:
    """One glossary term, another each week, the same for everybody."""
    terms = readable_documents().filter(type="glossary", locale=home.locale.language_code)
    number = terms.count()
    if not number:
        return None
    return card_of(terms.order_by("page_id")[today.isocalendar().week % number])
