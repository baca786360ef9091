"""What the home page shows besides its own words."""

from datetime import date
from typing import Any

from django.db.models import OuterRef, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page

from hub.core.models import SeasonMoment
from hub.core.surroundings import linked_pages
from hub.core.visibility import visible
from resources.cards import Card, card_of, cards_by_id, latest_cards, readable_documents
from resources.chosen import chosen_ids, raw_values
from resources.models import DossierPage
from resources.reports.models import Campaign, Phase, SynthesisPage
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
    campaign, synthesis = campaign_and_synthesis()
    cards = cards_by_id([*featured, *(pk for pk in (lit, synthesis) if pk)], home.locale)
    pages = linked_pages(
        [*chosen_ids(home.doors, "page"), *([season.page_id] if season and season.page_id else [])]
    )
    return {
        "doors": [
            door | {"page": pages.get(door["page"])}
            for door in raw_values(home.doors)
            if not door["page"] or door["page"] in pages or (door.get("campaign") and campaign)
        ],
        "season": season,
        "campaign": campaign,
        "synthesis": cards.get(synthesis),
        "season_page": pages.get(season.page_id) if season else None,
        "featured": [cards[pk] for pk in featured if pk in cards and not cards[pk].is_replaced],
        "latest": latest_cards(home.locale.language_code, LATEST, type__in=NEWS),
        "spotlight": cards.get(lit),
        "word": word_of_the_week(home, today),
        "structured_data": web_site(home, _("Co-operative life")),
    }


def campaign_and_synthesis() -> tuple[Campaign | None, int | None]:
    """The campaign that takes answers now, and the page of the last synthesis. One query.

    An invented campaign gives way to a real one.
    """
    pages = SynthesisPage.objects.filter(campaign=OuterRef("pk"), locale__language_code="fr")
    french = visible(pages).values("pk")[:1]
    known = Campaign.objects.begun_at(timezone.now()).defer("sections")
    rows = list(
        known.annotate(synthesis=Subquery(french)).order_by("is_example", "-season", "-opens_at")
    )
    now_open = next((row for row in rows if row.phase() == Phase.OPEN), None)
    return now_open, next((row.synthesis for row in rows if row.synthesis), None)


def word_of_the_week(home: Page, today: date) -> Card | None:
    """One glossary term, another each week, the same for everybody."""
    terms = readable_documents().filter(type="glossary", locale=home.locale.language_code)
    number = terms.count()
    if not number:
        return None
    return card_of(terms.order_by("page_id")[today.isocalendar().week % number])
