"""The card of a resource, the same wherever a list shows it: read from the index alone."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q
from django.utils import timezone
from wagtail.models import Locale

from hub.core.languages import current_language
from resources.types import resource_types
from resources.vocabulary import Step
from search import state
from search.engines.base import SearchHit
from search.models import SearchDocument


@dataclass(frozen=True, slots=True)
class FoundIn:
    """The place of a resource where the words of a query stand, and where it opens."""

    title: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """What every list shows of a resource. Sizes in bytes, durations in seconds.

    ``definition`` and ``legal`` (see ``resources.models.glossary``) are those of a glossary term.
    """

    page_id: int
    external_id: str = ""
    type: str
    type_label: str
    title: str
    summary: str
    url: str
    language: str
    locale: str
    steps: list[tuple[str, str]] = field(default_factory=list)
    themes: list[str] = field(default_factory=list)
    audiences: list[str] = field(default_factory=list)
    places: list[dict[str, Any]] = field(default_factory=list)
    organisation: str = ""
    year: int | None = None
    format: str = ""
    file_size: int | None = None
    page_count: int | None = None
    duration: int | None = None
    cover: dict[str, Any] | None = None
    is_example: bool = False
    is_replaced: bool = False
    definition: str = ""
    legal: list[dict[str, Any]] = field(default_factory=list)
    highlight: str = ""
    found_in: FoundIn | None = None


READ_BY_CARDS = (
    "page_id", "external_id", "translation_key", "locale", "language", "shown_in", "type", "title", "summary",
    "url", "year", "published_at", "facets", "card",
)  # fmt: skip


def card_of_hit(hit: SearchHit) -> Card:
    """Return the card of a result, with its extract and the place where it stands."""
    found_in = None
    if hit.section_title:
        found_in = FoundIn(hit.section_title, hit.document.url + hit.section_anchor)
    return card_of(hit.document, highlight=hit.highlight, found_in=found_in)


def card_of(
    document: SearchDocument, *, highlight: str = "", found_in: FoundIn | None = None
) -> Card:
    """Return the card of an index row; ``highlight`` is safe HTML from the search."""
    stored = dict(document.card)
    language = current_language()
    for name in ("themes", "audiences"):
        stored[name] = [label.get(language) or label["fr"] for label in stored.get(name, [])]
    model = resource_types().get(document.type)
    return Card(
        page_id=document.page_id,
        external_id=document.external_id,
        type=document.type,
        type_label=str(model.type_label) if model else document.type,
        title=document.title,
        summary=document.summary,
        url=document.url,
        language=document.language,
        locale=document.locale,
        steps=[
            (step, str(Step(step).label))
            for step in document.facets.get("step", [])
            if step in Step.values
        ],
        year=document.year,
        highlight=highlight,
        found_in=found_in,
        **stored,
    )


def cards_by_id(page_ids: Iterable[int], locale: Locale) -> dict[int, Card]:
    """Return the card of each page that anybody may read, by the id asked for. One query.

    A page that has a translation in ``locale`` is shown by it, whichever of them was chosen.
    """
    ids = set(page_ids)
    if not ids:
        return {}
    keys = SearchDocument.objects.filter(page_id__in=ids).values("translation_key")
    documents = state.read_with(readable_documents().filter(translation_key__in=keys))
    local = {d.translation_key: d for d in documents if locale.language_code in d.shown_in}
    return {
        document.page_id: card_of(local.get(document.translation_key, document))
        for document in documents
        if document.page_id in ids
    }


def readable_documents() -> Any:
    """The rows of pages that have not expired since they were indexed."""
    now = timezone.now()
    rows = SearchDocument.objects.filter(Q(expires_at__isnull=True) | Q(expires_at__gt=now))
    return rows.only(*READ_BY_CARDS)


def latest_cards(language: str, number: int, **conditions: object) -> list[Card]:
    """Return the cards of the resources published last in the lists of a language. One query."""
    rows = readable_documents().filter(**conditions).order_by("-published_at", "-page_id")
    shown = (
        row
        for row in rows[: number * 4]
        if language in row.shown_in and not row.card.get("is_replaced")
    )
    return [card_of(row) for row, _rank in zip(shown, range(number), strict=False)]
