"""What is offered beside the list: the definition asked for, a kit or a step that fits. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from search.concepts import Meaning
from search.engines.base import Run
from search.ranking import Candidate, Ranked
from search.rows import named


def definition_of(
    meaning: Meaning,
    ranked: Sequence[Ranked],
    candidates: Mapping[int, Candidate],
    types: Iterable[str],
) -> int | None:
    """The page, of these types, whose title or one of whose names is all that the query asks about.

    A synonym may name it when the query asks for a definition: « c’est quoi » wants the nearest one.
    """
    defining = frozenset(types)
    asked = any(not defining.isdisjoint(r.intent.types) for r in meaning.parsed.requested)
    subjects = _subjects(meaning, asked)
    for item in ranked:
        candidate = candidates.get(item.page_id)
        if candidate and candidate.type in defining and not subjects.isdisjoint(_names(candidate)):
            return item.page_id
    return None


def beside(
    ranked: Sequence[Ranked],
    candidates: Mapping[int, Candidate],
    types: Iterable[str],
    shown: Iterable[int],
    enough: float,
) -> list[int]:
    """The best page of each type that answers well enough and is not among the first ones shown."""
    seen = set(shown)
    found = []
    for name in types:
        best = next((r for r in ranked if candidates[r.page_id].type == name), None)
        if best and best.coverage >= enough and best.page_id not in seen:
            found.append(best.page_id)
    return found


def _subjects(meaning: Meaning, synonyms: bool) -> set[Run]:
    """What the query is about: its own words, and those that a synonym says for all of them."""
    own = [c for c in meaning.concepts if c.subject and c.alternatives]
    subjects = {tuple(c.alternatives[0].run[0] for c in own)} if own else set()
    whole = [{a.run for a in concept.alternatives if not a.own} for concept in own]
    return subjects | (set.intersection(*whole) if whole and synonyms else set())


def _names(candidate: Candidate) -> set[Run]:
    """The title, and each other name of the page, as runs of stems."""
    title, _summary, terms, _body = candidate.stems
    return ({tuple(title)} | named(terms)) - {()}
