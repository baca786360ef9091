"""Where the bars of a question over the seasons stand: for each answer, a bar a season. Pure."""

import textwrap
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from resources.reports.figures.charts import BAR, GAP, LINE, SIGNS, WIDTH, Label
from resources.reports.figures.counting import Cell
from resources.reports.figures.trends import Trend, TrendLine
from resources.reports.figures.words import share_words

SEASON_ROOM: Final = 44  # of the year before a bar
BAR_ROOM: Final = 218  # the rest is for the figures beside it
STEP: Final = 20  # between two seasons


@dataclass(frozen=True)
class SeasonBar:
    season: int
    cell: Cell | None  # None where the answer was not offered
    y: int
    length: float
    text_x: float
    text_y: int
    x: int = SEASON_ROOM


@dataclass(frozen=True)
class Group:
    lines: tuple[Label, ...]
    bars: tuple[SeasonBar, ...]


@dataclass(frozen=True)
class TrendChart:
    height: int
    groups: tuple[Group, ...]
    width: int = WIDTH


def trend_chart(trend: Trend) -> TrendChart:
    """Bars that are as long as the shares of their season, all on one measure."""
    shares = [cell.share or 0 for line in trend.lines for cell in line.cells if cell]
    measure = BAR_ROOM / max([40, *shares])
    groups, y = [], 0
    for line in trend.lines:
        group, y = _group(trend, line, y, measure)
        groups.append(group)
    return TrendChart(max(y, 1), tuple(groups))


def _group(trend: Trend, line: TrendLine, y: int, measure: float) -> tuple[Group, int]:
    words = textwrap.wrap(line.label, SIGNS)[:3] or [""]
    labels = tuple(Label(text, y + LINE * (place + 1) - 4) for place, text in enumerate(words))
    y += LINE * len(words) + 2
    bars = []
    for season, cell in zip(trend.seasons, line.cells, strict=True):
        length = round(measure * ((cell.share if cell else 0) or 0), 1)
        bars.append(SeasonBar(season, cell, y, length, SEASON_ROOM + length + 6, y + BAR - 2))
        y += STEP
    return Group(labels, tuple(bars)), y + GAP - (STEP - BAR)


def trend_words(trend: Trend) -> str:
    """« SCIC : 2024 30 %, 2025 40 %. SCP : … », what is hidden said as such."""
    return " ".join(_line_words(trend, line) for line in trend.lines)


def _line_words(trend: Trend, line: TrendLine) -> str:
    said = ", ".join(
        f"{season} {_cell_words(cell)}"
        for season, cell in zip(trend.seasons, line.cells, strict=True)
    )
    return _("%(label)s: %(seasons)s.") % {"label": line.label, "seasons": said}


def _cell_words(cell: Cell | None) -> str:
    if cell is None:
        return _("not offered")
    return _("hidden") if cell.is_hidden else share_words(cell.share)
