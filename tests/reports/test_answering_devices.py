"""Two devices fill in one answer: nobody overwrites anybody, and no word is lost."""

import json

import pytest

from resources.reports.models import Answer
from tests import campaigns
from tests.answering import Device, soup

pytestmark = pytest.mark.usefixtures("site")
STORY = "q-ce_qui_a_marche"


@pytest.fixture
def participant():
    return campaigns.participant(campaigns.campaign())


@pytest.fixture
def devices(participant):
    return Device(participant).begin(), Device(participant)


def test_colleagues_open_the_same_draft(participant, devices):
    first, second = devices
    second.begin()
    assert Answer.objects.count() == 1
    first.fill("recit", {STORY: "Le pot."})
    assert "Le pot." in second.section("recit").select_one(f"#{STORY}").get_text()


def test_different_fields_of_a_section_do_not_meet(devices):
    first, second = devices
    old = second.fields("recit")
    first.fill("recit", {STORY: "Le pot."})
    response = second.fill("recit", {"q-conseil_a_un_pair": "Commencez tôt."}, fields=old)
    assert response.status_code == 302
    values = first.answer.values
    assert (values["ce_qui_a_marche"], values["conseil_a_un_pair"]) == ("Le pot.", "Commencez tôt.")


def test_two_cells_of_a_table_do_not_meet(devices):
    first, second = devices
    old = second.fields("participation")
    first.fill("participation", {"q-participation-salaries-convoques": "12"})
    second.fill("participation", {"q-participation-salaries-presents": "9"}, fields=old)
    assert first.answer.values["participation"] == {"salaries": {"convoques": 12, "presents": 9}}


def test_the_same_text_changed_twice_is_shown_twice(devices):
    first, second = devices
    old = second.fields("recit")
    first.fill("recit", {STORY: "Le pot du soir."})
    response = second.fill(
        "recit",
        {STORY: "La visite du chantier.", "q-ce_qui_a_moins_marche": "Le bruit."},
        fields=old,
    )
    assert response.status_code == 409
    page = soup(response)
    assert (
        page.select_one(f"textarea[name={STORY}]").get_text(strip=True) == "La visite du chantier."
    )
    theirs = page.select_one(f"textarea[name=theirs-{STORY}]").get_text(strip=True)
    assert theirs == "Le pot du soir."
    assert first.answer.values["ce_qui_a_marche"] == "Le pot du soir."
    assert first.answer.values["ce_qui_a_moins_marche"] == "Le bruit."  # nobody else wrote there


@pytest.mark.parametrize(
    ("pick", "kept"),
    [
        ("mine", "La visite !"),
        ("theirs", "Le pot du soir ?"),
        ("both", "La visite !\n\nLe pot du soir ?"),
    ],
)
def test_whoever_sees_both_texts_chooses_and_may_change_them(devices, pick, kept):
    first, second = devices
    old = second.fields("recit")
    first.fill("recit", {STORY: "Le pot du soir."})
    second.fill("recit", {STORY: "La visite."}, fields=old)
    page = soup(second.response)
    answer = {
        "csrfmiddlewaretoken": [page.select_one("[name=csrfmiddlewaretoken]")["value"]],
        "seen": [page.select_one("[name=seen]")["value"]],
        STORY: ["La visite !"],
        f"theirs-{STORY}": ["Le pot du soir ?"],
        "pick-ce_qui_a_marche": [pick],
    }
    assert second.fill("recit", fields=answer).status_code == 302
    assert first.answer.values["ce_qui_a_marche"] == kept


def test_what_one_empties_does_not_erase_what_the_other_writes(devices):
    first, second = devices
    first.fill("recit", {STORY: "Le pot."})
    old = second.fields("recit")
    first.fill("recit", {STORY: "Le pot, et la visite."})
    assert second.fill("recit", {STORY: ""}, fields=old).status_code == 409
    assert first.answer.values["ce_qui_a_marche"] == "Le pot, et la visite."


def test_the_same_answer_on_both_is_no_conflict(devices):
    first, second = devices
    old = second.fields("horaire")
    first.fill("horaire", {"q-heure_debut": "18h30"})
    assert second.fill("horaire", {"q-heure_debut": "18:30"}, fields=old).status_code == 302


def test_a_page_that_saves_by_itself_goes_on_from_what_it_shows(devices):
    first, second = devices
    fields = second.fields("recit")
    first.fill("recit", {STORY: "Le pot."})
    told = second.by_script("recit", {"q-conseil_a_un_pair": "Tôt."}, fields).json()
    assert told["conflicts"] == []
    fields["seen"] = [json.dumps(told["seen"])]
    fields["q-conseil_a_un_pair"] = ["Tôt."]
    # It still shows an empty story: that is no wish to erase, and a change is a conflict.
    assert second.by_script("recit", {}, fields).status_code == 200
    assert first.answer.values["ce_qui_a_marche"] == "Le pot."
    response = second.by_script("recit", {STORY: "La visite."}, fields)
    assert (response.status_code, response.json()["conflicts"]) == (409, ["ce_qui_a_marche"])


def test_a_save_sent_again_changes_nothing(devices):
    first, _second = devices
    fields = first.fields("recit")
    for _each in range(2):
        assert first.by_script("recit", {STORY: "Le pot."}, fields).status_code == 200
    assert first.answer.version == 1
