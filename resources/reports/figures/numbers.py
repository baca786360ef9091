"""Numbers told by their middle: the median and the middle half, never one co-op's own figure. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median, quantiles
from typing import Any

from resources.reports.figures.crossing import Crossing, Filter
from resources.reports.questionnaire.schema import NUMBERS


@dataclass(frozen=True)
class Spread:
    """The median and the middle half of some values.

    ``n`` is always told, unless too few answered (None); the rest then is None too. ``low`` and
    ``high`` are the first and third quartiles: the least and the most would be one co-op's.
    """

    n: int | None
    median: float | None = None
    low: float | None = None
    high: float | None = None

    @property
    def is_hidden(self) -> bool:
        return self.median is None


def spread(values: Sequence[float], smallest: int) -> Spread:
    """The spread of values; nothing but 0 is told of fewer than ``smallest``."""
    if len(values) < smallest:
        return Spread(0 if not values else None)
    low, _middle, high = quantiles(values, n=4, method="inclusive")
    return Spread(len(values), median(values), low, high)


@dataclass(frozen=True)
class Numbers:
    key: str
    label: str
    type: str  # of the question: a duration is in minutes
    spread: Spread


def numbers(
    crossing: Crossing, key: str, only: Filter | None = None, language: str = "fr"
) -> Numbers:
    """What was answered to a question that takes a number. KeyError for another one."""
    question = crossing.records.question(key)
    if question.type not in NUMBERS:
        raise KeyError(key)
    found = {
        place: number
        for place, value in crossing.records.given(key).items()
        if (number := number_of(value)) is not None
    }
    return Numbers(
        key, question.label.in_(language), question.type, spread_of(crossing, found, only)
    )


def spread_of(crossing: Crossing, found: dict[int, float], only: Filter | None) -> Spread:
    """The spread of numbers by the place of their answer, kept by a filter, hidden where it must be."""
    if only is None:
        return spread(list(found.values()), crossing.smallest)
    answered = sum(1 << place for place in found)
    members = crossing.offered[only]
    kept = [number for place, number in found.items() if members >> place & 1]
    if crossing.hides_some(only, answered):
        return Spread(None if kept else 0)
    return spread(kept, crossing.smallest)


def number_of(value: Any) -> float | None:
    if isinstance(value, bool) or value is None:
        return None
    try:
        return float(value)
    except (TypeError, ValueError):
        return None
