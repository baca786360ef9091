"""Which cells of a table are not shown, so that none under the limit can be read or worked out. Pure.

A cell is *small* when its count is from 1 to the limit less one. 0 is shown: nobody is in it. The
totals of a table are taken as known to whoever looks. Hence, for each line with a known total:

- a small cell is hidden (primary suppression);
- what is hidden in a line is never one cell alone, nor small together: one more cell is hidden
  with it, the smallest that is left (secondary suppression);
- no hidden cell is the only way between two groups of lines (Gusfield 1988: in a table with known
  totals, exactly those can be worked out). The line of such a cell is hidden whole.

Several choices are as many tables of two columns, chosen and not chosen.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

Counts = Sequence[Sequence[int]]
Mask = list[list[bool]]


def is_small(count: int, smallest: int) -> bool:
    return 0 < count < smallest


def masked_row(counts: Sequence[int], smallest: int, *, unseen: int = 0) -> list[bool]:
    """What to hide of options that exclude each other, when their total is known.

    ``unseen`` answers stand in none of the options, and in a wider total that is shown too: no
    option leaves a few of that one.
    """
    total = sum(counts) + unseen
    hidden = [is_small(c, smallest) or is_small(total - c, smallest) for c in counts]
    _close(counts, hidden, smallest)
    return hidden


def _close(
    counts: Sequence[int],
    hidden: list[bool],
    smallest: int,
    *,
    beside: Sequence[bool] = (),
) -> bool:
    """Hide more of one line until it is safe; say whether anything was hidden.

    One more cell is, rather than others: one that is not empty, one that has hidden cells in its
    other line too (``beside``), the smallest. So fewer cells are hidden in all.
    """
    grown = False
    while True:
        sums = [count for count, is_hidden in zip(counts, hidden, strict=True) if is_hidden]
        left = [place for place, is_hidden in enumerate(hidden) if not is_hidden]
        if not left or not (len(sums) == 1 or is_small(sum(sums), smallest)):
            return grown
        costs = {
            place: (counts[place] == 0, bool(beside) and not beside[place], counts[place], place)
            for place in left
        }
        hidden[min(left, key=costs.__getitem__)] = grown = True


def masked_several(counts: Sequence[int], total: int, smallest: int) -> list[bool]:
    """What to hide of options that may be chosen together: each stands beside those who did not."""
    return [is_small(c, smallest) or is_small(total - c, smallest) for c in counts]


@dataclass(frozen=True)
class Difference:
    """One row compared with a larger group whose figures are shown too: what the row leaves out."""

    row: int
    counts: tuple[int, ...]  # of the answers of the group that are not in the row, by column


@dataclass
class Table:
    """Two partitions crossed, both totals known.

    ``unseen_row`` and ``unseen_column`` are the answers that stand in no row or in no column, where
    a wider total that counts them is shown: no cell leaves a few of that one.
    """

    counts: Counts
    smallest: int
    unseen_row: Sequence[int] = ()
    unseen_column: Sequence[int] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    differences: Sequence[Difference] = ()
    mask: Mask = field(default_factory=list)  # what is hidden already, for another reason

    def __post_init__(self) -> None:
        self.height = len(self.counts)
        self.width = len(self.counts[0]) if self.counts else 0
        before = self.mask or [[False] * self.width for _row in range(self.height)]
        self.mask = [
            [before[row][c] or self._must_be_hidden(row, c) for c in range(self.width)]
            for row in range(self.height)
        ]

    def _must_be_hidden(self, row: int, column: int) -> bool:
        count, line = self.counts[row][column], sum(self.counts[row])
        down = sum(counts[column] for counts in self.counts)
        left = [
            (unseen[place] + total - count)
            for unseen, place, total in (
                (self.unseen_row, column, down),
                (self.unseen_column, row, line),
            )
            if unseen
        ]
        return (
            row in self.hidden_rows
            or column in self.hidden_columns
            or any(is_small(number, self.smallest) for number in (count, line, *left))
        )

    def masked(self) -> Mask:
        """The mask, grown until nothing can be worked out any more."""
        changed = True
        while changed:
            changed = any([self._rows(), self._columns(), self._differences()])
            if not changed:
                changed = self._bridges()
        return self.mask

    def _rows(self) -> bool:
        return any(
            self._line([(row, c) for c in range(self.width)], by_row=True)
            for row in range(self.height)
        )

    def _columns(self) -> bool:
        return any(
            self._line([(row, c) for row in range(self.height)], by_row=False)
            for c in range(self.width)
        )

    def _line(self, cells: list[tuple[int, int]], *, by_row: bool) -> bool:
        counts = [self.counts[row][column] for row, column in cells]
        hidden = [self.mask[row][column] for row, column in cells]
        if not any(counts):
            return False
        beside = [
            any(line[column] for line in self.mask) if by_row else any(self.mask[row])
            for row, column in cells
        ]
        if not _close(counts, hidden, self.smallest, beside=beside):
            return False
        for (row, column), is_hidden in zip(cells, hidden, strict=True):
            self.mask[row][column] = is_hidden
        return True

    def _differences(self) -> bool:
        return any(self._difference(found) for found in self.differences)

    def _difference(self, found: Difference) -> bool:
        hidden = self.mask[found.row]
        before = sum(hidden)
        if is_small(sum(found.counts), self.smallest):
            hidden[:] = [True] * self.width
        for column, count in enumerate(found.counts):
            hidden[column] |= is_small(count, self.smallest)
        shown = [c for c in range(self.width) if not hidden[c]]
        together = sum(found.counts) - sum(found.counts[c] for c in shown)
        while is_small(together, self.smallest) and shown:
            most = max(shown, key=lambda c: (found.counts[c], -c))
            hidden[most] = True
            shown.remove(most)
            together += found.counts[most]
        return sum(hidden) != before

    def _bridges(self) -> bool:
        """Hide one more cell in the line of a hidden one that can be worked out."""
        unknown = self._unknown()
        for row, column in sorted(unknown):
            if self._another_way(row, column, unknown - {(row, column)}):
                continue
            lines = [(row, c) for c in range(self.width)], [(r, column) for r in range(self.height)]
            for cells in lines:
                left = [(self.counts[r][c], r, c) for r, c in cells if not self.mask[r][c]]
                if left:
                    _count, r, c = min(left, key=lambda cell: (cell[0] == 0, *cell))
                    self.mask[r][c] = True
                    return True
        return False

    def _unknown(self) -> set[tuple[int, int]]:
        """The hidden cells of lines that are not empty: an empty line says that its cells are 0."""
        rows = [any(counts) for counts in self.counts]
        columns = [any(line[c] for line in self.counts) for c in range(self.width)]
        return {
            (row, column)
            for row in range(self.height)
            for column in range(self.width)
            if self.mask[row][column] and rows[row] and columns[column]
        }

    @staticmethod
    def _another_way(row: int, column: int, unknown: set[tuple[int, int]]) -> bool:
        """Whether a hidden cell stands in a ring of hidden cells, so that its value may vary."""
        rows, columns, new_rows = {row}, set[int](), {row}
        while new_rows:
            new_columns = {c for r, c in unknown if r in new_rows} - columns
            columns |= new_columns
            if column in columns:
                return True
            new_rows = {r for r, c in unknown if c in new_columns} - rows
            rows |= new_rows
        return False
