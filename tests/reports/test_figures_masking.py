"""No figure of fewer than five answers is shown, nor can be worked out from those that are."""

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from resources.reports.figures.counting import distribution
from resources.reports.figures.crossing import Crossing
from resources.reports.figures.masking import Table, is_small, masked_row, masked_several
from tests.campaigns import default_questionnaire
from tests.reports import attacks
from tests.reports.invented_answers import records

SMALLEST = 5
COUNTS = st.integers(0, 14)
SEVERAL_CASES = settings(max_examples=300, deadline=None)


@st.composite
def tables(draw: st.DrawFn) -> list[list[int]]:
    width = draw(st.integers(2, 6))
    rows = st.lists(COUNTS, min_size=width, max_size=width)
    return draw(st.lists(rows, min_size=2, max_size=6))


@given(st.lists(COUNTS, min_size=1, max_size=8))
@SEVERAL_CASES
def test_in_one_row_what_is_hidden_is_never_alone_nor_small_together(counts):
    hidden = masked_row(counts, SMALLEST)
    together = [count for count, is_hidden in zip(counts, hidden, strict=True) if is_hidden]
    shown = [count for count, is_hidden in zip(counts, hidden, strict=True) if not is_hidden]
    assert not any(is_small(count, SMALLEST) for count in shown)
    assert not any(is_small(sum(counts) - count, SMALLEST) for count in shown)
    if shown:
        assert len(together) != 1
        assert not is_small(sum(together), SMALLEST)


@given(st.lists(COUNTS, min_size=1, max_size=8), st.integers(0, 10))
@SEVERAL_CASES
def test_of_several_choices_those_who_did_not_choose_are_protected_too(counts, more):
    total = max(counts) + more
    hidden = masked_several(counts, total, SMALLEST)
    for count, is_hidden in zip(counts, hidden, strict=True):
        if not is_hidden:
            assert not is_small(count, SMALLEST)
            assert not is_small(total - count, SMALLEST)


@given(tables())
@SEVERAL_CASES
def test_no_hidden_cell_can_be_worked_out_from_the_totals(numbers):
    lines = [*numbers, *(list(column) for column in zip(*numbers, strict=True))]
    assume(not any(is_small(sum(line), SMALLEST) for line in lines))
    mask = Table(numbers, SMALLEST).masked()
    for row, line in enumerate(numbers):
        for column, count in enumerate(line):
            assert mask[row][column] or not is_small(count, SMALLEST)
    masks = [*mask, *(list(column) for column in zip(*mask, strict=True))]
    for line, hidden in zip(lines, masks, strict=True):
        assert not is_small(
            sum(count for count, is_hidden in zip(line, hidden, strict=True) if is_hidden), SMALLEST
        )
    assert not [cell for cell in attacks.worked_out(numbers, mask) if numbers[cell[0]][cell[1]]]


def test_a_ring_is_asked_for_where_two_hidden_cells_a_line_are_not_enough():
    # Two rings that one cell joins: each line hides two cells, and that cell is still determined.
    numbers = [[2, 9, 50, 50], [9, 3, 7, 50], [50, 50, 9, 2], [50, 50, 3, 9]]
    start = [
        [True, True, False, False],
        [True, True, True, False],
        [False, False, True, True],
        [False, False, True, True],
    ]
    assert attacks.worked_out(numbers, start) == [(1, 2)]
    mask = Table(numbers, SMALLEST, mask=start).masked()
    assert attacks.worked_out(numbers, mask) == []


def views(crossing: Crossing) -> list[attacks.View]:
    """The dashboard of every filter, the one without a filter first."""
    keys = crossing.records.variables
    everyone = {key: distribution(crossing, key) for key in keys}
    found = [attacks.View("all", crossing.everyone, everyone)]
    for one, members in crossing.offered.items():
        shown = {key: distribution(crossing, key, one) for key in keys}
        found.append(attacks.View(f"{one.key}={one.option}", members, shown))
    return found


@pytest.mark.parametrize(("number", "seed"), [(40, 1), (90, 2), (160, 3)])
def test_no_pair_of_filters_tells_of_fewer_than_five(number, seed):
    crossing = Crossing(records(default_questionnaire(), number, seed))
    pages = views(crossing)
    assert len(pages) > 10
    assert attacks.told(pages, SMALLEST) == []


def test_the_same_attack_without_masks_finds_a_great_many():
    crossing = Crossing(records(default_questionnaire(), 90, 2, smallest=1))
    assert len(attacks.told(views(crossing), SMALLEST)) > 1_000


@pytest.mark.parametrize(("number", "seed"), [(40, 4), (160, 5)])
def test_no_crossed_table_of_the_questionnaire_can_be_worked_out(number, seed):
    crossing = Crossing(records(default_questionnaire(), number, seed))
    one_choice = [v for v in crossing.records.variables.values() if not v.several][:16]
    shown = 0
    for first in one_choice:
        for second in one_choice:
            if first.key >= second.key:
                continue
            mask = crossing.crossed(first, second)
            within = [first.sets[option.key] & second.answered for option in first.options]
            numbers = [second.counts(members) for members in within]
            known = attacks.worked_out(numbers, mask)
            assert not [c for c in known if is_small(numbers[c[0]][c[1]], SMALLEST)]
            shown += sum(not hidden for line in mask for hidden in line)
            assert crossing.crossed(second, first) == [list(x) for x in zip(*mask, strict=True)]
    assert shown > 100
