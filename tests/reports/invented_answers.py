"""Answers drawn at random for every question of a questionnaire, the same for the same seed."""

import random
from typing import Any

from resources.reports.figures.records import Record, Records
from resources.reports.questionnaire import schema
from resources.reports.questionnaire.schema import Question, Questionnaire
from resources.reports.questionnaire.visibility import answers as visible

SILENT = 0.08  # the share of questions that a co-op leaves blank


def invented(shape: Questionnaire, draw: random.Random) -> dict[str, Any]:
    """The values of one answer, those of hidden questions too."""
    found = {question.key: value_of(question, draw) for question in shape}
    return {key: value for key, value in found.items() if value is not None}


def value_of(question: Question, draw: random.Random) -> Any:
    if draw.random() < SILENT:
        return None
    keys = question.option_keys
    match question.type:
        case schema.YES_NO:
            return draw.random() < 0.6
        case schema.CHOICE:
            return {"chosen": [keys[min(int(draw.expovariate(0.6)), len(keys) - 1)]]}
        case schema.CHOICES:
            chosen = [key for key in keys if draw.random() < 0.35]
            return {"chosen": chosen} if chosen else None
        case schema.SCALE_TYPE:
            return draw.choice(schema.SCALE)
        case schema.DURATION:
            return draw.randrange(30, 200)
        case schema.LONG_TEXT:
            return f"Propos inventé {draw.randrange(10_000)}"
        case schema.MATRIX:
            return _matrix(question, draw)
        case schema.PRACTICES:
            return _practices(draw)
    return None


def _matrix(question: Question, draw: random.Random) -> dict[str, Any]:
    if question.cell == schema.CHOICE:
        return {row.key: draw.choice(question.columns).key for row in question.rows}
    found = {}
    for row in question.rows:
        summoned = draw.randrange(10, 400)
        present = draw.randrange(summoned)
        found[row.key] = {
            "convoques": summoned,
            "presents": present,
            "representes": draw.randrange(summoned - present + 1),
        }
    return found


def _practices(draw: random.Random) -> dict[str, Any]:
    return {
        f"P{number:02d}": {
            "tried": True,
            "kept": draw.choice(["yes", "changed", "no"]),
            "useful": draw.randrange(1, 5),
        }
        for number in range(1, 21)
        if draw.random() < 0.4
    }


def records(
    shape: Questionnaire, number: int, seed: int = 1, season: int = 2026, smallest: int = 5
) -> Records:
    draw = random.Random(seed)
    answers = (visible(shape, invented(shape, draw)) for _each in range(number))
    return Records(
        shape,
        tuple(Record(place, season, values) for place, values in enumerate(answers)),
        smallest,
    )
