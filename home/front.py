"""What the home page shows besides its own words."""

from datetime import date
from typing import Any

from wagtail.models import Page

from hub.core.models import SeasonMoment
from hub.core.visibility import visible
from resources.cards import Card, cards_for, latest_cards
from resources.models import DossierPage

LATEST = 6


def front_context(home: Page, today: date) -> dict[str, Any]:
    """Return the season's moment, the featured and latest cards, the spotlight and the word."""
    featured = [block.value.pk for block in home.featured if block.value]
    return {
        "doors": shown_doors(home),
        "season": SeasonMoment.objects.filter(
            first_month__lte=today.month, last_month__gte=today.month
        )
        .select_related("page")
        .first(),
        "featured": cards_for(featured, home.locale),
        "latest": latest_cards(home.locale, LATEST, type__in=["guide", "video", "kit", "document", "report", "practice"]),
        "spotlight": spotlight(home, today),
        "word": word_of_the_week(home, today),
    }


def shown_doors(home: Page) -> list[dict[str, Any]]:
    """The doors whose page anybody may open, in the reader's language when it exists."""
    doors = []
    for block in home.doors:
        page = block.value["page"]
        target = page.localized if page else None
        if target is None or target.live:
            doors.append({**block.value, "page": target})
    return doors


def spotlight(home: Page, today: date) -> Card | None:
    """The collection that the home page features today, if one is lit and readable."""
    lit = visible(DossierPage.featured_on(today)).first()
    cards = cards_for([lit.pk], home.locale) if lit else []
    return cards[0] if cards else None


def word_of_the_week(home: Page, today: date) -> Card | None:
    """One glossary term, another each week, the same for everybody."""
    terms = latest_cards(home.locale, 400, type="glossary")
    terms.sort(key=lambda card: card.page_id)
    return terms[today.isocalendar().week % len(terms)] if terms else None
