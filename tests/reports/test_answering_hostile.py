"""Whatever is posted to the form, it answers: never an error, never a field that is not asked."""

import json
import unicodedata
import uuid

import pytest
from django.forms.models import model_to_dict
from django.template.loader import render_to_string
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from resources.reports.answer_text import lines
from resources.reports.asking import Asked
from resources.reports.models import Answer
from resources.reports.questionnaire import rules, visibility
from resources.reports.questionnaire.merging import Typed, digests, merge, names_of, picked
from resources.reports.section_page import chosen_text, seen_in
from resources.reports.working import Working
from tests import campaigns
from tests.answering import Device

pytestmark = pytest.mark.usefixtures("site")
CASES, PAGES = 10_000, 60
SHAPES = (campaigns.every_type(), campaigns.default_questionnaire())
NAMES = sorted({name for shape in SHAPES for question in shape for name in names_of(question)})
LIKELY = (
    "on", "yes", "no", "un", "deux", "autre", "kept", "1", "4", "18:30", "14/05/2026", "12,50 €",
    "-1", "1e9", "99999999999999999999", "\u202e12", "a\u200bb", "\x00", "\ud800", "e\u0301", "🎉",
    "Z\u0335\u0335\u0335", "’OR 1=1--", "<script>alert(1)</script>", "٣", "²", "½", "NaN", "\r\n",
)  # fmt: skip
TEXTS = st.one_of(
    st.sampled_from(LIKELY), st.text(max_size=30), st.text("0123456789:/,. ", max_size=9)
)
FIELDS = st.dictionaries(
    st.one_of(st.sampled_from(NAMES), st.text(max_size=12)),
    st.lists(TEXTS, min_size=1, max_size=3),
    max_size=12,
)
SEEN = st.one_of(st.text(max_size=40), st.just('{"q-text": 1}'), st.just("[" * 5000), st.just("{}"))


def saved_in_memory(shape, held, posted):
    """What a save does to a whole questionnaire, without its row in the database."""
    seen = seen_in(posted)
    data = chosen_text(posted, list(shape))
    for question in shape:
        found = merge(question, picked(data, names_of(question)), held.fields_of(question), seen)
        held.put(question, found.fields)
    return held


@settings(max_examples=CASES, deadline=None, suppress_health_check=list(HealthCheck), database=None)
@given(st.sampled_from(SHAPES), FIELDS, FIELDS, SEEN)
def test_ten_thousand_forms_are_read_kept_and_shown_without_an_error(shape, first, second, seen):
    held = Working()
    for fields in (first, second):
        saved_in_memory(shape, held, Typed({**fields, "seen": [seen]}))
    kept = json.dumps(held.values, ensure_ascii=False)
    assert not any(unicodedata.category(sign) in ("Cc", "Cs") for sign in kept)
    assert held.values.keys() <= shape.questions.keys()
    seen_values = visibility.answers(shape, held.values)
    for question in shape:
        assert all(
            isinstance(line, str) for line in lines(question, held.values.get(question.key), "fr")
        )
        rules.broken(question, seen_values, shape.questions.keys())
        again = held.fields_of(question)
        before = digests(question, again)
        held.put(question, again)
        assert digests(question, held.fields_of(question)) == before


@settings(max_examples=PAGES, deadline=None, suppress_health_check=list(HealthCheck), database=None)
@given(FIELDS)
def test_every_form_that_is_kept_can_be_drawn(fields):
    held = saved_in_memory(SHAPES[0], Working(), Typed(fields))
    for question in SHAPES[0]:
        asked = Asked(question, "fr", held.fields_of(question), held.errors_of(question))
        page = render_to_string("reports/question.html", {"asked": asked})
        assert "<script>alert" not in page


@pytest.fixture
def device():
    return Device(campaigns.participant(campaigns.campaign(campaigns.every_type()))).begin()


@pytest.mark.parametrize("by_script", [False, True])
def test_known_attacks_are_answered(device, by_script):
    fields = device.fields("tout")
    headers = {"accept": "application/json"} if by_script else {}
    for text in (*LIKELY, "a" * 200_000):
        told = fields | {
            name: [text.encode("utf-8", "surrogatepass").decode("utf-8", "replace")]
            for name in NAMES
        }
        told["seen"] = ["{" * 200]
        assert device.fill("tout", fields=told, headers=headers).status_code in (200, 302, 409, 422)
    assert device.section("tout")


def test_nothing_but_the_questions_of_the_section_is_read(device):
    other = campaigns.participant(device.participant.campaign, campaigns.coop("Autre"))
    names = [field.name for field in Answer._meta.get_fields() if field.name not in ("values",)]
    hostile = dict.fromkeys(
        [*names, "is_published", "token", "user", "organisation_id", "campaign_id"], "1"
    )
    hostile |= {"state": "published", "participant": str(other.pk), "send_key": str(uuid.uuid4())}
    hostile |= {"q-inconnue": "x", "q-state": "published", "values": '{"text": "x"}'}
    before = model_to_dict(device.answer)
    for page in ("tout",):
        assert device.fill(page, hostile).status_code == 302
    device._post(
        device.home, device.fields_of_form(device.get()) | {n: [v] for n, v in hostile.items()}
    )
    after = model_to_dict(device.answer)
    changed = {name for name in after if after[name] != before[name]}
    assert changed <= {"values", "saved_at", "version", "last_section", "language"}
    assert device.answer.values.keys() <= {"consent"}  # a box that is not ticked


def test_a_stranger_reaches_nothing(device):
    stranger = type(device.browser)()
    for path in ("reponse/tout/", "relecture/", "envoi/", "recu/"):
        for method in (stranger.get, stranger.post):
            assert method(device.home + path).status_code in (404, 405), path
