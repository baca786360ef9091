"""Counts, both rates, medians, seasons: worked out by hand on a few answers."""

from typing import Any

import pytest

from resources.reports.figures.counting import distribution
from resources.reports.figures.crossing import Crossing
from resources.reports.figures.numbers import spread
from resources.reports.figures.participation import (
    EVERYBODY,
    attendance_of,
    expression_of,
    participation,
    together,
)
from resources.reports.figures.records import Record, Records, pooled
from resources.reports.figures.texts import texts
from resources.reports.figures.trends import trend
from resources.reports.questionnaire.schema import (
    CHOICE,
    LONG_TEXT,
    Option,
    Question,
    Questionnaire,
    Section,
    Words,
)
from tests.campaigns import default_questionnaire


def asked(*options: tuple[str, str]) -> Questionnaire:
    question = Question(
        "lieu",
        CHOICE,
        Words("Où ?", "Where?"),
        options=tuple(Option(key, Words(label)) for key, label in options),
    )
    story = Question("recit", LONG_TEXT, Words("Récit"))
    return Questionnaire((Section("s", Words("S"), questions=(question, story)),))


def crossing(shape: Questionnaire, *answers: dict[str, Any], season: int = 2026) -> Crossing:
    rows = tuple(Record(n, season, values) for n, values in enumerate(answers))
    return Crossing(Records(shape, rows))


def chose(key: str, times: int) -> list[dict[str, Any]]:
    return [{"lieu": {"chosen": [key]}} for _each in range(times)]


def test_a_zero_is_shown_and_few_are_not():
    shape = asked(("a", "A"), ("b", "B"), ("c", "C"), ("d", "D"))
    figure = distribution(crossing(shape, *chose("a", 12), *chose("b", 3), *chose("c", 6)), "lieu")
    assert figure.n == 21
    assert {cell.key: cell.count for cell in figure.cells} == {
        "a": 12, "b": None, "c": None, "d": 0,
    }  # fmt: skip
    assert next(cell.share for cell in figure.cells if cell.key == "a") == 57


def test_the_two_rates_are_two_figures():
    row = {"convoques": 200, "presents": 50, "representes": 30, "votants_distance": 20}
    assert attendance_of(row) == 25
    assert expression_of(row) == 50
    assert expression_of({"convoques": 200, "presents": 50}) == 25
    for useless in ({}, {"convoques": 0, "presents": 0}, {"convoques": 10}, {"presents": 4}):
        assert attendance_of(useless) is None
        assert expression_of(useless) is None


def test_a_category_without_its_numbers_is_left_out_of_all_together():
    table = {
        "salaries": {"convoques": 10, "presents": 5},
        "locataires": {"convoques": 100},
        "autres": {"convoques": 10, "presents": 1, "representes": 4},
    }
    assert attendance_of(together(table)) == 30
    assert expression_of(together(table)) == 50
    assert together({}) == {}


def test_rates_are_medians_of_co_ops_with_their_n():
    answers = [
        {"participation": {"salaries": {"convoques": 100, "presents": percent}}}
        for percent in (10, 20, 30, 40, 90)
    ]
    rates = {one.key: one for one in participation(crossing(default_questionnaire(), *answers))}
    assert rates["salaries"].attendance == spread([10, 20, 30, 40, 90], 5)
    assert rates["salaries"].attendance.median == 30
    assert (rates["salaries"].attendance.low, rates["salaries"].attendance.high) == (20, 40)
    assert rates["locataires"].is_empty
    assert rates[EVERYBODY].attendance.n == 5
    fewer = participation(crossing(default_questionnaire(), *answers[:4]))
    assert fewer[0].attendance.n is None
    assert fewer[0].attendance.is_hidden


def test_a_renamed_option_joins_and_a_removed_one_keeps_its_line():
    old = crossing(
        asked(("siege", "Au siège"), ("salle", "Salle des fêtes")),
        *chose("siege", 8), *chose("salle", 7), season=2025,
    )  # fmt: skip
    new = crossing(
        asked(("siege", "Dans nos murs"), ("musee", "Musée")),
        *chose("siege", 9), *chose("musee", 3), season=2026,
    )  # fmt: skip
    found = trend([(2025, old), (2026, new)], "lieu")
    lines = {line.key: line for line in found.lines}
    assert lines["siege"].label == "Dans nos murs"
    assert [cell.count for cell in lines["siege"].cells] == [8, None]  # 9 would tell of the 3
    assert lines["salle"].label == "Salle des fêtes"
    assert (lines["salle"].cells[0].count, lines["salle"].cells[1]) == (7, None)
    assert lines["musee"].cells[0] is None
    assert lines["musee"].cells[1].is_hidden
    assert found.n == (15, 12)
    with pytest.raises(KeyError):
        trend([(2025, old)], "autre_chose")


def test_seasons_pool_by_keys_even_those_of_removed_options():
    old = crossing(
        asked(("siege", "Au siège"), ("salle", "Salle")), *chose("salle", 7), season=2025
    )
    new = crossing(asked(("siege", "Dans nos murs")), *chose("siege", 9))
    one = pooled([old.records, new.records])
    assert one.seasons == (2025, 2026)
    figure = distribution(Crossing(one), "lieu")
    assert {cell.key: cell.count for cell in figure.cells} == {"siege": 9, "salle": 7}
    with pytest.raises(ValueError, match="no season"):
        pooled([])


def test_words_keep_whose_they_are():
    told = crossing(asked(("a", "A")), {"recit": "Un pot"}, {"recit": ""}, {})
    assert [(said.answer, said.text) for said in texts(told.records, "recit")] == [(0, "Un pot")]
    with pytest.raises(KeyError):
        texts(told.records, "lieu")
