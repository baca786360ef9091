"""The rules that answers do not keep: a person corrects them, or says why they are right. Pure."""

import re
from collections.abc import Mapping
from typing import Any, Final

from resources.reports.questionnaire.conditions import ConditionError, names, parse
from resources.reports.questionnaire.evaluation import holds, is_given
from resources.reports.questionnaire.schema import Question, Rule

REASON: Final = "why-"
ROW: Final = re.compile(r"\brow\.")


def reason_name(key: str, number: int) -> str:
    """The field, and the key in ``Answer.reasons``, of why a rule need not hold."""
    return f"{REASON}{key}-{number}"


def reason_names(question: Question) -> tuple[str, ...]:
    return tuple(reason_name(question.key, number) for number in range(len(question.rules)))


def broken(question: Question, values: Mapping[str, Any], keys: Any) -> list[tuple[str, Rule]]:
    """The rules of a question that do not hold, each with the name of its reason.

    A rule speaks of what was answered: one that looks at something missing says nothing.
    """
    if not is_given(values.get(question.key)):
        return []
    return [
        (reason_name(question.key, number), rule)
        for number, rule in enumerate(question.rules)
        if not all(_keeps(text, values, keys) for text in _checks(question, rule))
    ]


def _checks(question: Question, rule: Rule) -> list[str]:
    """The rule itself, or once for each row of the table that it speaks of."""
    if not ROW.search(rule.check):
        return [rule.check]
    return [ROW.sub(f"{question.key}.{row.key}.", rule.check) for row in question.rows]


def _keeps(text: str, values: Mapping[str, Any], keys: Any) -> bool:
    try:
        condition = parse(text, keys)
    except ConditionError:
        return True  # the editor is told when it is saved
    places = [place.value(values) for place in names(condition)]
    return not all(is_given(value) for value in places) or holds(condition, values)
