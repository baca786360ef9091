"""A draft begins with what is known of the co-op, each time said, and never taken for an answer."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from resources.reports.models import Answer
from tests import campaigns
from tests.answering import Device

pytestmark = pytest.mark.usefixtures("site")
LAST_YEAR = {
    "mode_ag": {"chosen": ["hybride"]},
    "jour": {"chosen": ["samedi"]},
    "creneau": {"chosen": ["matin"]},
    "heure_debut": "09:30",
    "duree": 150,
    "lieu": {"chosen": ["autre"], "other": "Au théâtre"},
    "accessible_pmr": True,
    "canaux": {"chosen": ["mail", "gone"]},
    "participation": {"salaries": {"convoques": 12, "presents": 9, "votants_distance": 1}},
    "ce_qui_a_marche": "Le pot.",
}


@pytest.fixture
def returning():
    coop = campaigns.coop(size="de_100_499")
    now = timezone.now()
    dates = {"opens_at": now - timedelta(days=400), "closes_at": now - timedelta(days=370)}
    past = campaigns.campaign(slug="retours-ag-2025", season=2025, **dates)
    state = {"state": Answer.State.RECEIVED, "sent_at": now - timedelta(days=380)}
    campaigns.answer(campaigns.participant(past, coop), LAST_YEAR, **state)
    return Device(campaigns.participant(campaigns.campaign(), coop))


def test_a_returning_coop_finds_more_than_eight_answers_filled_in_each_marked(returning):
    returning.begin()
    answer = returning.answer
    assert len(answer.prefilled) >= 8
    assert answer.values["taille"] == {"chosen": ["de_100_499"]}
    assert answer.values["region"] == {"chosen": ["bretagne"]}
    assert answer.values["lieu"] == {"chosen": ["autre"], "other": "Au théâtre"}
    assert answer.values["canaux"] == {"chosen": ["mail"]}  # the other one is no option any more
    assert answer.values["participation_precedente"]["salaries"]["presents"] == 9
    assert "ce_qui_a_marche" not in answer.values
    marks = [
        mark.get_text(strip=True) for mark in returning.section("coop").select(".question__mark")
    ]
    assert len(marks) == 5
    assert all("fiche" in mark for mark in marks)
    assert "l’an dernier" in returning.section("horaire").select_one(".question__mark").get_text()


def test_the_marks_leave_with_the_page_that_was_gone_past(returning):
    returning.begin()
    returning.fill("coop")
    assert not returning.section("coop").select(".question__mark")
    assert returning.section("horaire").select(".question__mark")


def test_saving_one_field_confirms_that_one_only(returning):
    returning.begin()
    fields = returning.fields("coop")
    returning.by_script("coop", {"q-nom_coop": "Les Toits Verts"}, fields)
    assert len(returning.section("coop").select(".question__mark")) == 4


def test_opening_the_door_begins_nothing(returning):
    returning.get()
    assert not Answer.objects.filter(participant=returning.participant).exists()


def test_saving_a_section_takes_eight_queries_at_most(returning):
    returning.begin()
    for key in ("coop", "recit", "pratiques", "participation"):
        fields = returning.fields(key)
        with CaptureQueriesContext(connection) as queries:
            assert returning.by_script(key, {}, fields).status_code == 200
        asked = [query["sql"] for query in queries if "SAVEPOINT" not in query["sql"]]
        assert len(asked) <= 8, asked
        with CaptureQueriesContext(connection) as queries:
            returning.fill(key, fields=fields)
        asked = [query["sql"] for query in queries if "SAVEPOINT" not in query["sql"]]
        assert len(asked) <= 8, asked
