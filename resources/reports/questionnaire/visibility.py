"""Which questions a person sees, given what was answered before. Pure.

Answers to what is hidden are kept aside, so that going back and forth loses nothing; they are no
answers while they are hidden: not shown, not counted, not exported.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from resources.reports.questionnaire.conditions import Condition, ConditionError, parse
from resources.reports.questionnaire.evaluation import holds
from resources.reports.questionnaire.schema import Question, Questionnaire, Section


def shown(questionnaire: Questionnaire, values: Mapping[str, Any]) -> list[Question]:
    """The questions that are visible, in their order. A condition looks at visible answers only."""
    keys = questionnaire.keys
    seen: dict[str, Any] = {}
    found: list[Question] = []
    for section in questionnaire.sections:
        if not _holds(section.when, seen, keys):
            continue
        for question in section.questions:
            if _holds(question.when, seen, keys):
                found.append(question)
                if question.key in values:
                    seen[question.key] = values[question.key]
    return found


def shown_sections(
    questionnaire: Questionnaire, values: Mapping[str, Any]
) -> list[tuple[Section, list[Question]]]:
    """The sections with something in them, each with its visible questions."""
    visible = {question.key for question in shown(questionnaire, values)}
    pairs = [
        (section, [question for question in section.questions if question.key in visible])
        for section in questionnaire.sections
    ]
    return [(section, questions) for section, questions in pairs if questions]


def answers(questionnaire: Questionnaire, values: Mapping[str, Any]) -> dict[str, Any]:
    """What was answered, without what is hidden and without what is no question any more."""
    return {
        question.key: values[question.key]
        for question in shown(questionnaire, values)
        if question.is_answered and question.key in values
    }


def _holds(text: str, values: Mapping[str, Any], keys: frozenset[str]) -> bool:
    return not text or holds(_read(text, keys), values)


@lru_cache(maxsize=2_000)
def _read(text: str, keys: frozenset[str]) -> Condition | None:
    """A condition that cannot be read hides nothing: the editor is told when it is saved.

    Remembered, because figures ask for the same few over every answer.
    """
    try:
        return parse(text, keys)
    except ConditionError:
        return None
