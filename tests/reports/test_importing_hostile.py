"""A file of answers comes in once, or is refused in a sentence: whatever stands in it."""

import copy
import io
import json
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command

from resources.reports.exports.sending import write
from resources.reports.exports.table import Table
from resources.reports.models import Answer
from tests import campaigns
from tests.reports import moderated

pytestmark = pytest.mark.usefixtures("site")


@pytest.fixture
def exported():
    """An export with one answer, which is not here any more."""
    answer = moderated.received()
    content = io.BytesIO()
    write(Table(answer.campaign), "json", content)
    answer.delete()
    return json.loads(content.getvalue())


def brought_in(tmp_path, data):
    path = tmp_path / "answers.json"
    path.write_text(data if isinstance(data, str) else json.dumps(data))
    call_command("import_answers", path, "retours-ag-2026")


def test_twice_the_same_file_is_once_the_same_answers(tmp_path, exported):
    for _again in range(2):
        brought_in(tmp_path, exported)
    assert str(Answer.objects.get().key) == exported["answers"][0]["_key"]


def test_nothing_answered_is_not_kept(tmp_path, exported):
    exported["answers"][0]["values"] |= {"statut": [], "participation": {}}
    brought_in(tmp_path, exported)
    answer = Answer.objects.get()
    assert not {"statut", "participation"} & answer.values.keys()


@pytest.mark.parametrize(
    "change",
    [
        {"_key": "../.."},
        {"_key": ""},
        {"_sent_at": "2026-13-45T00:00:00Z"},
        {"_sent_at": "9999-12-31T23:59:59-12:00"},
        {"_sent_at": "2026-01-01T00:00:00"},
        {"_sent_at": "x"},
        {"_language": "zz" * 40},
    ],
)
def test_what_is_said_of_an_answer_is_checked_too(tmp_path, exported, change):
    exported["answers"][0] |= change
    with pytest.raises(CommandError, match="Nothing was written"):
        brought_in(tmp_path, exported)
    assert not Answer.objects.exists()


def test_an_answer_stands_once_in_a_file(tmp_path, exported):
    exported["answers"] *= 2
    with pytest.raises(CommandError, match="Nothing was written"):
        brought_in(tmp_path, exported)


def test_a_name_is_kept_without_signs_that_cannot_be_written(tmp_path, exported):
    exported["answers"][0] |= {"_coop": "Les\0 Voisins\ud800", "_key": str(uuid4())}
    brought_in(tmp_path, exported)
    assert Answer.objects.get().coop_name == "Les Voisins"


@pytest.mark.parametrize(
    "answers", ["abc", None, [1, 2], [{}], [{"values": 5}], [{"values": [["a", 1]]}]]
)
def test_what_is_no_list_of_answers_is_refused(tmp_path, exported, answers):
    with pytest.raises(CommandError, match="cannot be read"):
        brought_in(tmp_path, copy.copy(exported) | {"answers": answers})


def test_no_depth_is_too_much(tmp_path, exported):
    with pytest.raises(CommandError, match="cannot be read"):
        brought_in(tmp_path, "[" * 100_000)


def test_a_campaign_is_needed(tmp_path):
    campaigns.campaign(slug="autre")
    with pytest.raises(CommandError, match="no campaign"):
        brought_in(tmp_path, "{}")
