"""A condition in the words of its questions, for who reads it rather than writes it."""

from typing import Any, Final

from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from resources.reports.questionnaire import schema
from resources.reports.questionnaire.conditions import (
    Both,
    Comparison,
    Condition,
    ConditionError,
    Either,
    Literal,
    Not,
    Path,
    parse,
)
from resources.reports.questionnaire.schema import Question, Questionnaire, label_of

SAID: Final = {
    "=": _("“%(question)s” is %(answer)s"),
    "!=": _("“%(question)s” is not %(answer)s"),
    "<": _("“%(question)s” is less than %(answer)s"),
    "<=": _("“%(question)s” is at most %(answer)s"),
    ">": _("“%(question)s” is more than %(answer)s"),
    ">=": _("“%(question)s” is at least %(answer)s"),
    "in": _("“%(question)s” is one of: %(answer)s"),
    "has": _("“%(question)s” holds %(answer)s"),
    "answered": _("“%(question)s” is answered"),
}
OPPOSITE: Final = {"=": "!=", "!=": "="}
DENIED: Final = {
    "has": _("“%(question)s” does not hold %(answer)s"),
    "answered": _("“%(question)s” is not answered"),
}


def said(questionnaire: Questionnaire, text: str) -> str:
    """What ``text`` asks for, in words; as it is written when it cannot be read."""
    try:
        condition = parse(text, questionnaire.keys)
    except ConditionError:
        return text
    return _said(questionnaire, condition) if condition else ""


def _said(questionnaire: Questionnaire, condition: Condition) -> str:
    match condition:
        case Both(parts):
            return now(" and ").join(_enclosed(questionnaire, part) for part in parts)
        case Either(parts):
            return now(" or ").join(_enclosed(questionnaire, part) for part in parts)
        case Not(Comparison() as inner) if inner.operator in DENIED | OPPOSITE:
            return _denied(questionnaire, inner)
        case Not(inner):
            return now("not (%(condition)s)") % {"condition": _said(questionnaire, inner)}
        case Comparison():
            return _compared(questionnaire, condition, SAID[condition.operator])
    raise AssertionError(condition)


def _enclosed(questionnaire: Questionnaire, part: Condition) -> str:
    said_part = _said(questionnaire, part)
    return f"({said_part})" if isinstance(part, Both | Either) else said_part


def _denied(questionnaire: Questionnaire, inner: Comparison) -> str:
    sentence = DENIED.get(inner.operator) or SAID[OPPOSITE[inner.operator]]
    return _compared(questionnaire, inner, sentence)


def _compared(questionnaire: Questionnaire, comparison: Comparison, sentence: Any) -> str:
    question = questionnaire.questions.get(comparison.left.key)
    answers = [_answer(questionnaire, comparison.left, question, part) for part in comparison.right]
    named = {"question": _place(question, comparison.left), "answer": ", ".join(answers)}
    return str(sentence) % named


def _place(question: Question | None, path: Path) -> str:
    """The words of a question, then of the row and the column that are looked at."""
    if question is None:
        return path.text
    label = question.label.fr or question.key
    parts = path.text.split(".")[1:]
    said_parts = [
        label_of(options, key, "fr")
        for options, key in zip((question.rows, question.columns), parts, strict=False)
    ]
    return " – ".join([label, ", ".join(said_parts)]) if said_parts else label


def _answer(
    questionnaire: Questionnaire, left: Path, question: Question | None, part: Path | Literal
) -> str:
    if isinstance(part, Path):
        other = questionnaire.questions.get(part.key)
        return now("what “%(question)s” says") % {"question": _place(other, part)}
    if isinstance(part.value, bool):
        return now("yes") if part.value else now("no")
    if question is None or not isinstance(part.value, str):
        return str(part.value)
    if part.value == schema.OTHER:
        return now("other")
    options = question.columns if "." in left.text else question.options
    label = label_of(options, part.value, "fr")
    return f"“{label}”"
