"""What is said of one question, or of two crossed: counts, shares, n, with what is hidden. Pure.

``None`` stands for what is hidden, never 0. Words are in the language that is asked for.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from resources.reports.figures.crossing import Crossing, Filter
from resources.reports.figures.variables import Variable


@dataclass(frozen=True)
class Cell:
    key: str
    label: str
    count: int | None
    share: int | None  # percent of the n of its line, rounded

    @property
    def is_hidden(self) -> bool:
        return self.count is None


@dataclass(frozen=True)
class Distribution:
    """How a closed question was answered."""

    key: str
    question: str
    label: str
    several: bool
    population: int  # the answers that the filter keeps
    n: int | None  # those of them that answered; None when that is too few to be told
    cells: tuple[Cell, ...]

    @property
    def is_empty(self) -> bool:
        """Nobody answered, as far as anybody may know."""
        return self.n == 0

    @property
    def hides_some(self) -> bool:
        return self.n is None or any(cell.is_hidden for cell in self.cells)

    @property
    def shown(self) -> tuple[Cell, ...]:
        return tuple(cell for cell in self.cells if not cell.is_hidden)


@dataclass(frozen=True)
class Line:
    """One row of a crossed table."""

    key: str
    label: str
    n: int | None
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Crosstab:
    """Two closed questions crossed, over all answers; shares are of the n of each line."""

    rows: Variable
    columns: Variable
    row_label: str
    column_label: str
    column_labels: tuple[str, ...]
    lines: tuple[Line, ...]

    @property
    def hides_some(self) -> bool:
        return any(cell.is_hidden for line in self.lines for cell in line.cells)


class RefusedFilterError(ValueError):
    """This filter keeps, or leaves out, too few answers; see ``Crossing.offered``."""


def distribution(
    crossing: Crossing, key: str, only: Filter | None = None, language: str = "fr"
) -> Distribution:
    """How one closed question was answered, by all or by those of a filter.

    Raises KeyError for a key that is no closed question, RefusedFilterError for a filter that is
    not offered.
    """
    variable = crossing.records.variables[key]
    if only is None:
        within, hidden = crossing.everyone, crossing.hidden_options(variable)
    else:
        within, hidden = _members(crossing, only), _row(crossing, variable, only)
    answered = (variable.answered & within).bit_count()
    is_told = not answered or answered >= crossing.smallest
    return Distribution(
        key,
        variable.question,
        variable.label.in_(language),
        variable.several,
        within.bit_count(),
        answered if is_told else None,
        _cells(variable, variable.counts(within), hidden, answered, language),
    )


def _members(crossing: Crossing, only: Filter) -> int:
    if only not in crossing.offered:
        raise RefusedFilterError(only)
    return crossing.offered[only]


def _row(crossing: Crossing, variable: Variable, only: Filter) -> list[bool]:
    """What a filter hides of a question: its line in the two crossed. Its own question is hidden."""
    if only.key == variable.key:
        return [True] * len(variable.options)
    rows = crossing.records.variables[only.key]
    place = [option.key for option in rows.options].index(only.option)
    return crossing.crossed(rows, variable)[place]


def _cells(
    variable: Variable, counts: Sequence[int], hidden: Sequence[bool], n: int, language: str
) -> tuple[Cell, ...]:
    return tuple(
        Cell(
            option.key,
            option.label.in_(language),
            None if is_hidden else count,
            None if is_hidden or not n else percent(count, n),
        )
        for option, count, is_hidden in zip(variable.options, counts, hidden, strict=True)
    )


def percent(part: float, whole: float) -> int:
    """Rounded half up, as people do."""
    return int(100 * part / whole + 0.5)


def crosstab(crossing: Crossing, rows: str, columns: str, language: str = "fr") -> Crosstab:
    """Two closed questions crossed, over all answers. Raises KeyError, ValueError for one with itself."""
    if rows == columns:
        raise ValueError("a question is not crossed with itself")
    first, second = crossing.records.variables[rows], crossing.records.variables[columns]
    mask = crossing.crossed(first, second)
    lines = []
    for option, hidden in zip(first.options, mask, strict=True):
        members = first.sets[option.key]
        n = (members & second.answered).bit_count()
        cells = _cells(second, second.counts(members), hidden, n, language)
        is_told = _n_is_told(hidden, n, second)
        lines.append(Line(option.key, option.label.in_(language), n if is_told else None, cells))
    return Crosstab(
        first,
        second,
        first.label.in_(language),
        second.label.in_(language),
        tuple(option.label.in_(language) for option in second.options),
        tuple(lines),
    )


def _n_is_told(hidden: Sequence[bool], n: int, columns: Variable) -> bool:
    """The n of a line that is hidden whole is hidden as well: it is a count of the first question."""
    return bool(n == 0 or not all(hidden) or not columns.options)
