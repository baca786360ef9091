"""How long a question takes, so that an editor sees the weight of a questionnaire. Pure.

Reading at 200 words a minute, then the time of the gesture on a phone: a tap for a choice, a minute
for a text. What is filled in beforehand is only confirmed. These are estimates, shown as such.
"""

from typing import Final

from resources.reports.questionnaire import schema
from resources.reports.questionnaire.schema import Question

SECONDS_A_WORD: Final = 0.3
CONFIRMED: Final = 3  # an answer that is filled in already
OPTION: Final = 0.4  # to look at one option
CELL: Final = 3  # one number in a table
PRACTICE: Final = 2  # one line of the table of practices, most of them left alone
GESTURE: Final = {
    schema.TEXT: 12,
    schema.LONG_TEXT: 45,
    schema.INTEGER: 6,
    schema.DECIMAL: 7,
    schema.AMOUNT: 7,
    schema.DATE: 8,
    schema.TIME: 6,
    schema.DURATION: 7,
    schema.YES_NO: 3,
    schema.CHOICE: 3,
    schema.CHOICES: 6,
    schema.SCALE_TYPE: 4,
    schema.RANKING: 15,
    schema.FILE: 25,
    schema.PHOTO: 25,
    schema.CONSENT: 5,
    schema.STATEMENT: 0,
}


def seconds(question: Question) -> int:
    """The estimated time to read a question and answer it, in whole seconds."""
    words = len(f"{question.label.fr} {question.help.fr}".split())
    reading = words * SECONDS_A_WORD
    if question.prefill:
        return round(reading + CONFIRMED)
    return round(reading + len(question.option_keys) * OPTION + _gesture(question))


def _gesture(question: Question) -> float:
    if question.type == schema.PRACTICES:
        return 20 * PRACTICE
    if question.type == schema.MATRIX:
        columns = len(question.columns) if question.cell != schema.CHOICE else 1
        return len(question.rows) * columns * CELL
    return GESTURE[question.type]
