"""The figures that decide what is kept are themselves right, and the same from one run to the next."""

from __future__ import annotations

import pytest

from tests.ablation.figures import Answer, Judged, figures, halves
from tests.ablation.shaking import shaken
from tests.search.judged import queries

GOOD: Judged = {"qid": "1", "query": "a", "class": "exact", "relevant": {"x": 3, "y": 1}}
TYPED: Judged = {"qid": "2", "query": "b", "class": "intent", "relevant": {"x": 3, "y": 2}}
EMPTY: Judged = {"qid": "3", "query": "c", "class": "none", "relevant": {}}


def test_the_best_order_is_worth_one_and_what_answers_nothing_counts_apart() -> None:
    found = figures([(GOOD, Answer(["x", "y"], True)), (EMPTY, Answer(["x"], False))])
    assert (found.ndcg, found.first, found.recall) == (1, 1, 1)
    assert (found.none_ok, found.unsure) == (1, 0)
    assert found.classes == {"exact": 1}


def test_another_order_or_doubt_is_worth_less() -> None:
    found = figures([(TYPED, Answer(["y", "x"], False)), (EMPTY, Answer(["x"], True))])
    assert found.ndcg == pytest.approx(0.83, abs=0.01)
    assert (found.first, found.none_ok, found.unsure) == (0, 0, 1)


def test_halves_share_each_class_and_never_change() -> None:
    first, second = halves(queries(), 1)
    assert abs(len(first) - len(second)) <= 1
    assert sorted(q["qid"] for q in (*first, *second)) == sorted(q["qid"] for q in queries())
    assert (first, second) == halves(queries(), 1)


def test_a_shaken_query_has_one_slip_and_keeps_its_judgement() -> None:
    every = shaken(queries())
    assert every == shaken(queries())
    typed = {query["qid"]: query["query"] for query in queries()}
    for query in every:
        whole = typed[query["qid"].split("/")[0]]
        assert abs(len(query["query"]) - len(whole)) <= 1
        assert query["relevant"]
