"""How long a questionnaire takes to whoever knows the answers: counted by question. Pure.

Seconds to read a question and answer it on a phone: a tap is two seconds once the choice is made,
a figure four, a story of two sentences a minute. Half of the stories are left empty.
"""

from math import ceil
from typing import Final

from resources.reports.questionnaire import schema
from resources.reports.questionnaire.schema import Question, Questionnaire

SECONDS: Final = {
    schema.TEXT: 12,
    schema.LONG_TEXT: 30,
    schema.INTEGER: 8,
    schema.DECIMAL: 8,
    schema.AMOUNT: 8,
    schema.DATE: 8,
    schema.TIME: 8,
    schema.DURATION: 10,
    schema.YES_NO: 5,
    schema.CHOICE: 7,
    schema.CHOICES: 10,
    schema.SCALE_TYPE: 6,
    schema.RANKING: 25,
    schema.PRACTICES: 60,
    schema.FILE: 10,
    schema.PHOTO: 20,
    schema.CONSENT: 10,
    schema.STATEMENT: 6,
}
A_CELL: Final = 3
A_ROW: Final = 4


def seconds(question: Question) -> int:
    if question.type == schema.MATRIX:
        rows = len(question.rows)
        if question.cell == schema.CHOICE:
            return 5 + A_ROW * rows
        return 5 + A_CELL * rows * len(question.columns)
    return SECONDS.get(question.type, 8)


def minutes(questionnaire: Questionnaire) -> int:
    """Whole minutes, one at least, of somebody who sees half of what depends on other answers."""
    halves = sum(
        seconds(question) * (1 if question.when or section.when else 2)
        for section in questionnaire.sections
        for question in section.questions
    )
    return max(1, ceil(halves / 2 / 60))
