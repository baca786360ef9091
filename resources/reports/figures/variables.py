"""What can be counted, as sets of answers: each option is a whole number, one bit an answer. Pure.

A set as a number makes crossing two questions an ``&`` and a count, whatever the size.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from resources.reports.questionnaire import schema
from resources.reports.questionnaire.evaluation import chosen_in
from resources.reports.questionnaire.schema import OTHER, Option, Question, Questionnaire, Words
from resources.reports.questionnaire.values import KEPT, PRACTICES

YES, NO = Option("yes", Words("Oui", "Yes")), Option("no", Words("Non", "No"))
OTHER_OPTION: Final = Option(OTHER, Words("Autre", "Other"))
KEPT_LABELS: Final = {
    "yes": Words("Gardée", "Kept"),
    "changed": Words("Gardée, changée", "Kept, changed"),
    "no": Words("Abandonnée", "Given up"),
}
TRIED: Final = Words("essayée", "tried")
KEPT_WORDS: Final = Words("gardée ou non", "kept or not")
USEFUL: Final = Words("utilité, de 1 à 4", "usefulness, from 1 to 4")
Values = Mapping[str, Any]


@dataclass(frozen=True)
class Variable:
    """A closed question, or the part of a table that is one.

    ``key`` is the key of the question, with « .row » for a row of a table of choices,
    « .tried », « .P01.kept » and « .P01.useful » for the practices.
    """

    key: str
    question: str
    label: Words
    options: tuple[Option, ...]
    several: bool  # one answer may stand in several options
    sets: Mapping[str, int]  # by the key of the option
    answered: int  # the answers that said anything

    @property
    def is_scale(self) -> bool:
        return all(option.key.isdigit() for option in self.options)

    def counts(self, within: int) -> list[int]:
        """How many answers of a set chose each option, in the order of the options."""
        return [(self.sets[option.key] & within).bit_count() for option in self.options]


def variables_of(shape: Questionnaire, answers: Sequence[Values]) -> dict[str, Variable]:
    """Every variable of a questionnaire over answers, given as ``visibility.answers`` does."""
    found: dict[str, Variable] = {}
    for question in shape:
        given = [
            (1 << place, a[question.key]) for place, a in enumerate(answers) if question.key in a
        ]
        for variable in _of_question(question, given):
            found[variable.key] = variable
    return found


def _of_question(question: Question, given: list[tuple[int, Any]]) -> Iterator[Variable]:
    if question.type in schema.CLOSED:
        chosen = [(bit, _chosen(question, value)) for bit, value in given]
        yield _made(
            question.key,
            question,
            question.label,
            _options(question),
            chosen,
            several=question.type == schema.CHOICES,
        )
    elif question.type == schema.MATRIX and question.cell == schema.CHOICE:
        for row in question.rows:
            label = _joined(question.label, row.label)
            chosen = [(bit, [v[row.key]] if row.key in (v or {}) else []) for bit, v in given]
            yield _made(f"{question.key}.{row.key}", question, label, question.columns, chosen)
    elif question.type == schema.PRACTICES:
        yield from _of_practices(question, given)


def _of_practices(question: Question, given: list[tuple[int, Any]]) -> Iterator[Variable]:
    codes = tuple(Option(code, Words(code, code)) for code in PRACTICES)
    chosen = [(bit, [code for code in PRACTICES if code in (v or {})]) for bit, v in given]
    label = _joined(question.label, TRIED)
    yield _made(f"{question.key}.tried", question, label, codes, chosen, several=True)
    kept = tuple(Option(key, KEPT_LABELS[key]) for key in KEPT)
    for code in PRACTICES:
        told = [(bit, (v or {}).get(code) or {}) for bit, v in given]
        for part, options, words in (("kept", kept, KEPT_WORDS), ("useful", SCALE, USEFUL)):
            chosen = [(bit, [str(t[part])] if part in t else []) for bit, t in told]
            label = _joined(Words(code, code), words)
            yield _made(f"{question.key}.{code}.{part}", question, label, options, chosen)


SCALE: Final = tuple(Option(str(n), Words(str(n), str(n))) for n in schema.SCALE)


def _made(
    key: str,
    question: Question,
    label: Words,
    options: Sequence[Option],
    chosen: list[tuple[int, list[str]]],
    *,
    several: bool = False,
) -> Variable:
    sets = {option.key: 0 for option in options}
    answered = 0
    for bit, keys in chosen:
        for option in keys:
            # An option that was removed stays counted, under its key.
            sets[option] = sets.get(option, 0) | bit
            answered |= bit
    known = {option.key for option in options}
    gone = tuple(Option(key, Words(key, key)) for key in sets if key not in known)
    return Variable(key, question.key, label, (*options, *gone), several, sets, answered)


def _options(question: Question) -> tuple[Option, ...]:
    if question.type == schema.YES_NO:
        return (YES, NO)
    if question.type == schema.SCALE_TYPE:
        return SCALE
    return (*question.options, OTHER_OPTION) if question.other else question.options


def _chosen(question: Question, value: Any) -> list[str]:
    if value in (None, "", [], {}):
        return []
    if question.type == schema.YES_NO:
        return ["yes" if value else "no"]
    return [str(key) for key in chosen_in(value)]


def _joined(first: Words, second: Words) -> Words:
    return Words(f"{first.fr} – {second.fr}", f"{first.in_('en')} – {second.in_('en')}")
