"""A text that met a newer one is kept until somebody chooses, whatever becomes of the page."""

import json

import pytest

from resources.reports import copies
from resources.reports.models import Answer
from tests import campaigns
from tests.answering import Device, fields_in, soup

pytestmark = pytest.mark.usefixtures("site")
HOME = "/campagnes/retours-ag-2026/"
STORY = "q-ce_qui_a_marche"
THEIRS, MINE = "Le pot du soir.", "La visite du chantier."


@pytest.fixture
def participant():
    return campaigns.participant(campaigns.campaign())


@pytest.fixture
def second(participant) -> Device:
    """A device whose story met another one; its 409 page is on the screen."""
    first, late = Device(participant).begin(), Device(participant)
    old = late.fields("recit")
    first.fill("recit", {STORY: THEIRS})
    assert late.fill("recit", {STORY: MINE}, fields=old).status_code == 409
    return late


def story(page) -> str:
    return page.select_one(f"textarea[name={STORY}]").get_text(strip=True)


def both_of(device: Device, path: str = "reponse/recit/"):
    """The page with two texts that the page at this path leads to."""
    link = device.get(path).select_one("#two-texts a")
    assert link is not None
    return device.get(path + str(link["href"]))


def test_a_page_that_is_left_loses_nothing(participant, second):
    """The later text waits, on any device, and leads back to both."""
    other = Device(participant)
    page = other.section("recit")
    assert story(page) == THEIRS
    both = both_of(other)
    assert other.response.status_code == 200
    assert story(both) == MINE
    assert both.select_one(f"textarea[name=theirs-{STORY}]").get_text(strip=True) == THEIRS


@pytest.mark.parametrize(
    ("pick", "kept"), [("mine", MINE), ("theirs", THEIRS), ("both", f"{MINE}\n\n{THEIRS}")]
)
def test_once_somebody_has_chosen_nothing_waits(participant, second, pick, kept):
    other = Device(participant)
    both = both_of(other)
    fields = fields_in(both.select_one("main form[method=post]"))
    other.fill("recit", fields=fields | {"pick-ce_qui_a_marche": [pick]})
    assert other.response.status_code == 302
    assert other.answer.values["ce_qui_a_marche"] == kept
    assert not other.section("recit").select("#two-texts")
    assert Answer.objects.get().pending is None


def test_choosing_on_the_409_page_itself_ends_it_as_well(second):
    fields = fields_in(soup(second.response).select_one("main form[method=post]"))
    second.fill("recit", fields=fields | {"pick-ce_qui_a_marche": ["mine"]})
    assert second.answer.values["ce_qui_a_marche"] == MINE
    assert not second.section("recit").select("#two-texts")


def test_it_is_settled_before_the_answer_is_sent(second):
    told = second.get("relecture/").select_one("#to-settle")
    assert told.select_one(f'a[href="{HOME}reponse/recit/#two-texts"]')


def test_the_page_that_saves_by_itself_leaves_its_text_too(participant):
    """Its device may never come back: the text grows in place, and goes once it is no conflict."""
    first, late = Device(participant).begin(), Device(participant)
    old = late.fields("recit")
    first.fill("recit", {STORY: THEIRS})
    for words in ("La visite", "La longue visite du chantier"):
        assert late.by_script("recit", {STORY: words}, old).status_code == 409
    waiting = Answer.objects.get().pending
    assert [entry["fields"] for entry in waiting] == [{STORY: ["La longue visite du chantier"]}]
    assert late.by_script("recit", {STORY: THEIRS}, old).status_code == 200
    assert Answer.objects.get().pending is None


def test_three_devices_leave_three_texts(participant, second):
    third = Device(participant)
    third.fill("recit", {STORY: "Le bal."}, fields=third.fields("recit") | {"seen": ["{}"]})
    assert third.response.status_code == 409
    texts = [entry["fields"][STORY] for entry in Answer.objects.get().pending]
    assert texts == [[MINE], ["Le bal."]]
    for _each in texts:
        other = Device(participant)
        both = both_of(other)
        other.fill("recit", fields=fields_in(both.select_one("main form[method=post]")))
    kept = second.answer.values["ce_qui_a_marche"]
    assert all(text in kept for text in (THEIRS, MINE, "Le bal."))


def test_the_ten_minute_report_keeps_it_as_well(participant):
    first, late = Device(participant).begin(), Device(participant)
    old = late.fields_of_form(late.get("dix-minutes/"))
    advice = "q-conseil_a_un_pair"
    shown = first.fields_of_form(first.get("dix-minutes/"))
    first.post(f"{HOME}dix-minutes/", shown | {advice: ["Un bal."]})
    late.post(f"{HOME}dix-minutes/", old | {advice: ["Un goûter."]})
    assert late.response.status_code == 409
    other = Device(participant)
    both = both_of(other, "dix-minutes/")
    assert both.select_one(f"textarea[name={advice}]").get_text(strip=True) == "Un goûter."
    other.post(f"{HOME}dix-minutes/", fields_in(both.select_one("main form[method=post]")))
    assert other.response.status_code == 302
    assert "Un goûter." in other.answer.values["conseil_a_un_pair"]
    assert Answer.objects.get().pending is None


def test_a_copy_of_the_data_holds_it(second):
    answer = second.answer
    told = copies.held(answer.campaign, answer.participant, answer)
    assert MINE in json.dumps(told["answer"]["pending"], ensure_ascii=False)
    assert MINE in copies.page_of(told, answer)


def test_without_a_word_typed_nothing_waits(participant):
    """Whoever emptied a text that somebody else rewrote typed nothing that could be lost."""
    first, late = Device(participant).begin(), Device(participant)
    first.fill("recit", {STORY: MINE})
    old = late.fields("recit")
    first.fill("recit", {STORY: THEIRS})
    assert late.fill("recit", {STORY: ""}, fields=old).status_code == 409
    assert Answer.objects.get().pending is None
