"""Moderators read what waits, the oldest first, and act on what they have before their eyes."""

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from hub.core import outbox
from resources.models import ExperienceReportPage
from resources.reports import moderation, workflow
from resources.reports.admin.moderation_told import told_answer
from resources.reports.models import Answer, Attachment
from tests import campaigns
from tests.reports import moderated
from tests.reports.moderated import act, form_of, url_of

pytestmark = pytest.mark.django_db
State = Answer.State


@pytest.fixture
def moderator(site):
    client = Client()
    client.force_login(moderated.person("relectrice"))
    return client


def several():
    """Answers of three co-ops in one campaign, the oldest first."""
    campaign = campaigns.campaign()
    found = []
    for name in ("Coop des Aulnes", "Coop des Bouleaux", "Coop des Charmes"):
        invited = campaigns.participant(campaign, campaigns.coop(name))
        answer = campaigns.answer(invited, moderated.STORY)
        workflow.move(answer, State.RECEIVED, who="co-op")
        found.append(answer)
    return found


def shown(client, **chosen):
    page = client.get(reverse("moderation:index"), chosen)
    assert page.status_code == 200
    return [answer.shown_name for answer in page.context["object_list"]]


def test_the_queue_shows_what_is_to_be_read_the_oldest_first(moderator):
    _first, second, third = several()
    moderated.step(second, State.IN_REVIEW)
    moderated.step(third, State.IN_REVIEW)
    moderated.step(third, State.REFUSED, "Hors sujet.")
    assert shown(moderator) == ["Coop des Aulnes", "Coop des Bouleaux"]
    assert shown(moderator, state="refused") == ["Coop des Charmes"]
    assert len(shown(moderator, state="all")) == 3


def test_the_queue_is_filtered(moderator):
    first, second, third = several()
    Answer.objects.filter(pk=first.pk).update(values=first.values | {"consent_niveau": "anonyme"})
    Answer.objects.filter(pk=second.pk).update(
        participant=None, organisation=None, coop_name="Inconnue", email="x@coop.example"
    )
    Attachment.objects.create(
        answer=third, question_key="photos", stored_name="p.jpg", original_name="p.jpg",
        content_type="image/jpeg", size=3, sha256="0" * 64,
    )  # fmt: skip
    assert shown(moderator, consent="anonyme") == ["Coop des Aulnes"]
    assert shown(moderator, unverified="true") == ["Inconnue"]
    assert shown(moderator, photos="true") == ["Coop des Charmes"]
    assert shown(moderator, campaign=first.campaign_id, consent="federation") == []


def test_an_empty_queue_says_so(moderator):
    assert "Rien n’attend" in moderator.get(reverse("moderation:index")).content.decode()


def test_drafts_and_tests_wait_for_nobody(moderator):
    first, *_others = several()
    Answer.objects.filter(pk=first.pk).update(is_test=True)
    invited = campaigns.participant(first.campaign, campaigns.coop("Coop des Dunes"))
    draft = campaigns.answer(invited)
    assert shown(moderator, state="all") == ["Coop des Bouleaux", "Coop des Charmes"]
    assert moderator.get(url_of(draft)).status_code == 404


def test_the_queue_stays_within_its_queries(moderator, django_assert_max_num_queries):
    several()
    moderator.get(reverse("moderation:index"))
    with django_assert_max_num_queries(15):
        assert len(shown(moderator)) == 3


def test_the_first_page_of_the_administration_reminds(moderator):
    assert "retours à relire" not in moderator.get("/admin/").content.decode()
    several()
    assert "3 retours à relire" in moderator.get("/admin/").content.decode()


def test_the_answer_stands_beside_its_page(moderator):
    answer = moderated.in_review()
    html = moderator.get(url_of(answer)).content.decode()
    assert "karaoké fédéral" in html  # for the federation, on its screen
    preview = moderator.get(url_of(answer, "page"))
    assert preview.status_code == 200
    assert "a fredonné" in preview.content.decode()
    assert "karaoké" not in preview.content.decode()
    assert not ExperienceReportPage.objects.exists()


def test_what_a_co_op_opens_to_everybody_is_not_said_to_stay_with_the_federation(moderator):
    answer = moderated.in_review()
    opened = {"objectifs_publication": {"chosen": ["publier"]}}
    for more, reach in (({}, "fédération seulement"), (opened, "")):
        answer.values |= more
        told = [one for part in told_answer(answer) for one in part["answers"]]
        assert [one.reach for one in told if "Doubler la fanfare." in one.lines] == [reach]


def test_from_receipt_to_publication(moderator, client):
    answer = moderated.received()
    for to in (State.IN_REVIEW, State.ACCEPTED, State.PUBLISHED):
        assert act(moderator, answer, to).status_code == 302
    answer.refresh_from_db()
    assert answer.state == State.PUBLISHED
    assert client.get(moderated.page_of(answer).url).status_code == 200
    log = moderator.get(url_of(answer)).content.decode()
    assert log.count("relectrice") >= 3


def test_each_act_is_in_the_log(moderator):
    answer = moderated.received()
    act(moderator, answer, State.IN_REVIEW)
    act(moderator, answer, State.REFUSED, "Ce n’est pas une AG.")
    event = answer.events.last()
    assert (event.before, event.after) == (State.IN_REVIEW, State.REFUSED)
    assert event.who == "relectrice"
    assert event.user.username == "relectrice"
    assert event.why == "Ce n’est pas une AG."


@pytest.mark.parametrize("to", [State.REFUSED, State.CHANGE_ASKED, State.WITHDRAWN])
def test_a_reason_is_asked_for(moderator, to):
    answer = moderated.in_review()
    assert act(moderator, answer, to).status_code == 422
    answer.refresh_from_db()
    assert answer.state == State.IN_REVIEW


