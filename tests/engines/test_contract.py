"""One contract, three real engines: the same pages, the same counts, the same order."""

import pytest

from tests.engines.cluster import ENGINES
from tests.engines.recording import COMMON, Recording, recorded_on, texts

OTHERS = ENGINES[1:]


@pytest.fixture(scope="module")
def recordings(stand) -> dict[str, Recording]:
    made = {}
    for name in ENGINES:
        with stand(name):
            made[name] = recorded_on(name)
    return made


@pytest.fixture(params=OTHERS)
def pair(request, recordings) -> tuple[Recording, Recording]:
    """The embedded engine, and each of the others."""
    return recordings["sqlite"], recordings[request.param]


def test_there_is_something_to_compare(recordings):
    totals = recordings["sqlite"].totals
    assert totals[""] > 600
    assert totals["xqzvpt"] == 0
    assert sum(total > 200 for total in totals.values()) > 3


@pytest.mark.parametrize("name", ENGINES)
def test_the_total_is_the_number_of_pages_in_the_whole_list(recordings, name):
    made = recordings[name]
    wrong = {
        t: (made.totals[t], len(made.ids[t])) for t in texts() if made.totals[t] != len(made.ids[t])
    }
    assert wrong == {}


@pytest.mark.parametrize("name", ENGINES)
def test_each_count_is_the_length_of_the_list_that_the_value_would_give(recordings, name):
    clicked = recordings[name].clicked
    assert len(clicked) == 200
    assert sum(count for count, _total in clicked) > 1_000
    assert [pair for pair in clicked if pair[0] != pair[1]] == []


@pytest.mark.parametrize("name", ENGINES)
def test_what_a_dropped_filter_would_give_is_what_it_gives(recordings, name):
    without = recordings[name].without
    assert sum(count for count, _total in without) > 1_000
    assert [pair for pair in without if pair[0] != pair[1]] == []


def test_the_same_pages_are_found(pair):
    one, other = pair
    assert {t for t in texts() if one.ids[t] != other.ids[t]} == set()


def test_the_same_counts_for_two_hundred_filter_sets(pair):
    one, other = pair
    assert one.counts == other.counts
    assert one.without == other.without


def test_the_same_candidates_in_the_same_order(pair):
    one, other = pair
    assert {t for t in COMMON if one.proposed[t] != other.proposed[t]} == set()


def test_the_same_first_ten_in_the_same_order_or_with_equal_scores(pair):
    one, other = pair
    different = [
        t
        for t in texts()
        if one.first[t] != other.first[t]
        and [score for _id, score in one.first[t]] != [score for _id, score in other.first[t]]
    ]
    assert different == []


def test_the_same_order_by_date_and_by_title(pair):
    one, other = pair
    assert one.sorted == other.sorted


def test_the_same_suggestions(pair):
    one, other = pair
    assert one.suggested == other.suggested
    assert any(one.suggested.values())
