"""The columns of an export: always the same, and each cell where its header says."""

import pytest

from resources.reports.exports.columns import Columns
from resources.reports.questionnaire import visibility
from tests.answered import answered
from tests.campaigns import default_questionnaire
from tests.every_question import every_question

SHAPES = {"default": default_questionnaire(), "every type": every_question()}


def whole(shape):
    return {q.key: answered(q) for q in shape if q.is_answered and not q.is_upload}


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
def test_each_column_has_a_name_of_its_own(shape):
    names = [column.name for column in Columns(shape).all]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
def test_columns_follow_the_questions(shape):
    keys = [column.question.key for column in Columns(shape).all]
    asked = [question.key for question in shape if question.is_answered]
    assert list(dict.fromkeys(keys)) == asked


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
def test_there_is_a_cell_a_column_whatever_was_answered(shape):
    columns = Columns(shape)
    values = whole(shape)
    for told in ({}, values, dict(list(values.items())[::2])):
        assert len(columns.cells(told)) == len(columns.all)


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
def test_cells_say_the_answers_again(shape):
    columns, values = Columns(shape), whole(shape)
    names = [column.name for column in columns.all]
    assert columns.answers(zip(names, columns.cells(values), strict=True)) == values


def test_parts_of_answers_stand_below_names_that_people_understand():
    columns = Columns(default_questionnaire())
    values = {
        "canaux": {"chosen": ["courrier", "autre"], "other": "Crieur public"},
        "participation": {"salaries": {"presents": 12}},
        "pratiques": {"P05": {"tried": True, "useful": 4}},
    }
    cells = dict(zip([c.name for c in columns.all], columns.cells(values), strict=True))
    assert cells["canaux.courrier"] == 1
    assert cells["canaux.sms"] == 0
    assert cells["canaux.autre.text"] == "Crieur public"
    assert cells["participation.salaries.presents"] == 12
    assert cells["participation.salaries.convoques"] is None
    assert (cells["pratiques.P05.useful"], cells["pratiques.P06.tried"]) == (4, 0)
    assert cells["modes_vote.main_levee"] is None


def test_hidden_answers_are_no_answers():
    shape = default_questionnaire()
    values = {"horaire_change": False, "horaire_raison": "Un texte gardé de côté"}
    columns = Columns(shape)
    told = visibility.answers(shape, values)
    assert "Un texte gardé de côté" not in columns.cells(told)
