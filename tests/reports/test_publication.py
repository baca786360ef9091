"""An accepted answer becomes a page of the library: what it says, and what it never says."""

import re

import pytest
from django.db import IntegrityError, transaction

from resources.models import ExperienceReportPage, Organisation
from resources.reports import publication, workflow
from resources.reports.models import Answer, Publication, ReviewEvent
from search.models import SearchDocument
from tests.factories import resource
from tests.reports import moderated

pytestmark = pytest.mark.django_db
State = Answer.State


def html_of(client, page):
    response = client.get(page.url)
    assert response.status_code == 200
    return response.content.decode()


def test_the_page_tells_the_story_with_the_name(site, client):
    html = html_of(client, moderated.published())
    for words in (
        "Les Toits Bleus",
        "a fredonné",
        "crachotait",
        "Une lettre bariolée",
        "Le vendredi",
    ):
        assert words in html
    assert "Ouestfalia" in html
    assert "Bretagne" in html
    assert "14 mai 2026" in html


def test_what_somebody_typed_is_no_markup(site, client):
    html = html_of(client, moderated.published())
    assert "<b>la veille</b>" not in html
    assert "&lt;b&gt;la veille" in html


def test_what_is_published_in_totals_only_is_not_on_the_page(site, client):
    page = moderated.published()
    html = html_of(client, page) + str(SearchDocument.objects.get(pk=page.pk).__dict__)
    for words in ("karaoké", "fanfare", "Moins de 500"):
        assert words not in html


def test_goals_show_when_their_co_op_opens_them(site, client):
    page = moderated.published({"objectifs_publication": {"chosen": ["publier"]}})
    told = html_of(client, page)
    assert re.search(r"Objectifs pour la prochaine AG</h2>\s*<p>Doubler la fanfare", told)
    assert "fanfare" not in page.tried


def test_answers_to_hidden_questions_are_no_answers(site, client):
    page = moderated.published({"horaire_change": False, "horaire_raison": "Un secret enfoui."})
    assert "enfoui" not in html_of(client, page)


def test_without_names_nothing_names_the_co_op(site, client):
    page = moderated.published_without_names({"ce_qui_a_marche": "La chorale a fredonné."})
    html = html_of(client, page)
    assert "fredonné" in html
    row = SearchDocument.objects.get(pk=page.pk)
    for words in ("Toits", "Bleus", "Bretagne", "Ouestfalia", "14 mai", "crachotait"):
        assert words not in html
        assert words not in str(row.__dict__)
    assert page.organisation is None
    assert "toits" not in page.url


def test_for_the_federation_alone_there_is_never_a_page(site):
    answer = moderated.in_review({"consent_niveau": "federation"})
    moderated.step(answer, State.ACCEPTED)
    with pytest.raises(publication.NotPublishableError):
        publication.publish(answer, who="x")
    answer.refresh_from_db()
    assert answer.state == State.ACCEPTED
    assert not ExperienceReportPage.objects.exists()


@pytest.mark.parametrize("state", [State.RECEIVED, State.IN_REVIEW])
def test_nothing_is_published_before_it_is_accepted(site, state):
    answer = moderated.received()
    if state != State.RECEIVED:
        moderated.step(answer, state)
    with pytest.raises(workflow.StepError):
        publication.publish(answer, who="x")
    assert not ExperienceReportPage.objects.exists()


def test_a_change_after_the_acceptance_is_read_again_first(site):
    answer = moderated.in_review()
    moderated.step(answer, State.ACCEPTED)
    Answer.objects.filter(pk=answer.pk).update(values=answer.values | {"objectifs": "Autre"})
    answer.refresh_from_db()
    with pytest.raises(publication.NotPublishableError):
        publication.publish(answer, who="x")


def test_every_page_stands_on_an_act_that_accepted_its_answer(site):
    """Walks every page made from an answer, live or not."""
    moderated.published()
    for page in ExperienceReportPage.objects.filter(publication__isnull=False):
        act = page.publication.accepted_by
        assert act.answer_id == page.publication.answer_id
        assert act.after in publication.ACCEPTED


def test_the_database_refuses_a_page_that_nobody_accepted(site):
    answer = moderated.in_review()
    event = answer.events.last()
    page = resource("report", publish=False)
    with pytest.raises(IntegrityError), transaction.atomic():
        Publication.objects.create(answer=answer, accepted_by=event, page=page)
    with pytest.raises(IntegrityError), transaction.atomic():
        Answer.objects.filter(pk=answer.pk).update(state=State.PUBLISHED)


def test_the_log_does_not_change(site):
    answer = moderated.in_review()
    row = ReviewEvent._base_manager.filter(answer=answer)
    for change in ({"who": "Autre"}, {"after": "refused"}, {"why": "Autre raison"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            row.update(**change)
    workflow.forget_words(answer)
    answer.delete()
    assert not row.exists()


def test_the_practice_counts_one_voice_more(site, client):
    practice = resource("practice", "Une lettre claire", code="P03")
    assert client.get(practice.url).context["evidence_label"] == practice.evidence_label(0)
    answer = moderated.in_review()
    Organisation.objects.filter(pk=answer.organisation_id).update(is_example=False)
    moderated.step(answer, State.ACCEPTED)
    moderated.step(answer, State.PUBLISHED)
    page = moderated.page_of(answer)
    shown = client.get(practice.url)
    assert shown.context["evidence_label"] == practice.evidence_label(1)
    assert practice.evidence_label(1) in shown.content.decode()
    assert page.title in shown.content.decode()
    assert "Une lettre claire" in html_of(client, page)
    moderated.step(page.publication.answer, State.WITHDRAWN, "La coopérative le demande.")
    shown = client.get(practice.url)
    assert shown.context["evidence_label"] == practice.evidence_label(0)
    assert page.title not in shown.content.decode()


def test_an_invented_report_is_nobodys_voice(site, client):
    practice = resource("practice", "Une lettre claire", code="P03")
    page = moderated.published()
    assert page.is_example
    shown = client.get(practice.url)
    assert shown.context["evidence_label"] == practice.evidence_label(0)
    assert "exemple inventé" in shown.content.decode()
    assert page.title in shown.content.decode()


def test_sent_again_the_page_stays_as_it_was_accepted(site, client):
    page = moderated.published()
    answer = page.publication.answer
    Answer.objects.filter(pk=answer.pk).update(
        values=answer.values | {"ce_qui_a_marche": "Un orphéon."}
    )
    workflow.move(answer, State.RECEIVED, who=workflow.BY_THE_COOP)
    html = html_of(client, page)
    assert "fredonné" in html
    assert "orphéon" not in html
    for to in (State.IN_REVIEW, State.ACCEPTED, State.PUBLISHED):
        moderated.step(answer, to)
    html = html_of(client, page)
    assert "orphéon" in html
    assert moderated.page_of(answer).pk == page.pk


def test_reports_are_filtered_by_what_they_tell(site, client, django_assert_max_num_queries):
    moderated.published()
    resource("report", "Un autre")
    client.get("/retours/")  # reads what a process reads once
    with django_assert_max_num_queries(15):
        html = client.get("/retours/?slot=fin_journee&venue=autre").content.decode()
    assert "En fin de journée" in html
    assert "1 ressource" in html
    assert client.get("/api/search?practice=P03&region=bretagne").json()["total"] == 1
    assert "Moment de la journée" not in client.get("/ressources/").content.decode()
