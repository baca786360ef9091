"""The editors' rules, compiled once and read again as soon as one changes."""

from __future__ import annotations

from django.db.models import Count, Max, Q

from search.models import Synonym
from search.synonyms import SynonymError, SynonymMap, compile_rules, parse_rule, read_default_rules

Stamp = tuple[object, ...]
_compiled: dict[str, tuple[Stamp, SynonymMap]] = {}


def synonym_map(language: str) -> SynonymMap:
    """The enabled rules for queries in a language. One query, one more when a rule has changed."""
    stamp: Stamp = tuple(
        Synonym.objects.aggregate(
            total=Count("pk"),
            on=Count("pk", filter=Q(enabled=True)),
            last=Max("updated_at"),
            highest=Max("pk"),
        ).values()
    )
    known = _compiled.get(language)
    if known is None or known[0] != stamp:
        known = _compiled[language] = (stamp, _compile(language))
    return known[1]


def _compile(language: str) -> SynonymMap:
    rules = []
    for synonym in Synonym.objects.filter(enabled=True).order_by("pk"):
        try:
            rules.append(parse_rule(synonym.line))
        except SynonymError:
            continue  # Saved without validation: it says nothing, and must not break every search.
    return compile_rules(rules, language)


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
    return len(fresh)
