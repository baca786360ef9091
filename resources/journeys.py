"""Where a page stands in the journeys: read from the cards of those that link to it. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from resources.cards import Card
from resources.kept import JOURNEY, STEP

Place = dict[str, Any]


def journeys_of(
    group: Collection[int], citing: Iterable[Card], chosen: Mapping[str, str]
) -> list[dict[str, Any]]:
    """Each journey in which one of the pages ``group`` stands, with the steps where it does.

    ``chosen`` is what the address says (``resources.kept``): the journey and the step one came from.
    They stand first, and the first journey is the one to show open.
    """
    here = set(group)
    found = [journey for card in citing if (journey := _journey(here, card, chosen))["steps"]]
    found.sort(key=lambda journey: journey["slug"] != chosen.get(JOURNEY))
    return [journey | {"open": number == 0} for number, journey in enumerate(found)]


def slug_of(address: str) -> str:
    """The last word of the address of a journey: what readers carry with them."""
    return address.rstrip("/").rpartition("/")[2]


def _journey(here: set[int], card: Card, chosen: Mapping[str, str]) -> dict[str, Any]:
    places = [place | {"url": f"{card.url}#{place['slug']}"} for place in card.places]
    steps = [
        _step(places, index)
        for index, place in enumerate(places)
        if not here.isdisjoint(place["pages"])
    ]
    slug = slug_of(card.url)
    if chosen.get(JOURNEY) == slug:
        steps.sort(key=lambda step: step["slug"] != chosen.get(STEP))
    return {"title": card.title, "url": card.url, "slug": slug, "steps": steps}


def _step(places: list[Place], index: int) -> Place:
    return places[index] | {
        "number": index + 1,
        "count": len(places),
        "previous": places[index - 1] if index else None,
        "next": places[index + 1] if index + 1 < len(places) else None,
    }
