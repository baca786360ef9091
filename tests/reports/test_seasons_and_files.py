"""A new season, and a questionnaire that leaves and comes back as a file."""

import html
import json
from datetime import datetime
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from resources.reports.models import Answer, Campaign, PlannedMail
from resources.reports.questionnaire import exchange
from resources.reports.questionnaire.default import FILE
from resources.reports.seasons import a_year_later, new_season
from tests import campaigns
from tests.reports.campaign_posts import mail, posted, stream, url

pytestmark = pytest.mark.usefixtures("site")


@pytest.fixture
def editor(admin_client):
    return admin_client


def paris(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=ZoneInfo("Europe/Paris"))


def sent(editor, made, data):
    content = data if isinstance(data, bytes) else json.dumps(data).encode()
    file = SimpleUploadedFile("questionnaire.json", content, "application/json")
    return editor.post(url("import", made.pk), {"file": file})


def test_a_new_season_is_last_years_a_year_later_as_a_draft(editor):
    last = campaigns.campaign(opens_at=paris(2026, 6, 1, 9), closes_at=paris(2026, 9, 30, 18))
    mail(last)
    assert "2027" in editor.get(url("new_season", last.pk)).content.decode()
    assert Campaign.objects.count() == 1
    response = editor.post(url("new_season", last.pk))
    made = Campaign.objects.exclude(pk=last.pk).get()
    assert response.headers["Location"] == url("edit", made.pk)
    assert (made.season, made.slug, made.title_fr) == (2027, "retours-ag-2027", "Retours AG 2027")
    assert (made.opens_at, made.closes_at) == (paris(2027, 6, 1, 9), paris(2027, 9, 30, 18))
    assert not made.live
    assert made.shape == last.shape
    copied = PlannedMail.objects.get(campaign=made)
    assert copied.due_at == paris(2027, 6, 1, 9)
    assert copied.subject_fr == "Votre retour sur l’AG 2027"
    assert made.get_latest_revision_as_object().mails.count() == 1


def test_neither_answers_nor_invitations_come_along():
    last = campaigns.campaign()
    campaigns.answer(campaigns.participant(last), {"duree": 60})
    made = new_season(last)
    assert made.answers.count() == 0
    assert made.participants.count() == 0
    assert last.answers.count() == 1


def test_the_season_after_an_invented_one_says_nothing_of_invention(editor):
    last = campaigns.campaign(
        is_example=True, title_fr="Retours AG 2026 (exemple)", slug="exemple-retours-ag-2026",
        intro_fr="<p>Campagne d’exemple : tout est inventé.</p>",
    )  # fmt: skip
    shown = editor.get(url("new_season", last.pk)).content.decode()
    assert "<h2>Retours AG 2027</h2>" in shown
    made = new_season(last)
    assert (made.title_fr, made.title_en) == ("Retours AG 2027", "AGM reports 2027")
    assert (made.slug, made.intro_fr, made.is_example) == ("retours-ag-2027", "", False)


def test_two_new_seasons_have_two_addresses():
    last = campaigns.campaign()
    slugs = [new_season(last).slug for _again in range(2)]
    assert slugs == ["retours-ag-2027", "retours-ag-2027-2"]


def test_the_hour_stays_that_of_paris_and_a_leap_day_becomes_the_28th():
    assert a_year_later(paris(2028, 2, 29, 9)) == paris(2029, 2, 28, 9)
    assert timezone.localtime(a_year_later(paris(2026, 3, 28, 9))).hour == 9


def test_the_default_questionnaire_leaves_and_comes_back_to_the_byte(editor):
    made = campaigns.campaign()
    exported = editor.get(url("export", made.pk))
    assert exported.content == FILE.read_bytes()
    assert "attachment" in exported.headers["Content-Disposition"]
    page = sent(editor, made, exported.content)
    assert page.context["comparison"].is_same


