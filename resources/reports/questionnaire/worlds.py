"""The answers that make a difference to conditions: a few for each question stand for all. Pure.

« nb > 100 » cares whether a number is above 100, not which one: 100, 99 and 101 stand for every
number. Whatever holds or not for some answer holds or not for one of these, as long as conditions
compare answers with options and numbers, and not with each other.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, combinations, product
from math import prod
from typing import Any, Final

from resources.reports.questionnaire import schema
from resources.reports.questionnaire.conditions import (
    Both,
    Comparison,
    Condition,
    ConditionError,
    Either,
    Not,
    Path,
    literals,
    names,
    parse,
)
from resources.reports.questionnaire.schema import Question, Questionnaire
from resources.reports.questionnaire.values import KEPT

MOST_VALUES: Final = 128  # of one question
ANYTHING: Final = "…"  # a text, a file: what it says makes no difference
Asked = Mapping[str, Sequence[Any]]  # by path: the literals it is compared with


class TooManyError(Exception):
    """There are more cases than can be gone through."""


def read(text: str, keys: Any) -> Condition | None:
    """A condition; None for one that cannot be read, which hides nothing."""
    try:
        return parse(text, keys)
    except ConditionError:
        return None


def conditions(questionnaire: Questionnaire) -> Iterator[Condition]:
    keys = questionnaire.questions.keys()
    for section in questionnaire.sections:
        for text in (section.when, *(question.when for question in section.questions)):
            condition = read(text, keys)
            if condition is not None:
                yield condition


def asked(questionnaire: Questionnaire) -> dict[str, list[Any]]:
    """What each place is compared with, over all conditions."""
    found: dict[str, list[Any]] = {}
    for condition in conditions(questionnaire):
        for place in names(condition):
            found.setdefault(place.text, [])
        for place, value in literals(condition):
            found[place.text].append(value)
    return found


def compares_answers(condition: Condition | None) -> bool:
    """Whether answers are compared with each other: then no few answers stand for all."""
    places = sum(1 for _place in names(condition))
    return places > len(list(_lefts(condition)))


def _lefts(condition: Condition | None) -> Iterator[Path]:
    match condition:
        case Comparison(left):
            yield left
        case Not(inner):
            yield from _lefts(inner)
        case Both(parts) | Either(parts):
            for part in parts:
                yield from _lefts(part)


def values_of(question: Question, places: Asked) -> list[Any]:
    """The answers to a question that conditions can tell apart, no answer left out.

    Raises TooManyError.
    """
    told = [value for text, values in places.items() for value in values if text == question.key]
    match question.type:
        case schema.YES_NO:
            return [True, False]
        case schema.SCALE_TYPE:
            return list(schema.SCALE)
        case schema.CHOICE:
            return [{"chosen": [key]} for key in _some(question, told)]
        case schema.CHOICES:
            return [{"chosen": list(keys)} for keys in _subsets(_some(question, told))]
        case schema.RANKING:
            return [list(keys) for keys in _subsets(_some(question, told))]
        case schema.CONSENT:
            return list(question.option_keys) if question.options else [True, False]
        case schema.INTEGER | schema.DECIMAL | schema.AMOUNT | schema.DURATION:
            return _numbers(question, told)
        case schema.MATRIX | schema.PRACTICES:
            return _tables(question, places)
        case schema.FILE | schema.PHOTO:
            return [[ANYTHING]]
    return _texts(told)


def _some(question: Question, told: Sequence[Any]) -> list[str]:
    """The options that are named, and one that stands for all others."""
    named = [key for key in question.option_keys if key in told]
    return named + [key for key in question.option_keys if key not in told][:1]


def _subsets(keys: Sequence[str]) -> list[tuple[str, ...]]:
    if 2 ** len(keys) > MOST_VALUES:
        raise TooManyError
    sizes = range(1, len(keys) + 1)
    return list(chain.from_iterable(combinations(keys, size) for size in sizes))


def _numbers(question: Question, told: Sequence[Any]) -> list[Any]:
    least = 0 if question.minimum is None else question.minimum
    most = float("inf") if question.maximum is None else question.maximum
    step = 1 if question.type in (schema.INTEGER, schema.DURATION, schema.MATRIX) else 0.01
    numbers = [value for value in told if isinstance(value, int | float)]
    around = {n + d for n in numbers for d in (-step, 0, step)} | {least, min(most, least + 1)}
    return sorted(number for number in around if least <= number <= most)


def _texts(told: Sequence[Any]) -> list[str]:
    """Texts, dates and hours: before, at and after each one named."""
    texts = sorted({str(value) for value in told})
    return [" ", *chain.from_iterable((text, f"{text}{ANYTHING}") for text in texts)]


def _tables(question: Question, places: Asked) -> list[Any]:
    """Tables that differ in the cells that conditions look at; and one with another cell filled."""
    cells = {text: told for text, told in places.items() if text.startswith(f"{question.key}.")}
    choices = [[None, *_cell_values(question, text, told)] for text, told in cells.items()]
    if prod(len(values) for values in choices) > MOST_VALUES:
        raise TooManyError
    found: list[Any] = [{ANYTHING: {ANYTHING: 1}}]
    for values in product(*choices):
        table: dict[str, Any] = {}
        for text, value in zip(cells, values, strict=True):
            if value is not None:
                _put(table, text.split(".")[1:], value)
        if table:
            found.append(table)
    return found


def _cell_values(question: Question, text: str, told: Sequence[Any]) -> list[Any]:
    if question.type == schema.PRACTICES:
        ends: dict[str, list[Any]] = {
            "tried": [True],
            "kept": list(KEPT),
            "useful": list(schema.SCALE),
        }
        return ends.get(text.rsplit(".", 1)[-1], [ANYTHING])
    if question.cell == schema.CHOICE:
        return [column.key for column in question.columns]
    return _numbers(question, told)


def _put(table: dict[str, Any], places: Sequence[str], value: Any) -> None:
    *above, last = places
    for place in above:
        inside = table.setdefault(place, {})
        if not isinstance(inside, dict):
            inside = table[place] = {}
        table = inside
    table[last] = value
