"""A text that met a newer one, kept with the answer until somebody chooses between both.

The page that shows both may be left, or lost with its device: what was typed is not. Each entry is
``{"key", "page", "question", "unit", "fields"}``; ``page`` is the page that it was typed on, whose next
save replaces it.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Any, Final

from resources.reports.questionnaire.merging import Conflict, Fields, digest, units
from resources.reports.questionnaire.schema import Question

MOST: Final = 40  # of one answer; beyond, the oldest goes
LONGEST_PAGE: Final = 36

Entry = dict[str, Any]
FieldsOf = Callable[[Question], Fields]


def key_of(conflict: Conflict) -> str:
    return f"{conflict.unit}:{digest(conflict.mine)}"


def after(
    kept: Iterable[Entry] | None,
    questions: Sequence[Question],
    conflicts: Sequence[Conflict],
    *,
    page: str,
    settled: Collection[str],
) -> list[Entry] | None:
    """What waits once a page has saved these questions; None when nothing does."""
    own = {question.key for question in questions}
    page = page[:LONGEST_PAGE]
    found = [
        entry
        for entry in kept or ()
        if entry["key"] not in settled
        and not (page and entry["page"] == page and entry["question"] in own)
    ]
    known = {entry["key"] for entry in found}
    found += [
        {
            "key": key_of(conflict),
            "page": page,
            "question": conflict.question.key,
            "unit": conflict.unit,
            "fields": {name: list(texts) for name, texts in conflict.mine.items()},
        }
        for conflict in conflicts
        if conflict.mine and key_of(conflict) not in known
    ]
    return found[-MOST:] or None


def waiting(
    kept: Iterable[Entry] | None, questions: Iterable[Question], fields_of: FieldsOf
) -> list[Conflict]:
    """The texts of these questions that wait, one a unit, against what stands there now."""
    by_key = {question.key: question for question in questions}
    found: dict[str, Conflict] = {}
    for entry in kept or ():
        question = by_key.get(entry["question"])
        names = units(question).get(entry["unit"]) if question else None
        if question is None or names is None or entry["unit"] in found:
            continue
        now = fields_of(question)
        theirs = {name: list(now[name]) for name in names if now.get(name)}
        if digest(entry["fields"]) != digest(theirs):
            found[entry["unit"]] = Conflict(entry["unit"], question, entry["fields"], theirs)
    return list(found.values())