def test_what_a_file_changes_is_shown_before_anything_is_written(editor):
    made = campaigns.campaign()
    data = json.loads(FILE.read_bytes())
    data["sections"][2]["questions"][3]["label"]["fr"] = "La durée"
    gone = data["sections"][-4]["questions"].pop()
    data["sections"][0]["questions"].append(
        {"key": "nouveau", "type": "text", "label": {"fr": "Nouveau", "en": "New"}}
    )
    page = sent(editor, made, data)
    found = page.context["comparison"]
    assert [q.key for q in found.added] == ["nouveau"]
    assert [q.key for q in found.removed] == [gone["key"]]
    assert [(c.after.key, c.names) for c in found.changed] == [("duree", ("label",))]
    assert made.revisions.count() == 0
    shown = {"content": page.context["content"], "seen": page.context["seen"]}
    response = editor.post(url("import", made.pk), shown)
    assert response.status_code == 302
    made.refresh_from_db()
    assert "nouveau" not in made.shape.questions  # public: only its draft changes
    draft = made.get_latest_revision_as_object()
    assert exchange.write(draft.shape) == exchange.write(exchange.read(json.dumps(data)))


def test_a_campaign_changed_meanwhile_is_looked_at_again(editor):
    made = campaigns.campaign()
    page = sent(editor, made, FILE.read_bytes())
    made.save_revision()
    shown = {"content": page.context["content"], "seen": page.context["seen"]}
    response = editor.post(url("import", made.pk), shown)
    assert response.status_code == 200
    assert made.revisions.count() == 1


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"{", "JSON"),
        (b"\xff\xfe\x00", "JSON"),
        (b"[]", "questionnaire"),
        (b'{"format": "questionnaire", "version": 9}', "version"),
        (b"[" * 100_000, "JSON"),
        (b"x" * (1024 * 1024 + 2), "1"),
    ],
)
def test_a_file_that_is_none_is_refused_in_words(editor, content, told):
    made = campaigns.campaign()
    page = sent(editor, made, content)
    assert page.status_code == 200
    (problem,) = page.context["problems"]
    assert told in problem


def test_faults_of_a_file_are_told_by_place(editor):
    made = campaigns.campaign()
    data = json.loads(FILE.read_bytes())
    del data["sections"][0]["questions"][1]["label"]
    data["sections"][1]["questions"][0]["type"] = "slider"
    data["sections"][2]["questions"][0]["options"] = "samedi"
    data["sections"][3] = "lieu"
    problems = sent(editor, made, data).context["problems"]
    assert len(problems) == 4
    assert [str(number) in problem for number, problem in enumerate(problems, 1)] == [True] * 4


def test_a_file_cannot_take_away_what_was_answered(editor):
    made = campaigns.campaign()
    campaigns.answer(campaigns.participant(made), {"duree": 60})
    data = json.loads(FILE.read_bytes())
    horaire = data["sections"][2]["questions"]
    data["sections"][2]["questions"] = [q for q in horaire if q["key"] != "duree"]
    page = sent(editor, made, data)
    assert "duree" in page.context["problems"][0]


def test_possible_paths_are_shown_with_their_times(editor):
    made = campaigns.campaign()
    page = editor.get(url("paths", made.pk))
    ways = page.context["ways"]
    assert ways.number == 3840
    assert ways.shortest.count < ways.longest.count == len([q for q in made.shape if q.is_answered])
    assert "Avez-vous changé d’horaire" in page.content.decode()


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_preview_shows_every_question_as_a_co_op_sees_it(editor, language):
    made = campaigns.campaign()
    address = url("preview_on_edit", made.pk)
    sections = stream(made.shape)
    assert editor.post(address, posted(sections)).json()["is_valid"]
    page = editor.get(f"{address}?mode={language}&in_preview_panel=true")
    content = page.content.decode()
    for question in made.shape:
        assert f'data-question="{question.key}"' in content
    assert made.shape.questions["duree"].label.in_(language) in html.unescape(content)


def test_a_test_answer_opens_the_form_of_a_draft_and_counts_nowhere(editor):
    made = campaigns.campaign(live=False)
    assert editor.get(url("try", made.pk)).status_code == 200
    assert Answer.objects.count() == 0
    opened = editor.post(url("try", made.pk))
    tried = Answer.objects.get()
    assert tried.is_test
    visitor = Client()
    page = visitor.get(urlsplit(opened.headers["Location"]).path, follow=True)
    assert page.status_code == 200
    section = visitor.get(reverse("answer_section", args=[made.slug, "horaire"]))
    assert "q-duree" in section.content.decode()
    assert not Answer.objects.sent().exists()
    assert not Answer.objects.counted().exists()
    editor.post(url("try", made.pk))
    assert Answer.objects.count() == 1
