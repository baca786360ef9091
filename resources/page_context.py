"""What every resource page shows around its own words, in three queries."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.db.models import CharField, QuerySet, Value
from django.db.models.functions import Cast
from wagtail.models import Page, ReferenceIndex

from hub.core.surroundings import surroundings
from resources.cards import Card, cards_by_id
from resources.journeys import journeys_of
from resources.models.term_use import TermUse

if TYPE_CHECKING:
    from resources.models import ResourcePage


def frame_context(page: "ResourcePage", chosen: Mapping[str, str]) -> dict[str, Any]:
    """Return the cards a page links to, by name, and where it stands in the journeys.

    ``chosen`` is what the address keeps: the journey and the step one came from.

    Only what anybody may read; a card in the reader's language where it exists.
    """
    linked = page.linked_ids()
    group = [page.pk, *(other.pk for other in surroundings(page).translations.values())]
    citing, using = citing_and_using(page, group)
    wanted = {pk for ids in linked.values() for pk in ids} | {*citing, *using, page.pk}
    cards = page.linked_cards = cards_by_id(wanted, page.locale)
    own = cards.get(page.pk)
    return {
        **{name: [cards[pk] for pk in ids if pk in cards] for name, ids in linked.items()},
        "themes": own.themes if own else [],
        "audiences": own.audiences if own else [],
        "page_cover": own.cover if own else None,
        "journeys": journeys_of(group, _each_once(cards, citing), chosen),
        "used_in": sorted(
            _each_once(cards, using), key=lambda card: card.type == page.resource_type
        ),
        "cited_by": [c for c in _each_once(cards, citing) if c.type == "report"],
    }


def citing_and_using(page: "ResourcePage", group: list[int]) -> tuple[list[int], list[int]]:
    """The pages that refer to one of ``group``, a page and its translations; and those whose texts
    explain ``page``, when it is a term. One query.
    """
    rows = references_to(group).annotate(uses=Value(0)).values_list("object_id", "uses")
    uses = TermUse.objects.filter(term_id=page.pk).annotate(
        text=Cast("page_id", CharField()), uses=Value(1)
    )
    if page.resource_type == "glossary":
        rows = rows.union(uses.values_list("text", "uses"))
    found: tuple[set[int], set[int]] = (set(), set())
    for pk, kind in rows:
        found[kind].add(int(pk))
    return sorted(found[0] - set(group)), sorted(found[1], reverse=True)


def references_to(group: list[int]) -> QuerySet[ReferenceIndex]:
    base = ReferenceIndex._get_base_content_type(Page)
    return ReferenceIndex.objects.filter(
        to_content_type=base,
        to_object_id__in=[str(pk) for pk in group],
        base_content_type=base,
    )


def _each_once(cards: dict[int, Card], ids: list[int]) -> list[Card]:
    """A page and its translation refer to the same: one card stands for both."""
    return list({cards[pk].page_id: cards[pk] for pk in ids if pk in cards}.values())
