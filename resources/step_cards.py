"""The steps of a journey as cards of a quarter of a page, each with the way back to the site. Pure."""

from collections.abc import Mapping, Sequence
from typing import Any

import segno
from django.utils.safestring import SafeString, mark_safe

A_PAGE = 4  # cards: A6 on A4
MOST_PRACTICES = 3  # what a card has room for
LONG = 330  # signs: beyond, smaller letters make room


def sheets_of(
    phases: Sequence[Mapping[str, Any]], journey_url: str, only: str = ""
) -> list[list[dict[str, Any]]]:
    """The cards in order, by printed page: those of the phase ``only``, or all of them.

    Each has its number in the whole journey and its permanent address.
    """
    steps = [(phase, step) for phase in phases for step in phase["steps"]]
    cards = [
        {
            "phase": phase["key"],
            "phase_title": phase["title"],
            "number": number,
            "count": len(steps),
            "title": step["title"],
            "goal": step["goal"],
            "who": step["who"],
            "practices": [card.title for card in step["practices"][:MOST_PRACTICES]],
            "more": max(0, len(step["practices"]) - MOST_PRACTICES),
            "address": f"{journey_url}#{step['slug']}",
            "shown_address": journey_url.partition("://")[2],
            "slug": step["slug"],
            "qr": qr_code(f"{journey_url}#{step['slug']}"),
        }
        for number, (phase, step) in enumerate(steps, start=1)
        if only in ("", phase["key"])
    ]
    for card in cards:
        card["dense"] = _length(card) > LONG
    return [cards[start : start + A_PAGE] for start in range(0, len(cards), A_PAGE)]


def _length(card: Mapping[str, Any]) -> int:
    return sum(len(text) for text in (card["title"], card["goal"], card["who"], *card["practices"]))


def qr_code(address: str) -> SafeString:
    """The drawing of an address, of the size that the style sheet says; decoration for whoever reads."""
    drawn = segno.make(address, error="m", micro=False).svg_inline(
        omitsize=True, border=2, svgclass="qr", lineclass=None
    )
    # Made of digits and letters by the library alone: the address is drawn, not written.
    return mark_safe(drawn.replace("<svg ", '<svg aria-hidden="true" focusable="false" ', 1))