@pytest.mark.parametrize("to", ["published", "draft", "nothing", "", "received"])
def test_a_step_that_is_not_offered_is_refused(moderator, to):
    answer = moderated.in_review()
    assert act(moderator, answer, to, "x").status_code == 422
    answer.refresh_from_db()
    assert answer.state == State.IN_REVIEW


def test_a_question_is_mailed_and_reopens_the_draft(moderator):
    answer = moderated.in_review()
    act(moderator, answer, State.CHANGE_ASKED, "Quelle chorale ?")
    answer.refresh_from_db()
    assert answer.state == State.CHANGE_ASKED
    assert answer.question == "Quelle chorale ?"
    outbox.drain(["mail"])
    (letter,) = mail.outbox
    assert "Quelle chorale ?" in letter.body
    assert "/campagnes/r/" in letter.body
    workflow.move(answer, State.RECEIVED, who=workflow.BY_THE_COOP)
    answer.refresh_from_db()
    assert answer.question == ""


def test_a_question_answered_meanwhile_is_not_mailed(moderator):
    answer = moderated.in_review()
    act(moderator, answer, State.CHANGE_ASKED, "Quelle chorale ?")
    answer.refresh_from_db()
    workflow.move(answer, State.RECEIVED, who=workflow.BY_THE_COOP)
    outbox.drain(["mail"])
    assert mail.outbox == []


def test_two_moderators_do_not_overwrite_each_other(moderator):
    answer = moderated.in_review()
    old = form_of(answer, to=State.ACCEPTED)
    other = Client()
    other.force_login(moderated.person("collègue"))
    act(other, answer, State.REFUSED, "Hors sujet.")
    late = moderator.post(url_of(answer), old | {"to": State.CHANGE_ASKED, "why": "Mon texte"})
    assert late.status_code == 409
    html = late.content.decode()
    for words in ("collègue", "Hors sujet.", "Mon texte"):
        assert words in html
    answer.refresh_from_db()
    assert answer.state == State.REFUSED


def test_what_the_co_op_sent_meanwhile_is_not_accepted_unread(moderator):
    answer = moderated.in_review()
    old = form_of(answer, to=State.ACCEPTED)
    Answer.objects.filter(pk=answer.pk).update(values=answer.values | {"objectifs": "Autre"})
    assert moderator.post(url_of(answer), old).status_code == 409


def test_a_form_that_says_nothing_has_seen_nothing(moderator):
    answer = moderated.in_review()
    assert moderator.post(url_of(answer), {"to": State.ACCEPTED}).status_code == 409


def test_a_form_cannot_write_another_field(moderator):
    answer = moderated.in_review()
    form = form_of(answer, to=State.ACCEPTED, state="published", is_test="1", campaign="9")
    moderator.post(url_of(answer), form | {"text-objectifs": "Volé"})
    answer.refresh_from_db()
    assert answer.state == State.ACCEPTED
    assert not answer.is_test
    assert answer.public_texts == {}


def test_for_the_federation_alone_nothing_offers_a_page(moderator):
    answer = moderated.in_review({"consent_niveau": "federation"})
    assert moderator.get(url_of(answer, "page")).status_code == 404
    act(moderator, answer, State.ACCEPTED)
    assert act(moderator, answer, State.PUBLISHED).status_code == 422


@pytest.mark.parametrize("name", ["answer", "texts", "anonymise", "page"])
def test_reading_changes_nothing(moderator, name):
    answer = moderated.in_review()
    before = Answer.objects.values().get(pk=answer.pk)
    moderator.get(url_of(answer, name))
    assert Answer.objects.values().get(pk=answer.pk) == before


@pytest.mark.parametrize("group", ["Contributeurs", "Traducteurs", None])
def test_others_are_sent_away(site, group):
    answer = moderated.in_review()
    client = Client()
    if group:
        client.force_login(moderated.person("autre", group))
    for name in ("answer", "texts", "anonymise"):
        response = client.post(url_of(answer, name), form_of(answer, to=State.ACCEPTED))
        assert response.status_code == 302
        assert client.get(url_of(answer, name)).status_code == 302
    assert client.get(reverse("moderation:index")).status_code == 302
    answer.refresh_from_db()
    assert answer.state == State.IN_REVIEW


def test_without_the_token_of_the_form_nothing_happens(site):
    answer = moderated.in_review()
    client = Client(enforce_csrf_checks=True)
    client.force_login(moderated.person("relectrice"))
    assert act(client, answer, State.ACCEPTED).status_code == 403


def test_a_name_is_not_published_for_an_address_that_nobody_confirmed(moderator):
    answer = moderated.received()
    Answer.objects.filter(pk=answer.pk).update(
        participant=None, organisation=None, coop_name="Les Toits Bleus", email="x@coop.example"
    )
    act(moderator, answer, State.IN_REVIEW)
    assert act(moderator, answer, State.ACCEPTED).status_code == 422
    assert "Non vérifié" in moderator.get(url_of(answer)).content.decode()


def test_two_hundred_races_and_nothing_is_overwritten(site):
    answer = moderated.in_review()
    lost = 0
    for number in range(200):
        answer.refresh_from_db()
        back = answer.state != State.IN_REVIEW
        by = moderation.By(f"A{number}", seen=answer.review_version)
        moderation.take_step(answer, State.IN_REVIEW if back else State.REFUSED, by, "Raison")
        late = moderation.By(f"B{number}", seen=by.seen)
        with pytest.raises(workflow.SeenByAnotherError):
            moderation.take_step(answer, State.WITHDRAWN, late, "Raison")
        answer.refresh_from_db()
        lost += answer.events.last().who != f"A{number}"
    assert lost == 0
    assert answer.events.count() == 202
