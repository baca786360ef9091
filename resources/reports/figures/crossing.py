"""What is hidden when the closed questions of a campaign are counted, filtered and crossed. Pure.

The dashboard shows three kinds of tables, which meet in their totals: one question over all
answers, one question over the answers that a filter keeps, two questions crossed. A filter is a
row of a crossed table, so that both are hidden alike.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from resources.reports.figures.masking import (
    Difference,
    Mask,
    Table,
    is_small,
    masked_row,
    masked_several,
)
from resources.reports.figures.records import Records
from resources.reports.figures.variables import Variable


@dataclass(frozen=True)
class Filter:
    """The answers that chose one option of a closed question."""

    key: str
    option: str


class Crossing:
    """The masks of one set of records, worked out when asked for and kept."""

    def __init__(self, records: Records) -> None:
        self.records = records
        self.smallest = records.smallest
        self.everyone = (1 << len(records)) - 1
        self._options: dict[str, list[bool]] = {}
        self._crossed: dict[tuple[str, str], Mask] = {}

    def hidden_options(self, variable: Variable) -> list[bool]:
        """The options of a question that are hidden over all answers."""
        if variable.key not in self._options:
            self._options[variable.key] = self._hidden_options(variable)
        return self._options[variable.key]

    def _hidden_options(self, variable: Variable) -> list[bool]:
        counts = variable.counts(self.everyone)
        answered = variable.answered.bit_count()
        if is_small(answered, self.smallest):
            return [True] * len(counts)
        is_filter = variable.key in self.records.filters
        if variable.several:
            total = len(self.records) if is_filter else answered
            hidden = masked_several(counts, answered, self.smallest)
            wider = masked_several(counts, total, self.smallest)
            return [a or b for a, b in zip(hidden, wider, strict=True)]
        unseen = len(self.records) - answered if is_filter else 0
        return masked_row(counts, self.smallest, unseen=unseen)

    @cached_property
    def offered(self) -> dict[Filter, int]:
        """The filters that may be asked for, each with the set of its answers.

        Refused: an option that is hidden, or that nobody chose; one that keeps the same answers as
        another filter or all but a few of it, or leaves as many: their difference would tell.
        """
        found = {
            Filter(variable.key, option.key): variable.sets[option.key]
            for variable in self.records.filters.values()
            for option, is_hidden in zip(
                variable.options, self.hidden_options(variable), strict=True
            )
            if not is_hidden and variable.sets[option.key]
        }
        return {
            one: members
            for one, members in found.items()
            if not any(
                members & ~other == 0 and (other & ~members).bit_count() < self.smallest
                for other in self._wider(one, found)
            )
        }

    def _wider(self, one: Filter, among: dict[Filter, int]) -> Iterator[int]:
        """The sets of the other filters, and what each leaves of all answers."""
        variable = self.records.variables[one.key]
        for other, members in among.items():
            if other == one or (other.key == one.key and not variable.several):
                continue  # the options of one choice are lines of one table, protected as such
            yield members
            yield self.everyone & ~members

    def leaves(self, one: Filter) -> list[int]:
        """What a filter leaves out of all answers and of each wider filter: never to be a few."""
        members = self.offered[one]
        wider = [other for other in self._wider(one, self.offered) if members & ~other == 0]
        return [self.everyone & ~members, *(other & ~members for other in wider)]

    def hides_some(self, one: Filter, answered: int) -> bool:
        """Whether a figure over those of a filter who answered would tell of a few of the others."""
        members = self.offered[one]
        if (members & answered).bit_count() < self.smallest:
            return True
        return any(
            is_small((left & answered).bit_count(), self.smallest) for left in self.leaves(one)
        )

    def crossed(self, rows: Variable, columns: Variable) -> Mask:
        """What is hidden of two questions crossed, by the options of the one and of the other."""
        places = {key: place for place, key in enumerate(self.records.variables)}
        if places[rows.key] > places[columns.key]:
            return _turned(self.crossed(columns, rows))
        pair = (rows.key, columns.key)
        if pair not in self._crossed:
            self._crossed[pair] = self._mask(rows, columns)
        return self._crossed[pair]

    def _mask(self, rows: Variable, columns: Variable) -> Mask:
        mask = [[False] * len(columns.options) for _option in rows.options]
        for row_places in _partitions(rows):
            for column_places in _partitions(columns):
                part = self._part(rows, row_places, columns, column_places)
                for row, hidden in zip(row_places, part, strict=False):
                    for column, is_hidden in zip(column_places, hidden, strict=False):
                        mask[row][column] |= is_hidden
        return mask

    def _part(
        self, rows: Variable, row_places: list[int], columns: Variable, column_places: list[int]
    ) -> Mask:
        """Mask one table of two partitions: over rows, then over columns, until neither grows."""
        mask: Mask = []
        while True:
            before = mask
            mask = self._table(rows, row_places, columns, column_places, before).masked()
            turned = _turned(mask)
            turned = self._table(columns, column_places, rows, row_places, turned).masked()
            mask = _turned(turned)
            if mask == before:
                return mask

    def _table(
        self,
        rows: Variable,
        row_places: list[int],
        columns: Variable,
        column_places: list[int],
        mask: Mask,
    ) -> Table:
        within = rows.answered & columns.answered
        row_sets = _sets(rows, row_places)
        column_sets = _sets(columns, column_places)
        left_rows = columns.answered & ~rows.answered if rows.key in self.records.filters else 0
        left_columns = rows.answered & ~columns.answered
        if columns.key not in self.records.filters:
            left_columns = 0
        return Table(
            [[(r & c & within).bit_count() for c in column_sets] for r in row_sets],
            self.smallest,
            unseen_row=[(c & left_rows).bit_count() for c in column_sets],
            unseen_column=[(r & left_columns).bit_count() for r in row_sets],
            hidden_rows=self._hidden(rows, row_places),
            hidden_columns=self._hidden(columns, column_places),
            differences=list(self._differences(rows, row_places, column_sets)),
            mask=mask,
        )

    def _hidden(self, variable: Variable, places: list[int]) -> frozenset[int]:
        hidden = self.hidden_options(variable)
        refused = {
            place
            for place in places
            if hidden[place]
            or (
                variable.key in self.records.filters
                and variable.sets[variable.options[place].key]
                and Filter(variable.key, variable.options[place].key) not in self.offered
            )
        }
        if variable.several:
            return frozenset({0, 1} if refused else ())
        return frozenset(place for place, option in enumerate(places) if option in refused)

    def _differences(
        self, rows: Variable, row_places: list[int], column_sets: list[int]
    ) -> Iterator[Difference]:
        for place, option in enumerate(row_places):
            one = Filter(rows.key, rows.options[option].key)
            if one not in self.offered:
                continue
            for left in self.leaves(one)[1:]:
                yield Difference(place, tuple((c & left).bit_count() for c in column_sets))


def _partitions(variable: Variable) -> list[list[int]]:
    """The options that exclude each other: all of one choice, each by itself of several."""
    places = list(range(len(variable.options)))
    return [[place] for place in places] if variable.several else [places]


def _sets(variable: Variable, places: list[int]) -> list[int]:
    """The sets of a partition; of several choices, those who chose it and those who did not."""
    sets = [variable.sets[variable.options[place].key] for place in places]
    return [*sets, variable.answered & ~sets[0]] if variable.several else sets


def _turned(mask: Mask) -> Mask:
    return [list(line) for line in zip(*mask, strict=True)]
