"""Tags that draw the small parts of a page: icons, covers, cards, files, legal values."""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any
from zlib import crc32

from django import template
from django.conf import settings
from django.templatetags.static import static
from django.utils import timezone
from django.utils.dates import MONTHS
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language_info

from hub.core.file_facts import facts_of
from hub.core.languages import current_language

register = template.Library()

PATTERNS = ("seats", "roofs", "windows", "rings", "voices", "waves")
TINTS = ("toute-annee", "avant", "avant-pendant", "pendant", "apres")
LEVELS = (1, 2, 3)
OPEN_FACETS = 2
SPRITE = Path(__file__).resolve().parent.parent / "static" / "core" / "img" / "icons.svg"
PLAIN_ICON = "document"


@cache
def shown_icons() -> frozenset[str]:
    """The names of the symbols in the sprite."""
    return frozenset(re.findall(r'<symbol id="([\w-]+)"', SPRITE.read_text(encoding="utf-8")))


@register.simple_tag
def icon(name: str) -> SafeString:
    """Draw a symbol of the sprite. It is decoration: words beside it carry the meaning.

    A resource type that has no symbol of its own gets that of a document.
    """
    return format_html(
        '<svg class="icon" aria-hidden="true"><use href="{}#{}" /></svg>',
        static("core/img/icons.svg"),
        name if name in shown_icons() else PLAIN_ICON,
    )


@register.filter
def tint(steps: Sequence[Any] | str | None) -> str:
    """Return the CSS class that colours whatever belongs to ``steps``.

    Accepts values (``"avant"``), or pairs of a value and its label as cards hold them. Before and
    during together have a tint of their own, as in the journey; otherwise the first of the year wins.
    """
    items = [steps] if isinstance(steps, str) else list(steps or [])
    values = {item if isinstance(item, str) else item[0] for item in items}
    if values == {"avant", "pendant"}:
        return "tint-avant-pendant"
    return next((f"tint-{value}" for value in TINTS if value in values), "tint-plain")


@register.filter
def in_order(steps: Sequence[tuple[str, str]] | None) -> list[tuple[str, str]]:
    """Return pairs of a step and its label in the order of the year."""
    known = [pair for pair in steps or [] if pair[0] in TINTS]
    return sorted(known, key=lambda pair: TINTS.index(pair[0]))


@register.inclusion_tag("components/cover.html")
def cover(
    kind: str, title: str, steps: Sequence[Any] = (), picture: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """Show the picture of a resource, or draw a cover that is always the same for a title."""
    number = crc32(title.encode())
    return {
        "kind": kind,
        "picture": picture,
        "tint": tint(steps),
        "pattern": PATTERNS[number % len(PATTERNS)],
        "flip": number // len(PATTERNS) % 2,
    }


@register.inclusion_tag("components/card.html", takes_context=True)
def card(
    context: Mapping[str, Any], card: Any, heading: str = "h3", long: bool = False
) -> dict[str, Any]:
    """Show one resource in a list; ``heading`` keeps the outline of the page in order."""
    request = context.get("request")
    return {"card": card, "heading": heading, "long": long, "request": request}


@register.inclusion_tag("components/file_link.html")
def file_link(document: Any, title: str = "") -> dict[str, Any]:
    """Link to a file with what a reader wants to know before downloading it."""
    facts = facts_of(document)
    if document.licence:
        facts.append(document.licence)
    return {"document": document, "title": title or document.title, "facts": facts}


@register.filter
def file_facts(document: Any) -> str:
    """« PDF, 120 ko, 4 pages, français »."""
    return ", ".join(facts_of(document))


@register.inclusion_tag("components/file_button.html")
def file_button(document: Any, label: str, quiet: bool = False) -> dict[str, Any]:
    """The same link as a button: « Télécharger (PDF, 120 ko, 4 pages, français) »."""
    return {"document": document, "label": label, "quiet": quiet}


@register.inclusion_tag("components/legal_value.html")
def legal_value(record: Any) -> dict[str, Any]:
    """Show a legal value with the state it has today: what is not checked never looks certain."""
    return {"record": record, "certain": record.is_certain}


@register.inclusion_tag("components/meter.html")
def meter(label: str, level: int, words: str) -> dict[str, Any]:
    """Show an effort or a cost out of three: in words first, the marks only repeat them."""
    return {"label": label, "words": words, "marks": [mark <= level for mark in LEVELS]}


@register.inclusion_tag("components/facet_group.html")
def facet_group(facet: Mapping[str, Any], position: int) -> dict[str, Any]:
    """Show the values of one facet; the first facets, and those in use, stand open."""
    chosen = sum(value["selected"] for value in facet["values"])
    return {"facet": facet, "chosen": chosen, "open": bool(chosen) or position <= OPEN_FACETS}


@register.inclusion_tag("components/season_band.html")
def season_band(
    season: Any, page: Any = None, campaign: Any = None, synthesis: Any = None
) -> dict[str, Any]:
    """Show where we are in the co-operative year, on a line of twelve months.

    ``campaign`` is the one that takes answers now, ``synthesis`` the card of the last one told.
    """
    today = timezone.localdate().month
    months = [
        {
            "name": name,
            "initial": str(name)[:1].upper(),
            "now": number == today,
            "lit": season.first_month <= number <= season.last_month,
        }
        for number, name in MONTHS.items()
    ]
    return {
        "season": season,
        "page": page,
        "campaign": campaign,
        "synthesis": synthesis,
        "months": months,
        "month": MONTHS[today],
    }


@register.filter
def foreign_language(code: str | None) -> str:
    """Return the name of a language in itself when it is not the reader's, else nothing."""
    if not code or code == current_language():
        return ""
    try:
        return str(get_language_info(code)["name_local"]).capitalize()
    except KeyError:
        return code


@register.simple_tag
def in_language(url: str) -> SafeString:
    """Say in which language the page at ``url`` is written when it is not the reader's.

    The address tells it: French stands at the root, every other language under its code.
    """
    first = url.lstrip("/").split("/", 1)[0]
    code = first if first in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE[:2]
    name = foreign_language(code)
    return format_html(' <span lang="{}">({})</span>', code, name) if name else SafeString()
