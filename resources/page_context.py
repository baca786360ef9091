"""What every resource page shows around its own words, in three queries."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from wagtail.models import Page, ReferenceIndex

from hub.core.surroundings import surroundings
from resources.cards import Card, cards_by_id
from resources.journeys import journeys_of

if TYPE_CHECKING:
    from resources.models import ResourcePage


def frame_context(page: "ResourcePage", chosen: Mapping[str, str]) -> dict[str, Any]:
    """Return the cards a page links to, by name, and where it stands in the journeys.

    ``chosen`` is what the address keeps: the journey and the step one came from.

    Only what anybody may read; a card in the reader's language where it exists.
    """
    linked = page.linked_ids()
    group = [page.pk, *(other.pk for other in surroundings(page).translations.values())]
    citing = citing_ids(group)
    wanted = {pk for ids in linked.values() for pk in ids} | set(citing) | {page.pk}
    cards = page.linked_cards = cards_by_id(wanted, page.locale)
    own = cards.get(page.pk)
    return {
        **{name: [cards[pk] for pk in ids if pk in cards] for name, ids in linked.items()},
        "themes": own.themes if own else [],
        "audiences": own.audiences if own else [],
        "page_cover": own.cover if own else None,
        "journeys": journeys_of(group, _each_once(cards, citing), chosen),
        "cited_by": [c for c in _each_once(cards, citing) if c.type == "report"],
    }


def citing_ids(group: list[int]) -> list[int]:
    """The pages that refer to one of ``group``, a page and its translations. One query."""
    base = ReferenceIndex._get_base_content_type(Page)
    references = ReferenceIndex.objects.filter(
        to_content_type=base,
        to_object_id__in=[str(pk) for pk in group],
        base_content_type=base,
    )
    return sorted({int(pk) for pk in references.values_list("object_id", flat=True)} - set(group))


def _each_once(cards: dict[int, Card], ids: list[int]) -> list[Card]:
    """A page and its translation refer to the same: one card stands for both."""
    return list({cards[pk].page_id: cards[pk] for pk in ids if pk in cards}.values())
