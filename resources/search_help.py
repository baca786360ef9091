"""What helps a reader when nothing was found, or nothing sure."""

from typing import TYPE_CHECKING, Any

from resources.cards import card_of_hit, latest_cards
from resources.types import resource_types

if TYPE_CHECKING:
    from resources.listing import Listing

POPULAR = ("kit", "guide", "journey")
MOST_POPULAR = 3


def help_for(listing: "Listing") -> dict[str, Any] | None:
    """What was understood, what each filter hides, near words, where to begin; None when needless.

    One query, when nothing was found.
    """
    result, selection = listing.result, listing.selection
    if result.total and (result.confident or not selection.query.strip()):
        return None
    return {
        "words": result.terms,
        "types": [
            str(resource_types()[name].type_label)
            for name in result.requested_types
            if name in resource_types()
        ],
        "drops": drops(listing),
        "near": [card_of_hit(hit) for hit in result.near],
        # What the editors last published of use to most.
        "popular": []
        if result.total
        else latest_cards(selection.locale, MOST_POPULAR, type__in=POPULAR),
    }


def drops(listing: "Listing") -> list[dict[str, Any]]:
    """Each filter with what the list holds without it, the most first; nothing when none helps."""
    each = [
        {
            "facet_label": chip["facet_label"],
            "label": chip["label"],
            "count": chip["count"],
            "url": chip["remove_url"],
        }
        for chip in listing.chips()
    ]
    if len(each) > 1:
        url = listing.address(listing.selection.unfiltered())
        each.append({"label": "", "count": listing.result.others[-1], "url": url})
    if not any(drop["count"] > listing.result.total for drop in each):
        return []
    return sorted(each, key=lambda drop: -drop["count"])
