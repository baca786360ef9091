"""The form of a campaign, sent as an editor’s browser sends it."""

import copy
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from resources.reports.admin.campaign_form import taken_words
from resources.reports.models import Answer, Campaign, Wording
from resources.reports.questionnaire import exchange
from resources.reports.questionnaire.default import FILE, default_questionnaire
from resources.reports.urls import urlpatterns
from tests import campaigns
from tests.reports.campaign_posts import create, edit, errors, question, questions_of, stream, url

SLUG = re.compile(r"[-\w]+")
pytestmark = pytest.mark.usefixtures("site")


@pytest.fixture
def editor(admin_client):
    return admin_client


@pytest.fixture
def raw():
    return stream(default_questionnaire())


def test_a_new_campaign_begins_with_the_questionnaire_that_ships(editor):
    page = editor.get(url("add"))
    assert page.status_code == 200
    form = page.context["form"]
    assert form.instance.title_fr == "Retours AG 2025"
    assert exchange.write(form.instance.shape).encode() == FILE.read_bytes()


def test_the_form_sent_back_unchanged_keeps_the_questionnaire_to_the_byte(editor, raw):
    response = create(editor, raw)
    assert response.status_code == 302, errors(response)
    made = Campaign.objects.get()
    assert not made.live
    assert exchange.write(made.shape).encode() == FILE.read_bytes()


def test_publishing_makes_it_public_and_keeps_its_words(editor, raw):
    create(editor, raw, **{"action-publish": "1"})
    made = Campaign.objects.get()
    assert made.live
    assert Wording.objects.filter(campaign=made, number=1).count() == len(made.shape.questions)


def test_a_changed_wording_is_a_new_version_of_the_same_key(editor, raw):
    create(editor, raw, **{"action-publish": "1"})
    made = Campaign.objects.get()
    question(raw, "horaire", "duree")["value"]["label_fr"] = "Combien de temps a-t-elle duré ?"
    edit(editor, made, raw, **{"action-publish": "1"})
    versions = Wording.objects.filter(campaign=made, key="duree")
    assert [wording.number for wording in versions] == [1, 2]
    assert versions[1].content["label"]["fr"] == "Combien de temps a-t-elle duré ?"
    assert Wording.objects.filter(campaign=made, number=2).count() == 1


def test_an_empty_key_is_proposed_from_the_words_and_never_twice(editor, raw):
    for number in range(2):
        copied = copy.deepcopy(question(raw, "horaire", "duree"))
        copied["id"] = f"copy-{number}"
        copied["value"] |= {
            "key": "",
            "label_fr": "Une salle était-elle trop petite ?",
            "rules": [],
        }
        questions_of(raw, "lieu").append(copied)
    assert create(editor, raw).status_code == 302
    keys = [q.key for q in Campaign.objects.get().shape.section("lieu").questions]
    assert keys[-2:] == ["salle_etait_trop_petite", "salle_etait_trop_petite_2"]


def test_a_question_with_answers_neither_disappears_nor_changes_its_type(editor, raw):
    made = campaigns.campaign()
    invited = campaigns.participant(made)
    campaigns.answer(invited, {"jour": {"chosen": ["samedi"]}, "duree": 90})
    kept = copy.deepcopy(raw)
    day = question(raw, "horaire", "jour")
    day["value"]["options"] = [o for o in day["value"]["options"] if o["value"]["key"] != "samedi"]
    questions_of(raw, "horaire").remove(question(raw, "horaire", "duree"))
    told = " ".join(errors(edit(editor, made, raw)))
    assert "duree" in told
    assert "samedi" in told
    question(kept, "horaire", "duree")["type"] = "integer"
    assert "duree" in " ".join(errors(edit(editor, made, kept)))


def test_what_nobody_answered_may_go_and_a_test_answer_protects_nothing(editor, raw):
    made = campaigns.campaign()
    Answer.objects.create(campaign=made, is_test=True, values={"duree": 90})
    questions_of(raw, "horaire").remove(question(raw, "horaire", "duree"))
    assert edit(editor, made, raw).status_code == 302


def test_a_renamed_question_with_answers_keeps_its_key(editor, raw):
    made = campaigns.campaign()
    campaigns.answer(campaigns.participant(made), {"duree": 90})
    question(raw, "horaire", "duree")["value"]["label_fr"] = "La durée, en tout"
    edit(editor, made, raw, **{"action-publish": "1"})
    made = Campaign.objects.get()
    assert made.shape.questions["duree"].label.fr == "La durée, en tout"


def test_a_newer_version_is_not_overwritten(editor, raw):
    create(editor, raw)
    made = Campaign.objects.get()
    stale = {"loaded_revision_id": "1", "loaded_revision_created_at": "2026-01-01T00:00:00+00:00"}
    response = edit(editor, made, raw, title_fr="Autre titre", **stale)
    assert response.status_code == 200
    assert Campaign.objects.get().title_fr == "Retours AG 2026"


@pytest.mark.parametrize("slug", ["code", "r", "lien-perdu", "au-revoir", "comparer", "donnees"])
def test_an_address_that_is_another_page_is_refused(editor, raw, slug):
    refused = create(editor, raw, slug=slug)
    assert refused.status_code == 200
    assert slug in str(refused.context["form"].errors["slug"])
    assert Campaign.objects.count() == 0


def test_every_word_with_a_page_of_its_own_is_refused():
    """Whatever is added below /campagnes/: no campaign may take its place, nor be hidden by it."""
    fixed = {str(part.pattern).split("/")[0] for part in urlpatterns if part.name != "campaign"}
    assert {word for word in fixed if SLUG.fullmatch(word)} == taken_words()


def test_opening_the_form_asks_little_of_the_database(editor):
    made = campaigns.campaign()
    editor.get(url("edit", made.pk))
    with CaptureQueriesContext(
        connection,
    ) as queries:
        page = editor.get(url("edit", made.pk))
    assert page.status_code == 200
    assert len(queries) <= 25, len(queries)


def test_the_line_of_the_menu_leads_to_the_list(editor):
    home = editor.get("/admin/")
    assert url("list") in home.content.decode()
    campaigns.campaign()
    listed = editor.get(url("list")).content.decode()
    assert "Retours AG 2026" in listed


def test_readers_and_strangers_are_sent_away():
    made = campaigns.campaign()
    for name in ("edit", "paths", "new_season", "import", "export"):
        assert Client().get(url(name, made.pk)).status_code == 302


@pytest.mark.parametrize("slug", ["code", "comparer", "donnees", "lien-perdu", "au-revoir", "r"])
def test_an_address_that_another_page_has_is_refused(editor, raw, slug):
    response = create(editor, raw, slug=slug)
    assert response.status_code == 200
    assert "slug" in response.context["form"].errors


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("closes_at", "9999-12-31 23:59"),
        ("opens_at", "0001-01-01 00:00"),
        ("drafts_kept_days", "9999999"),
        ("contacts_kept_months", "32767"),
        ("refused_kept_months", "32767"),
    ],
)
def test_no_date_and_no_time_that_a_calendar_cannot_count(editor, raw, name, value):
    response = create(editor, raw, **{name: value})
    assert response.status_code == 200
    assert name in response.context["form"].errors
