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
from resources.reports.figures.records import Records
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


@dataclass(frozen=True)
class Ground:
    """What every comparison stands on: the rates of one category, the groups to look into."""

    crossing: Crossing
    attendance: Mapping[int, float]  # percent, by the place of the answer
    expression: Mapping[int, float]
    seasons: tuple[int, ...]  # sets of answers
    sizes: tuple[int, ...]
    language: str

    @property
    def fewest(self) -> int:
        return self.crossing.records.fewest_ranked


def comparisons(
    crossing: Crossing,
    told: Sequence[Practice],
    category: str = EVERYBODY,
    language: str = "fr",
) -> tuple[Comparison, ...]:
    """Every dimension that the questionnaire asks about and that may be public."""
    records = crossing.records
    rates = rates_by_answer(records, category)
    ground = Ground(
        crossing,
        rates["attendance"],
        rates["expression"],
        _by_season(records),
        _by_size(records),
        language,
    )
    return tuple(
        _comparison(ground, records.variables[key], [p for p in told if p.code in codes])
        for key, codes in DIMENSIONS.items()
        if key in records.variables and records.may_be_public(key)
    )


def _comparison(ground: Ground, variable: Variable, told: Sequence[Practice]) -> Comparison:
    answered = variable.answered.bit_count()
    places = range(len(variable.options))
    return Comparison(
        variable.key,
        variable.label.in_(ground.language),
        variable.several,
        None if is_small(answered, ground.crossing.smallest) else answered,
        tuple(_observed(ground, variable, place) for place in places),
        _reading(ground, variable),
        tuple(told),
    )


def _observed(ground: Ground, variable: Variable, place: int) -> Observed:
    option = variable.options[place]
    members = variable.sets[option.key]
    is_hidden = ground.crossing.hidden_options(variable)[place]
    n = None if is_hidden else members.bit_count()
    level = evidence_level(
        n,
        _many_in(ground, members, ground.seasons),
        _many_in(ground, members, ground.sizes),
        ground.fewest,
    )
    return Observed(
        option.key,
        option.label.in_(ground.language),
        n,
        level,
        Spread(None) if is_hidden else _told(ground, ground.attendance, members),
        Spread(None) if is_hidden else _told(ground, ground.expression, members),
        () if is_hidden else _sizes(ground, variable, place),
    )


def _by_season(records: Records) -> tuple[int, ...]:
    answers = records.answers
    return tuple(
        sum(1 << place for place, record in enumerate(answers) if record.season == season)
        for season in records.seasons
    )


def _by_size(records: Records) -> tuple[int, ...]:
    size = records.variables.get(SIZE)
    return tuple(size.sets[option.key] for option in size.options) if size else ()


def _many_in(ground: Ground, members: int, groups: Sequence[int]) -> int:
    """In how many of the groups there are enough members."""
    return sum((members & group).bit_count() >= ground.fewest for group in groups)


def _told(ground: Ground, rates: Mapping[int, float], members: int) -> Spread:
    """The rates of a group, unless they or those of the others are a few."""
    smallest = ground.crossing.smallest
    kept = _of(rates, members)
    if is_small(len(rates) - len(kept), smallest):
        return Spread(None)
    return spread(kept, max(smallest, ground.fewest))


def _of(rates: Mapping[int, float], members: int) -> list[float]:
    return [rate for place, rate in rates.items() if members >> place & 1]


def _sizes(ground: Ground, variable: Variable, place: int) -> tuple[AtSize, ...]:
    size = ground.crossing.records.variables.get(SIZE)
    if size is None:
        return ()
    hidden = ground.crossing.crossed(variable, size)[place]
    members = variable.sets[variable.options[place].key]
    return tuple(
        AtSize(
            option.label.in_(ground.language),
            Spread(None) if is_hidden else _told(ground, ground.attendance, members & group),
        )
        for option, group, is_hidden in zip(size.options, ground.sizes, hidden, strict=True)
    )


def _reading(ground: Ground, variable: Variable) -> Reading:
    rates = ground.attendance
    hidden = ground.crossing.hidden_options(variable)
    shown = [
        variable.sets[option.key]
        for option, is_hidden in zip(variable.options, hidden, strict=True)
        if not is_hidden and not _told(ground, rates, variable.sets[option.key]).is_hidden
    ]
    if len(shown) < 2:
        return Reading.TOO_FEW
    ordered = sorted(shown, key=lambda members: median(_of(rates, members)))
    low, high = ordered[0], ordered[-1]
    if median(_of(rates, high)) - median(_of(rates, low)) < SAME:
        return Reading.NO_DIFFERENCE
    at_equal_size = _differences_at_equal_size(ground, low, high)
    if len(at_equal_size) < 2:
        return Reading.SIZE_UNKNOWN
    everywhere = all(difference >= SAME for difference in at_equal_size)
    return Reading.AT_EQUAL_SIZE if everywhere else Reading.NOT_AT_EQUAL_SIZE


def _differences_at_equal_size(ground: Ground, low: int, high: int) -> list[float]:
    """Between the medians of two options, in each size where both have enough answers.

    Those who chose both options tell nothing of one against the other.
    """
    found = []
    for group in ground.sizes:
        lows = _of(ground.attendance, low & ~high & group)
        highs = _of(ground.attendance, high & ~low & group)
        if min(len(lows), len(highs)) >= ground.fewest:
            found.append(median(highs) - median(lows))
    return found
