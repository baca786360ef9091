"""One question over the seasons, joined by the keys of the question and of its options. Pure.

Each season is masked by itself. A renamed option stays one line, under its latest words; one that
was removed keeps its line, and so does one that is new.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from resources.reports.figures.counting import Cell, distribution
from resources.reports.figures.crossing import Crossing
from resources.reports.figures.participation import EVERYBODY, Rates, participation


@dataclass(frozen=True)
class TrendLine:
    key: str
    label: str
    cells: tuple[Cell | None, ...]  # by season; None where the option was not offered


@dataclass(frozen=True)
class Trend:
    key: str
    label: str
    seasons: tuple[int, ...]
    n: tuple[int | None, ...]  # by season; 0 where the question was not asked
    lines: tuple[TrendLine, ...]

    @property
    def hides_some(self) -> bool:
        return any(
            cell is not None and cell.is_hidden for line in self.lines for cell in line.cells
        )


def trend(seasons: Sequence[tuple[int, Crossing]], key: str, language: str = "fr") -> Trend:
    """A closed question over seasons, given oldest first. KeyError when none of them asks it."""
    found = [
        distribution(crossing, key, language=language)
        if key in crossing.records.variables
        else None
        for _season, crossing in seasons
    ]
    asked = [one for one in found if one]
    if not asked:
        raise KeyError(key)
    labels: dict[str, str] = {}
    for one in reversed(asked):
        for cell in one.cells:
            # The words of the latest season; a key that a season knows no words for says nothing.
            if labels.get(cell.key, cell.key) == cell.key:
                labels[cell.key] = cell.label
    by_season = [{cell.key: cell for cell in one.cells} if one else {} for one in found]
    lines = tuple(
        TrendLine(option, label, tuple(cells.get(option) for cells in by_season))
        for option, label in labels.items()
    )
    return Trend(
        key,
        asked[-1].label,
        tuple(season for season, _crossing in seasons),
        tuple(one.n if one else 0 for one in found),
        lines,
    )


@dataclass(frozen=True)
class RatesOverSeasons:
    key: str
    label: str
    seasons: tuple[int, ...]
    rates: tuple[Rates | None, ...]


def participation_trend(
    seasons: Sequence[tuple[int, Crossing]], category: str = EVERYBODY, language: str = "fr"
) -> RatesOverSeasons:
    """The rates of one category over seasons, given oldest first."""
    found = [
        next((r for r in participation(crossing, language=language) if r.key == category), None)
        for _season, crossing in seasons
    ]
    label = next((rates.label for rates in reversed(found) if rates), category)
    return RatesOverSeasons(category, label, tuple(s for s, _crossing in seasons), tuple(found))
