"""Who came and who expressed themselves, by category. Pure.

- attendance, *taux de participation* = present ÷ summoned;
- expression, *taux d’expression* = (present + represented + voting from afar) ÷ summoned.

They are two figures, never added nor averaged together. A co-op counts for one: what is told is
the median of the co-ops’ own rates, with n.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from resources.reports.figures.crossing import Crossing, Filter
from resources.reports.figures.numbers import Spread, number_of, spread_of
from resources.reports.figures.records import Records
from resources.reports.questionnaire.schema import INTEGER, MATRIX, Words

QUESTION: Final = "participation"
SUMMONED, PRESENT = "convoques", "presents"
REPRESENTED, AFAR = "representes", "votants_distance"
EVERYBODY: Final = "ensemble"
EVERYBODY_WORDS: Final = Words("Toutes catégories", "All categories")


@dataclass(frozen=True)
class Rates:
    """The rates of one category, in percent, over the co-ops that told the numbers they need."""

    key: str
    label: str
    attendance: Spread
    expression: Spread

    @property
    def is_empty(self) -> bool:
        return self.attendance.n == 0 and self.expression.n == 0


def attendance_of(row: Mapping[str, Any]) -> float | None:
    """Percent of those summoned who were present; None unless both numbers are there."""
    summoned, present = number_of(row.get(SUMMONED)), number_of(row.get(PRESENT))
    return 100 * present / summoned if summoned and present is not None else None


def expression_of(row: Mapping[str, Any]) -> float | None:
    """Percent of those summoned who were present, represented or voted from afar.

    The present must be told; of the two others, what was left blank is taken as none.
    """
    summoned, present = number_of(row.get(SUMMONED)), number_of(row.get(PRESENT))
    if not summoned or present is None:
        return None
    others = (number_of(row.get(REPRESENTED)) or 0) + (number_of(row.get(AFAR)) or 0)
    return 100 * (present + others) / summoned


def rates_by_answer(
    records: Records, category: str, key: str = QUESTION
) -> dict[str, dict[int, float]]:
    """``{"attendance": {place: percent}, "expression": {place: percent}}`` of one category.

    ``EVERYBODY`` adds the categories of a co-op that told both the summoned and the present.
    """
    found: dict[str, dict[int, float]] = {"attendance": {}, "expression": {}}
    for place, table in records.given(key).items():
        row = together(table or {}) if category == EVERYBODY else (table or {}).get(category) or {}
        for name, rate in (("attendance", attendance_of(row)), ("expression", expression_of(row))):
            if rate is not None:
                found[name][place] = rate
    return found


def together(table: Mapping[str, Mapping[str, Any]]) -> dict[str, float]:
    """All categories of one co-op as one row: those that lack a number for a rate are left out."""
    rows = [row for row in table.values() if row and attendance_of(row) is not None]
    return {
        column: sum(number_of(row.get(column)) or 0 for row in rows)
        for column in (SUMMONED, PRESENT, REPRESENTED, AFAR)
        if rows
    }


def participation(
    crossing: Crossing, only: Filter | None = None, language: str = "fr", key: str = QUESTION
) -> tuple[Rates, ...]:
    """The rates of each category, then of all together. Empty without such a question."""
    question = crossing.records.shape.questions.get(key)
    if question is None or question.type != MATRIX or question.cell != INTEGER:
        return ()
    rows = [(row.key, row.label.in_(language)) for row in question.rows]
    rows.append((EVERYBODY, EVERYBODY_WORDS.in_(language)))
    return tuple(_rates(crossing, row, label, only, key) for row, label in rows)


def _rates(crossing: Crossing, row: str, label: str, only: Filter | None, key: str) -> Rates:
    found = rates_by_answer(crossing.records, row, key)
    return Rates(
        row,
        label,
        spread_of(crossing, found["attendance"], only),
        spread_of(crossing, found["expression"], only),
    )
