"""Each type of question through its page: what is kept, and what is said of what cannot be read."""

import pytest

from tests import campaigns
from tests.answering import Device, soup

pytestmark = pytest.mark.usefixtures("site")
GOOD = {
    "text": ({"q-text": "  Le   pot "}, "Le pot"),
    "long_text": ({"q-long_text": "Un\r\ndeux"}, "Un\ndeux"),
    "integer": ({"q-integer": "1\u202f20"}, 120),
    "decimal": ({"q-decimal": "12,5"}, "12.5"),
    "amount": ({"q-amount": "1 250,50 €"}, "1250.50"),
    "date": ({"q-date": "14/05/2026"}, "2026-05-14"),
    "time": ({"q-time": "18h30"}, "18:30"),
    "duration": ({"q-duration-h": "2", "q-duration-m": "15"}, 135),
    "yes_no": ({"q-yes_no": "no"}, False),
    "choice": ({"q-choice": "autre", "q-choice-autre": "Ailleurs"}, {"chosen": ["autre"], "other": "Ailleurs"}),
    "choices": ({"q-choices": ["un", "trois"]}, {"chosen": ["un", "trois"]}),
    "scale": ({"q-scale": "3"}, 3),
    "ranking": ({"q-ranking-deux": "1", "q-ranking-un": "2"}, ["deux", "un"]),
    "matrix": ({"q-matrix-un-deux": "7"}, {"un": {"deux": 7}}),
    "table": ({"q-table-un": "trois"}, {"un": "trois"}),
    "practices": (
        {"q-practices-P03-tried": "on", "q-practices-P03-kept": "yes", "q-practices-P03-useful": "4"},
        {"P03": {"tried": True, "kept": "yes", "useful": 4}},
    ),
    "consent": ({"q-consent": "on"}, True),
    "accord": ({"q-accord": "deux"}, "deux"),
}  # fmt: skip
BAD = {
    "text": {"q-text": "a" * 41},
    "long_text": {"q-long_text": "a" * 5001},
    "integer": {"q-integer": "beaucoup"},
    "decimal": {"q-decimal": "1,2,3"},
    "amount": {"q-amount": "-4"},
    "date": {"q-date": "31/02/2026"},
    "time": {"q-time": "25:00"},
    "duration": {"q-duration-h": "deux"},
    "choice": {"q-choice": "autre", "q-choice-autre": "a" * 201},
    "ranking": {"q-ranking-un": "1", "q-ranking-deux": "1"},
    "matrix": {"q-matrix-un-deux": "1,5"},
    "practices": {"q-practices-P03-tried": "on", "q-practices-P03-more": "a" * 5001},
}
UNKNOWN = {
    "yes_no": {"q-yes_no": "peut-être"},
    "choices": {"q-choices": ["quatre"]},
    "scale": {"q-scale": "9"},
    "table": {"q-table-un": "quatre"},
    "accord": {"q-accord": "quatre"},
    "practices": {"q-practices-P99-tried": "on"},
}


@pytest.fixture
def device():
    return Device(campaigns.participant(campaigns.campaign(campaigns.every_type()))).begin()


def joined(cases):
    return {name: text for fields in cases.values() for name, text in fields.items()}


def test_what_is_right_is_kept_and_comes_back(device):
    values = {kind: value for kind, (_typed, value) in GOOD.items()}
    typed = joined({kind: fields for kind, (fields, _value) in GOOD.items()})
    assert device.fill("tout", typed).status_code == 302
    assert device.answer.values == values
    again = device.fields("tout")
    assert device.fill("tout", fields=again).status_code == 302
    assert device.answer.values == values
    assert device.answer.unread == {}


def test_what_cannot_be_read_is_kept_as_typed_with_an_error_beside_it_and_on_top(device):
    response = device.fill("tout", joined(BAD))
    assert response.status_code == 422
    page = soup(response)
    assert page.title.get_text().startswith("Erreur")
    links = page.select(".notice--error li a")
    assert len(links) == len(BAD)
    for link in links:
        field = page.select_one(link["href"])
        assert field["aria-invalid"] == "true", link
        described = field["aria-describedby"].split()
        assert any(page.select_one(f"#{name}.field__error") for name in described), link
    again = device.fields("tout")
    for name, text in joined(BAD).items():
        assert again[name] == [text]
    assert not BAD.keys() & device.answer.values.keys()


def test_what_is_no_answer_of_the_question_is_not_kept(device):
    assert device.fill("tout", joined(UNKNOWN)).status_code == 302
    assert not UNKNOWN.keys() & device.answer.values.keys()


def test_an_error_that_is_corrected_is_gone(device):
    device.fill("tout", BAD["integer"])
    assert device.fill("tout", {"q-integer": "12"}).status_code == 302
    answer = device.answer
    assert (answer.values["integer"], answer.unread) == (12, {})


def test_words_beside_a_choice_that_is_left_are_not_lost(device):
    device.fill("tout", {"q-choice": "autre", "q-choice-autre": "Au théâtre"})
    device.fill("tout", {"q-choice": "un"})
    assert device.answer.values["choice"] == {"chosen": ["un"]}
    assert device.fields("tout")["q-choice-autre"] == ["Au théâtre"]


def test_every_control_has_a_name_that_is_read_out(device):
    page = device.section("tout")
    for control in page.select("main :is(input:not([type=hidden]), textarea, select)"):
        label = page.select_one(f"label[for='{control['id']}']")
        assert label is not None, control
        assert label.get_text(strip=True), control
    for group in page.select("main fieldset"):
        assert group.select_one("legend").get_text(strip=True)
    ids = [tag["id"] for tag in page.select("[id]")]
    assert len(ids) == len(set(ids))
    assert page.select_one("#q-integer")["inputmode"] == "numeric"
    assert page.select_one("#q-amount")["inputmode"] == "decimal"
    assert page.select_one("#q-text")["autocomplete"] == "off"
