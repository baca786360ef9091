"""What editors decide of the search, compiled once and read again as soon as any of it changes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db import connection

from search import state
from search.analysis import DEFAULT_LANGUAGE, analyser
from search.models import PromotedAnswer, ProtectedWord, Synonym
from search.synonyms import SynonymError, SynonymMap, compile_rules, parse_rule, read_default_rules

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Promotion:
    """A page on top of the answers, from one day to another."""

    page_id: int
    starts_on: date | None
    ends_on: date | None

    def holds(self, day: date) -> bool:
        """Whether it is shown on a day."""
        return (self.starts_on or day) <= day <= (self.ends_on or day)


@dataclass(frozen=True, slots=True)
class Steering:
    """The rules for the queries in one language. Words are folded."""

    synonyms: SynonymMap = field(default_factory=SynonymMap)
    protected: frozenset[str] = frozenset()
    promotions: Mapping[Words, tuple[Promotion, ...]] = field(default_factory=dict)

    def promoted(self, query: str, day: date) -> list[int]:
        """The pages on top of the answers to a query, on a day, each once."""
        promotions = self.promotions.get(analyser(DEFAULT_LANGUAGE).words(query), ())
        return list(dict.fromkeys(p.page_id for p in promotions if p.holds(day)))


_compiled: dict[tuple[str, str], tuple[str, Steering]] = {}


def steering(language: str) -> Steering:
    """The rules for queries in a language. One query, three more when a rule has changed."""
    key = (str(connection.settings_dict["NAME"]), language)
    word = state.read().steering
    known = _compiled.get(key)
    if known is None or known[0] != word:
        known = _compiled[key] = (word, _compile(language))
    return known[1]


def _compile(language: str) -> Steering:
    return Steering(
        synonyms=_synonyms(language),
        protected=frozenset(ProtectedWord.objects.values_list("folded", flat=True)),
        promotions=_promotions(),
    )


def _synonyms(language: str) -> SynonymMap:
    rules = []
    for synonym in Synonym.objects.filter(enabled=True).order_by("pk"):
        try:
            rules.append(parse_rule(synonym.line))
        except SynonymError:
            continue  # Saved without validation: it says nothing, and must not break every search.
    return compile_rules(rules, language)


def _promotions() -> dict[Words, tuple[Promotion, ...]]:
    found: dict[Words, list[Promotion]] = defaultdict(list)
    for answer in PromotedAnswer.objects.order_by("position", "pk"):
        promotion = Promotion(answer.page_id, answer.starts_on, answer.ends_on)
        for query in answer.query_list:
            found[analyser(DEFAULT_LANGUAGE).words(query)].append(promotion)
    found.pop((), None)
    return {words: tuple(promotions) for words, promotions in found.items()}


def load_default_synonyms() -> int:
    """Add the rules shipped with the product that were never added; return how many.

    Idempotent: a default that an editor changed, disabled or deleted stays so.
    """
    known = set(Synonym.every.exclude(default_key="").values_list("default_key", flat=True))
    fresh = []
    for rule in read_default_rules():
        words, targets = ", ".join(rule.words), ", ".join(rule.targets)
        key = f"{words} => {targets}" if targets else words
        if key not in known:
            known.add(key)
            fresh.append(Synonym(words=words, targets=targets, default_key=key))
    Synonym.objects.bulk_create(fresh)
    if fresh:
        state.steering_changed()
    return len(fresh)
