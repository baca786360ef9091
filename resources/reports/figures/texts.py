"""Open answers as they were written: for the federation, and for whoever chooses quotes. Pure."""

from dataclasses import dataclass

from resources.reports.figures.records import Records
from resources.reports.questionnaire.schema import LONG_TEXT, TEXT


@dataclass(frozen=True)
class Said:
    """One open answer. ``answer`` is the pk of whose it is: what may be quoted depends on it."""

    answer: int
    text: str


def texts(records: Records, key: str) -> tuple[Said, ...]:
    """What was written to one open question. KeyError for a question that is none."""
    if records.question(key).type not in (TEXT, LONG_TEXT):
        raise KeyError(key)
    return tuple(
        Said(record.pk, str(record.values[key]))
        for record in records.answers
        if record.values.get(key)
    )
