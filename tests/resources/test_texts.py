"""Small pure pieces: names compared as readers do, ids read from streams, inert cells."""

from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.core.spreadsheets import inert
from hub.core.text import folded
from resources.chosen import chosen_ids, raw_values


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Les Coop'HLM", "Les Coop’HLM"),
        ("Les Coop'HLM", " les  COOP’hlm\u00a0"),
        ("Chargés", "charges"),
        ("Cœur", "COEUR"),
        ("é", "e\u0301"),
        ("ﬁnance", "finance"),
        ("L‘AG", "L'AG"),
    ],
)
def test_these_names_are_one(left, right):
    assert folded(left) == folded(right)


@pytest.mark.parametrize(("left", "right"), [("Logis 1", "Logis 2"), ("Le Col", "Le Cold")])
def test_these_names_are_two(left, right):
    assert folded(left) != folded(right)


@given(st.text())
def test_folding_twice_changes_nothing_more(text):
    once = folded(text)
    assert folded(once) == once


def stream(*blocks):
    return SimpleNamespace(raw_data=list(blocks))


def test_ids_are_read_at_any_depth_in_order_each_once():
    steps = [
        {"type": "item", "value": {"practices": [{"type": "item", "value": 7}], "page": 3}},
        {"type": "item", "value": {"practices": [7, 9], "page": None}},
    ]
    value = stream({"type": "phase", "value": {"steps": steps, "title": "Avant"}})
    assert chosen_ids(value, "practices", "page") == [7, 3, 9]
    assert chosen_ids(value, "practices") == [7, 9]
    assert raw_values(value)[0]["title"] == "Avant"


@pytest.mark.parametrize("text", ["=1+1", "+33", "-2", "@x", "\t=1", " =1", "\r\n=1", "\n=1"])
def test_a_cell_is_never_computed(text):
    assert inert(text) == f"'{text}"


@pytest.mark.parametrize("value", ["Le Logis", "", "a=b", 12, -3, None])
def test_other_cells_are_left_as_they_are(value):
    assert inert(value) == value
