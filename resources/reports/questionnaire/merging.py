"""Two devices, one answer: what each of them changed is kept, and what both changed is shown. Pure.

A page carries a digest of each unit that it shows: a unit is what changes as one, such as a text,
or one cell of a table. What a person did not change never overwrites what somebody else saved
since; what both changed differently is a conflict, and nobody’s words are dropped.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Final

from resources.reports.questionnaire import schema
from resources.reports.questionnaire.rules import reason_names
from resources.reports.questionnaire.schema import OTHER, Question
from resources.reports.questionnaire.typing_again import typed
from resources.reports.questionnaire.values import KEPT, PRACTICES, cleaned, field_name, read

Fields = Mapping[str, Sequence[str]]
LONGEST_KEPT: Final = 200_000  # signs of one field, right or not
PRACTICE_PARTS: Final = ("tried", "kept", "useful", "more")


class Typed(dict[str, list[str]]):
    """Fields that answer as a form does: to be read by ``values.read``."""

    def get(self, name: str, default: Any = "") -> Any:
        found = super().get(name)
        return found[-1] if found else default

    def getlist(self, name: str) -> list[str]:
        return list(super().get(name) or ())


@dataclass(frozen=True)
class Conflict:
    """One unit that was changed here and elsewhere: both ways of it, as they are typed."""

    unit: str
    question: Question
    mine: Fields
    theirs: Fields


@dataclass
class Merge:
    fields: Typed = field(default_factory=Typed)
    changed: set[str] = field(default_factory=set)  # units that take what was posted
    conflicts: list[Conflict] = field(default_factory=list)
    seen: dict[str, str] = field(default_factory=dict)  # what the page shows from now on


@lru_cache(maxsize=2048)
def units(question: Question) -> Mapping[str, tuple[str, ...]]:
    """What changes as one, by its name: the names of its fields."""
    name = field_name(question.key)
    found: dict[str, tuple[str, ...]]
    match question.type:
        case schema.STATEMENT | schema.FILE | schema.PHOTO:
            found = {}
        case schema.MATRIX if question.cell == schema.CHOICE:
            found = {f"{name}-{row.key}": (f"{name}-{row.key}",) for row in question.rows}
        case schema.MATRIX:
            cells = [f"{name}-{r.key}-{c.key}" for r in question.rows for c in question.columns]
            found = {cell: (cell,) for cell in cells}
        case schema.PRACTICES:
            found = {
                f"{name}-{code}": tuple(f"{name}-{code}-{part}" for part in PRACTICE_PARTS)
                for code in PRACTICES
            }
        case schema.DURATION:
            found = {name: (f"{name}-h", f"{name}-m")}
        case schema.RANKING:
            found = {name: tuple(f"{name}-{option.key}" for option in question.options)}
        case _:
            found = {name: (name, f"{name}-{OTHER}") if question.other else (name,)}
    return found | {reason: (reason,) for reason in reason_names(question)}


def names_of(question: Question) -> list[str]:
    return [name for names in units(question).values() for name in names]


def picked(data: Any, names: Iterable[str]) -> Typed:
    """The fields of these names that hold something, cleaned as they are kept."""
    found = Typed()
    for name in names:
        texts = [cleaned(text)[:LONGEST_KEPT] for text in data.getlist(name)]
        if any(texts):
            found[name] = [text for text in texts if text]
    return found


def as_kept(question: Question, fields: Typed) -> Typed:
    """The fields as they come back once saved: what is understood in its usual spelling."""
    names = names_of(question)
    own = Typed({name: fields[name] for name in names if name in fields})
    reading = read(question, own)
    if not reading.is_right:
        return own
    found = Typed({name: list(texts) for name, texts in typed(question, reading.value).items()})
    reasons = {name: own[name] for name in reason_names(question) if name in own}
    return Typed(found | kept_aside(question, own, found) | reasons)


def kept_aside(question: Question, fields: Fields, understood: Fields) -> dict[str, list[str]]:
    """What was told of a choice that is not ticked (any more): no answer, and not lost."""
    spare = set()
    name = field_name(question.key)
    if question.other:
        spare.add(f"{name}-{OTHER}")
    if question.type == schema.PRACTICES:
        spare |= {f"{name}-{code}-{part}" for code in PRACTICES for part in PRACTICE_PARTS[1:]}
    found = {n: list(t) for n, t in fields.items() if n in spare and n not in understood}
    return {n: t for n, t in found.items() if _may_be(n, t[0])}


def _may_be(name: str, text: str) -> bool:
    kind = name.rsplit("-", 1)[-1]
    allowed = {"kept": KEPT, "useful": tuple(map(str, schema.SCALE))}.get(kind)
    return allowed is None or text in allowed


def digest(fields: Fields) -> str:
    """Says whether a unit is what somebody saw; nothing for one that is empty."""
    if not fields:
        return ""
    content = json.dumps(sorted((n, list(t)) for n, t in fields.items()), ensure_ascii=False)
    return hashlib.sha256(content.encode()).hexdigest()[:16]


def digests(question: Question, fields: Fields) -> dict[str, str]:
    """By unit, for a page to carry; what is empty is left out."""
    found = {unit: digest(_part(fields, names)) for unit, names in units(question).items()}
    return {unit: text for unit, text in found.items() if text}


def merge(question: Question, mine: Typed, current: Fields, seen: Mapping[str, str]) -> Merge:
    """What becomes of the fields of one question: posted ones, saved ones, digests of seen ones."""
    found = Merge()
    usual = as_kept(question, mine)
    for unit, names in units(question).items():
        here, there = _part(usual, names), _part(current, names)
        if digest(here) in (seen.get(unit, ""), digest(there)):
            found.fields.update(there)  # not changed here, or the same in both
        elif digest(there) == seen.get(unit, ""):
            found.fields.update(here)
            found.changed.add(unit)
        else:
            found.fields.update(there)
            found.conflicts.append(Conflict(unit, question, here, there))
        kept = _part(found.fields, names)
        # Where the page shows something else than what is kept, it has still not seen it.
        found.seen[unit] = digest(here) if digest(here) == digest(kept) else seen.get(unit, "")
    return found


def _part(fields: Fields, names: Iterable[str]) -> dict[str, list[str]]:
    return {name: list(fields[name]) for name in names if fields.get(name)}
