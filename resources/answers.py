"""What stands above a list of results: what the federation recommends, a definition, what goes with it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.apps import apps

from resources.cards import Card, card_of_hit
from search.engines.base import SearchHit, SearchResult

# Types whose pages define a word, and types offered beside the results.
DEFINING = ("glossary",)
BESIDE = ("kit", "journey")


@dataclass(frozen=True, slots=True)
class LegalNotice:
    """The legal values that a definition quotes and that are in one state."""

    state: str
    titles: list[str]
    certain: bool


@dataclass(frozen=True, slots=True)
class Answers:
    """``definition`` is the card of a term; ``legal`` says in which state what it quotes is."""

    promoted: list[Card] = field(default_factory=list)
    definition: Card | None = None
    legal: list[LegalNotice] = field(default_factory=list)
    beside: list[Card] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.promoted or self.definition or self.beside)

    @property
    def told(self) -> set[int]:
        """The pages that the list below does not repeat."""
        defined = [self.definition] if self.definition else []
        return {card.page_id for card in (*self.promoted, *defined)}


def answers_of(result: SearchResult, filters: Mapping[str, frozenset[str]]) -> Answers:
    """Each page once, and only where the filters leave it a place."""
    promoted = [
        hit
        for hit in result.promoted
        if _fits(hit, filters) and not hit.document.card.get("is_replaced")
    ]
    defined = result.definition
    above = {hit.page_id for hit in (*promoted, *([defined] if defined else []))}
    definition = card_of_hit(defined) if defined else None
    return Answers(
        promoted=[card_of_hit(hit) for hit in promoted],
        definition=definition if definition and definition.definition else None,
        legal=legal_notices(definition.legal) if definition else [],
        beside=[card_of_hit(hit) for hit in result.beside if hit.page_id not in above],
    )


def legal_notices(quoted: Iterable[Mapping[str, Any]]) -> list[LegalNotice]:
    """One notice for each state, today, of the legal values of a term; the uncertain ones first."""
    LegalRecord = apps.get_model("resources", "LegalRecord")
    by_state: dict[str, list[str]] = {}
    for record in quoted:
        review = date.fromisoformat(record["next_review"]) if record["next_review"] else None
        state = LegalRecord.state_now(record["state"], review)
        by_state.setdefault(state, []).append(record["title"])
    return [
        LegalNotice(str(state.label), by_state[state], state == LegalRecord.State.VALIDATED)
        for state in sorted(LegalRecord.State, key=lambda s: s == LegalRecord.State.VALIDATED)
        if state in by_state
    ]


def _fits(hit: SearchHit, filters: Mapping[str, frozenset[str]]) -> bool:
    held = hit.document.facets
    return all(values & set(held.get(name, ())) for name, values in filters.items())
