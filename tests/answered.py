"""Makes an answer to any question, with every part of it given."""

from typing import Any

from resources.reports.questionnaire import schema
from resources.reports.questionnaire.schema import OTHER, Question
from resources.reports.questionnaire.values import PRACTICES

STORY = "Nous avons changé l’heure de la réunion, et davantage de monde est venu. " * 8


def answered(question: Question, text: str = STORY) -> Any:
    """A value for this question, as it is kept."""
    simple = {
        schema.TEXT: text[:60].strip(),
        schema.LONG_TEXT: text.strip(),
        schema.INTEGER: 120,
        schema.DECIMAL: "12.50",
        schema.AMOUNT: "350.00",
        schema.DATE: "2026-05-14",
        schema.TIME: "18:30",
        schema.DURATION: 135,
        schema.YES_NO: True,
        schema.SCALE_TYPE: 3,
        schema.FILE: [],
        schema.PHOTO: [],
    }
    if question.type in simple:
        return simple[question.type]
    return _composed(question, text)


def _composed(question: Question, text: str) -> Any:
    other = {"other": text[:60].strip()} if question.other else {}
    match question.type:
        case schema.CHOICE:
            return {"chosen": [OTHER if other else question.option_keys[0]], **other}
        case schema.CHOICES:
            return {"chosen": list(question.option_keys), **other}
        case schema.RANKING:
            return list(reversed(question.option_keys))
        case schema.MATRIX if question.cell == schema.CHOICE:
            return {row.key: question.columns[0].key for row in question.rows}
        case schema.MATRIX:
            return {
                row.key: {column.key: n for n, column in enumerate(question.columns)}
                for row in question.rows
            }
        case schema.PRACTICES:
            more = text[:200].strip()
            return {c: {"tried": True, "kept": "yes", "useful": 3, "more": more} for c in PRACTICES}
    return question.option_keys[0] if question.options else True
