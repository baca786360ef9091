"""The turnout of one co-op as its page tells it, where it agreed to that. Pure, but for the words.

Both rates are those of ``figures.participation``. A category of very few people is not told of
apart, nor when subtracting would tell it. Without names, numbers are rounded: those who were
summoned to the meeting are counted in public minutes, and would tell which co-op it is.
"""

from collections.abc import Callable, Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Final

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from resources.reports.figures.participation import (
    AFAR,
    EVERYBODY,
    EVERYBODY_WORDS,
    PRESENT,
    QUESTION,
    REPRESENTED,
    SUMMONED,
    attendance_of,
    expression_of,
    together,
)
from resources.reports.questionnaire.schema import INTEGER, MATRIX, Question, Words

Table = Mapping[str, Mapping[str, Any]]
LANGUAGES: Final = ("fr", "en")
Rate = Callable[[Mapping[str, Any]], float | None]
RATES: Final[Mapping[str, tuple[Rate, tuple[str, ...]]]] = {
    "attendance": (attendance_of, (PRESENT,)),
    "expression": (expression_of, (PRESENT, REPRESENTED, AFAR)),
}


def is_turnout(question: Question) -> bool:
    return question.key == QUESTION and question.type == MATRIX and question.cell == INTEGER


def told_rows(table: Table, smallest: int) -> dict[str, Mapping[str, Any]]:
    """The categories that may be told of apart; none when too few stand in those that may not."""
    counted = {key: row for key, row in table.items() if row and attendance_of(row) is not None}
    shown = {key: row for key, row in counted.items() if row[SUMMONED] >= smallest}
    hidden = sum(row[SUMMONED] for key, row in counted.items() if key not in shown)
    return {} if 0 < hidden < smallest else shown


def turnout_facts(
    question: Question, table: Table, smallest: int, *, named: bool
) -> list[dict[str, Any]]:
    """Both rates as facts of a page; none for fewer people than ``smallest``."""
    whole = together(table)
    if not whole or whole[SUMMONED] < smallest:
        return []
    rows: dict[str, Mapping[str, Any]] = {EVERYBODY: whole}
    if named:
        rows |= told_rows(table, smallest)
    labels = {row.key: row.label for row in question.rows} | {EVERYBODY: EVERYBODY_WORDS}
    told = {
        name: {code: _in(code, name, rows, labels, named) for code in LANGUAGES} for name in RATES
    }
    return [
        {
            "facet": "",
            "label": {code: label for code, (label, _values) in both.items()},
            "values": [
                {"key": key} | {code: values[place] for code, (_label, values) in both.items()}
                for place, key in enumerate(rows)
            ],
        }
        for both in told.values()
    ]


def _in(
    code: str,
    name: str,
    rows: Mapping[str, Mapping[str, Any]],
    labels: Mapping[str, Words],
    named: bool,
) -> tuple[str, list[str]]:
    """The label of a rate in a language, and what it is in each category."""
    with override(code):
        return _label(name), [
            _words(name, labels[key].in_(code), row, named=named) for key, row in rows.items()
        ]


def _label(name: str) -> str:
    if name == "attendance":
        return _("Attendance rate (present ÷ summoned)")
    return _("Expression rate (present, represented and voting from afar ÷ summoned)")


def _words(name: str, category: str, row: Mapping[str, Any], *, named: bool) -> str:
    rate, columns = RATES[name]
    percent, summoned = rate(row) or 0, int(row[SUMMONED])
    if not named:
        rounded = {"rate": _number(percent), "n": _number(_roughly(summoned))}
        return _("about %(rate)s%% (n: about %(n)s)") % rounded
    return _("%(category)s: %(rate)s%% (%(part)s of %(n)s)") % {
        "category": category,
        "rate": _number(percent, 1),
        "part": _number(sum(int(row.get(column) or 0) for column in columns)),
        "n": _number(summoned),
    }


def _number(value: float, decimals: int = 0) -> str:
    """Rounded first: what formats a number only cuts it."""
    rounded = Decimal(value).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    return number_format(rounded, decimal_pos=decimals, use_l10n=True, force_grouping=True)


def _roughly(number: int) -> int:
    """The number by its first digit: 488 is about 500."""
    unit = 10 ** (len(str(number)) - 1)
    return int((number + unit / 2) // unit) * unit
