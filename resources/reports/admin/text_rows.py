"""The rows of the form of public texts, and the list of names as a moderator edits it."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from resources.reports.anonymising import GONE, PERSON, Left, Replacement, proposed, replaced
from resources.reports.models import Answer
from resources.reports.names import known_names
from resources.reports.public_texts import PublicText, texts_of
from resources.reports.questionnaire.values import cleaned

ARROW: Final = "→"
ARROWS: Final = re.compile(r"\s*(?:→|->|=>)\s*")


@dataclass(frozen=True)
class Row:
    """One text of the form."""

    text: PublicText
    value: str
    left: Sequence[Left] = ()

    @property
    def field(self) -> str:
        return f"text-{self.text.key}"

    @property
    def lines(self) -> int:
        return min(12, max(2, len(self.value) // 60 + self.value.count("\n") + 1))


def rows_of(answer: Answer, *, named: bool, typed: Mapping[str, str] | None = None) -> list[Row]:
    typed = typed or {}
    return [Row(text, typed.get(text.key, text.shown)) for text in texts_of(answer, named=named)]


def with_names_left(rows: Iterable[Row], found: Mapping[str, Sequence[Left]]) -> list[Row]:
    return [replace(row, left=found.get(row.text.key, ())) for row in rows]


def people_named(answer: Answer) -> list[str]:
    """Whoever seems to be named in the texts of a page that bears the name of its co-op."""
    texts = [text.shown for text in texts_of(answer, named=True)]
    return [item.name for item in proposed(texts, known_names(answer)) if item.by == PERSON]


def proposal(answer: Answer) -> dict[str, Any]:
    """The list of names that the texts hold, and the texts with these names replaced."""
    known = known_names(answer)
    texts = [text.original for text in texts_of(answer, named=False) if text.original]
    return _shown(answer, proposed(texts, known))


def applied(answer: Answer, names: str) -> dict[str, Any]:
    """The texts as they were answered, with the names of this list replaced."""
    return _shown(answer, read_list(names))


def _shown(answer: Answer, replacements: Sequence[Replacement]) -> dict[str, Any]:
    texts = texts_of(answer, named=False)
    values = {text.key: replaced(text.original or text.shown, replacements) for text in texts}
    return {
        "rows": [Row(text, values[text.key]) for text in texts],
        "names": "\n".join(f"{item.name} {ARROW} {item.by}" for item in replacements),
    }


def read_list(names: str) -> list[Replacement]:
    """One name a line, and after an arrow what stands for it."""
    found = []
    for line in cleaned(names).splitlines():
        name, *rest = ARROWS.split(line.strip(), maxsplit=1)
        if name:
            found.append(Replacement(name, rest[0] if rest and rest[0] else GONE))
    return found


def typed_texts(answer: Answer, posted: Mapping[str, str], *, named: bool) -> dict[str, str]:
    """The texts of a form: those of this answer, and no other field."""
    return {
        row.text.key: cleaned(posted.get(row.field, row.value))[: row.text.most]
        for row in rows_of(answer, named=named)
    }


def kept_apart(
    answer: Answer, typed: Mapping[str, str], *, named: bool
) -> list[tuple[str, str, str]]:
    """What was typed, shown again so that nothing is lost: a name, a label, the text."""
    return [
        (row.field, row.text.label, typed.get(row.text.key, ""))
        for row in rows_of(answer, named=named)
    ]
