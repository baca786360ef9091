"""Whatever is posted to the form, it answers: never an error, never a field that is not asked."""

import json
import unicodedata
import uuid

import pytest
from django.forms.models import model_to_dict
from django.template.loader import render_to_string
from hypothesis import HealthCheck, given, settings

from resources.reports.answer_text import lines
from resources.reports.asking import Asked
from resources.reports.models import Answer
from resources.reports.questionnaire import rules, visibility
from resources.reports.questionnaire.merging import Typed, digests, merge, names_of, picked
from resources.reports.section_page import chosen_text, seen_in
from resources.reports.working import Working
from tests import campaigns
from tests.answering import Device
from tests.reports.fuzzing import fuzz
from tests.reports.hostile_fields import FIELDS, LIKELY, NAMES, SEEN, SHAPES

pytestmark = pytest.mark.usefixtures("site")
CASES, WHOLE, PAGES = 10_000, 200, 60
POSTED = 400  # `python -m tests.benchmarks.answer_form` posts ten thousand


def saved_in_memory(shape, held, posted):
    """What a save does to a whole questionnaire, without its row in the database."""
    seen = seen_in(posted)
    data = chosen_text(posted, list(shape))
    for question in shape:
        found = merge(question, picked(data, names_of(question)), held.fields_of(question), seen)
        if found.changed:
            held.put(question, found.fields)
    return held


def check(shape, forms, seen):
    held = Working()
    for fields in forms:
        saved_in_memory(shape, held, Typed({**fields, "seen": [seen]}))
    kept = json.dumps(held.values, ensure_ascii=False)
    assert not any(unicodedata.category(sign) in ("Cc", "Cs") for sign in kept)
    assert held.values.keys() <= shape.questions.keys()
    answered = visibility.answers(shape, held.values)
    for question in shape:
        told = lines(question, held.values.get(question.key), "fr")
        assert all(isinstance(line, str) for line in told)
        rules.broken(question, answered, shape.questions.keys())
        again = held.fields_of(question)
        if again:
            held.put(question, again)
            assert digests(question, held.fields_of(question)) == digests(question, again)


@settings(max_examples=CASES, deadline=None, suppress_health_check=list(HealthCheck), database=None)
@given(FIELDS, FIELDS, SEEN)
def test_ten_thousand_forms_are_read_kept_and_shown_without_an_error(first, second, seen):
    check(SHAPES[0], (first, second), seen)


@settings(max_examples=WHOLE, deadline=None, suppress_health_check=list(HealthCheck), database=None)
@given(FIELDS, SEEN)
def test_so_is_the_whole_questionnaire(fields, seen):
    check(SHAPES[1], (fields,), seen)


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
    for text in (*LIKELY, "a" * 20_000):
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
    device.post(
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


def test_whatever_is_posted_is_answered(site):
    """Over HTTP, through the middleware, down to the rows of a prepared hub."""
    assert sum(fuzz(POSTED).values()) >= POSTED
