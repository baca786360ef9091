"""What was observed where a meeting was held one way or another: never what causes what. Pure.

Options stay in the order of the questionnaire, whatever their figures: nothing here is ranked.
A difference is only said to be seen when co-ops of the same size show it as well; else the size
of those who chose may be all there is to it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from statistics import median
from typing import Final

from resources.reports.figures.crossing import Crossing
from resources.reports.figures.masking import is_small
from resources.reports.figures.numbers import Spread, spread
from resources.reports.figures.participation import EVERYBODY, rates_by_answer
from resources.reports.figures.practices import Practice
from resources.reports.figures.variables import Variable

# What is compared, with the practices that tell for and against it; P17 is told with the hour.
DIMENSIONS: Final[Mapping[str, tuple[str, ...]]] = {
    "creneau": ("P17",),
    "jour": (),
    "lieu": ("P18",),
    "collaborateurs_roles": ("P19",),
    "canaux": ("P02",),
    "convivialite": ("P15", "P16"),
}
SIZE: Final = "taille"
SAME: Final = 5.0  # points: medians closer than that are not told apart


class Reading(Enum):
    """What may be said of the options of one question, looking at the attendance rate."""

    TOO_FEW = "too-few"
    NO_DIFFERENCE = "no-difference"
    SIZE_UNKNOWN = "size-unknown"  # a difference, and too few answers to look at equal size
    NOT_AT_EQUAL_SIZE = "not-at-equal-size"  # a difference that the size may explain
    AT_EQUAL_SIZE = "at-equal-size"


@dataclass(frozen=True)
class AtSize:
    """The attendance of those who chose an option, among co-ops of one size."""

    label: str
    attendance: Spread


@dataclass(frozen=True)
class Observed:
    """One option: how many chose it, and the rates of those who did. ``n`` is None when hidden."""

    key: str
    label: str
    n: int | None
    evidence: int  # from 1 to 4, see ``evidence_level``
    attendance: Spread
    expression: Spread
    sizes: tuple[AtSize, ...]


@dataclass(frozen=True)
class Comparison:
    key: str
    label: str
    several: bool
    n: int | None
    options: tuple[Observed, ...]
    reading: Reading
    practices: tuple[Practice, ...]


def evidence_level(n: int | None, seasons: int, sizes: int, fewest: int) -> int:
    """How much stands behind what was observed: never that it is proved.

    1 – fewer than ``fewest`` answers: no figure. 2 – as many. 3 – three times as many, over two
    seasons. 4 – six times as many, over two seasons, and as many as ``fewest`` in two sizes of co-op.
    """
    if n is None or n < fewest:
        return 1
    if n >= 6 * fewest and seasons >= 2 and sizes >= 2:
        return 4
    return 3 if n >= 3 * fewest and seasons >= 2 else 2


def comparisons(
    crossing: Crossing,
    told: Sequence[Practice],
    category: str = EVERYBODY,
    language: str = "fr",
) -> tuple[Comparison, ...]:
    """Every dimension that the questionnaire asks about and that may be public."""
    records = crossing.records
    return tuple(
        _comparison(crossing, records.variables[key], codes, told, category, language)
        for key, codes in DIMENSIONS.items()
        if key in records.variables and records.may_be_public(key)
    )


def _comparison(
    crossing: Crossing,
    variable: Variable,
    codes: tuple[str, ...],
    told: Sequence[Practice],
    category: str,
    language: str,
) -> Comparison:
    rates = rates_by_answer(crossing.records, category)
    answered = variable.answered.bit_count()
    options = tuple(
        _observed(crossing, variable, place, rates, language)
        for place in range(len(variable.options))
    )
    return Comparison(
        variable.key,
        variable.label.in_(language),
        variable.several,
        None if is_small(answered, crossing.smallest) else answered,
        options,
        _reading(crossing, variable, rates["attendance"]),
        tuple(practice for practice in told if practice.code in codes),
    )


def _observed(
    crossing: Crossing,
    variable: Variable,
    place: int,
    rates: Mapping[str, Mapping[int, float]],
    language: str,
) -> Observed:
    records, option = crossing.records, variable.options[place]
    members = variable.sets[option.key]
    is_hidden = crossing.hidden_options(variable)[place]
    n = None if is_hidden else members.bit_count()
    return Observed(
        option.key,
        option.label.in_(language),
        n,
        evidence_level(
            n,
            _many_in(crossing, members, _by_season(crossing)),
            _many_in(crossing, members, _by_size(crossing)),
            records.fewest_ranked,
        ),
        Spread(None) if is_hidden else _told(crossing, rates["attendance"], members),
        Spread(None) if is_hidden else _told(crossing, rates["expression"], members),
        () if is_hidden else _sizes(crossing, variable, place, rates["attendance"], language),
    )


def _told(crossing: Crossing, rates: Mapping[int, float], members: int) -> Spread:
    """The rates of a group, unless they or those of the others are a few."""
    fewest = max(crossing.smallest, crossing.records.fewest_ranked)
    kept = _of(rates, members)
    if is_small(len(rates) - len(kept), crossing.smallest):
        return Spread(None)
    return spread(kept, fewest)


def _of(rates: Mapping[int, float], members: int) -> list[float]:
    return [rate for place, rate in rates.items() if members >> place & 1]


def _by_season(crossing: Crossing) -> list[int]:
    answers = crossing.records.answers
    return [
        sum(1 << place for place, record in enumerate(answers) if record.season == season)
        for season in crossing.records.seasons
    ]


def _by_size(crossing: Crossing) -> list[int]:
    size = crossing.records.variables.get(SIZE)
    return [size.sets[option.key] for option in size.options] if size else []


def _many_in(crossing: Crossing, members: int, groups: Sequence[int]) -> int:
    """In how many of the groups there are enough members."""
    fewest = crossing.records.fewest_ranked
    return sum((members & group).bit_count() >= fewest for group in groups)


def _sizes(
    crossing: Crossing, variable: Variable, place: int, rates: Mapping[int, float], language: str
) -> tuple[AtSize, ...]:
    size = crossing.records.variables.get(SIZE)
    if size is None:
        return ()
    hidden = crossing.crossed(variable, size)[place]
    members = variable.sets[variable.options[place].key]
    return tuple(
        AtSize(
            option.label.in_(language),
            Spread(None) if is_hidden else _told(crossing, rates, members & size.sets[option.key]),
        )
        for option, is_hidden in zip(size.options, hidden, strict=True)
    )


def _reading(crossing: Crossing, variable: Variable, rates: Mapping[int, float]) -> Reading:
    hidden = crossing.hidden_options(variable)
    shown = [
        variable.sets[option.key]
        for option, is_hidden in zip(variable.options, hidden, strict=True)
        if not is_hidden and not _told(crossing, rates, variable.sets[option.key]).is_hidden
    ]
    if len(shown) < 2:
        return Reading.TOO_FEW
    ordered = sorted(shown, key=lambda members: median(_of(rates, members)))
    low, high = ordered[0], ordered[-1]
    if median(_of(rates, high)) - median(_of(rates, low)) < SAME:
        return Reading.NO_DIFFERENCE
    at_equal_size = _differences_at_equal_size(crossing, rates, low, high)
    if len(at_equal_size) < 2:
        return Reading.SIZE_UNKNOWN
    everywhere = all(difference >= SAME for difference in at_equal_size)
    return Reading.AT_EQUAL_SIZE if everywhere else Reading.NOT_AT_EQUAL_SIZE


def _differences_at_equal_size(
    crossing: Crossing, rates: Mapping[int, float], low: int, high: int
) -> list[float]:
    """Between the medians of two options, in each size where both have enough answers.

    Those who chose both options tell nothing of one against the other.
    """
    found = []
    for group in _by_size(crossing):
        lows, highs = _of(rates, low & ~high & group), _of(rates, high & ~low & group)
        if min(len(lows), len(highs)) >= crossing.records.fewest_ranked:
            found.append(median(highs) - median(lows))
    return found
