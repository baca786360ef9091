"""Where the marks of a chart stand: bars of counts, middles on a line from 0 to 100. Pure.

Charts are drawn by the server, as SVG with attributes only. They are 360 units wide, so that
their words stay readable on a phone, and every one has a table and a sentence that say the same.
"""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from resources.reports.figures.counting import Distribution
from resources.reports.figures.numbers import Spread

WIDTH: Final = 360
SIGNS: Final = 46  # of a label on one line
LINE: Final = 18  # between two lines of a label
BAR: Final = 14
GAP: Final = 14
BAR_ROOM: Final = 262  # the rest is for the figures beside the bar
LEFT, RIGHT = 12, 348  # of the line from 0 to 100


@dataclass(frozen=True)
class Label:
    text: str
    y: int


@dataclass(frozen=True)
class Bar:
    lines: tuple[Label, ...]
    y: int
    length: float
    text_x: float
    text_y: int
    count: int | None
    share: int | None


@dataclass(frozen=True)
class Bars:
    height: int
    bars: tuple[Bar, ...]
    width: int = WIDTH


def bars(distribution: Distribution) -> Bars:
    """A bar for each option; a hidden one has no length and says that it is hidden.

    The longest is as long as there is room for when every share is small.
    """
    most = max((cell.share or 0 for cell in distribution.cells), default=0) or 1
    placed, y = [], 0
    for cell in distribution.cells:
        lines, y = _label(cell.label, y)
        length = round(BAR_ROOM * (cell.share or 0) / max(most, 40), 1)
        placed.append(Bar(lines, y, length, length + 6, y + BAR - 2, cell.count, cell.share))
        y += BAR + GAP
    return Bars(max(y, 1), tuple(placed))


def _label(text: str, y: int) -> tuple[tuple[Label, ...], int]:
    """The lines of a label below ``y``, and where the mark below it begins."""
    lines = textwrap.wrap(text, SIGNS)[:3] or [""]
    placed = tuple(Label(line, y + LINE * (place + 1) - 4) for place, line in enumerate(lines))
    return placed, y + LINE * len(lines) + 2


@dataclass(frozen=True)
class Middle:
    """A median as a dot, its middle half as a line; ``dot`` is None where they are hidden."""

    lines: tuple[Label, ...]
    y: int
    dot: float | None
    start: float
    end: float
    spread: Spread


@dataclass(frozen=True)
class Middles:
    height: int
    axis_y: int
    ticks: tuple[tuple[float, int], ...]  # where, and the percent it stands for
    rows: tuple[Middle, ...]
    width: int = WIDTH


def middles(rows: Sequence[tuple[str, Spread]]) -> Middles:
    """Spreads in percent, one under the other, on the same line from 0 to 100."""
    placed, y = [], 0
    for label, spread in rows:
        lines, y = _label(label, y)
        dot = None if spread.median is None else _across(spread.median)
        start, end = _across(spread.low or 0), _across(spread.high or 0)
        placed.append(Middle(lines, y + 8, dot, start, end, spread))
        y += 16 + GAP
    ticks = tuple((_across(percent), percent) for percent in (0, 25, 50, 75, 100))
    return Middles(y + 24, y, ticks, tuple(placed))


def _across(percent: float) -> float:
    return round(LEFT + (RIGHT - LEFT) * min(max(percent, 0), 100) / 100, 1)
