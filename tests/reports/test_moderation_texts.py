"""The public texts: names replaced from a list, slips corrected, the answer itself untouched."""

import pytest
from django.test import Client
from django.utils.translation import override

from resources.reports.models import Answer
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


def test_names_are_proposed_then_replaced(moderator, client):
    answer = moderated.in_review({"consent_niveau": "anonyme"})
    assert act(moderator, answer, State.ACCEPTED).status_code == 422
    assert moderator.get(url_of(answer, "answer")).context["people"] == []
    page = moderator.get(url_of(answer, "anonymise"))
    assert "Les Toits Bleus → notre coopérative" in page.context["names"]
    rows = {row.text.key: row.value for row in page.context["rows"]}
    assert "notre coopérative, la chorale" in rows["ce_qui_a_marche"]
    names = page.context["names"] + "\nchorale → fanfare\nOuestfalia"
    form = form_of(answer, names=names, apply="1")
    page = moderator.post(url_of(answer, "anonymise"), form)
    rows = {row.field: row.value for row in page.context["rows"]}
    assert "la fanfare" in rows["text-ce_qui_a_marche"]
    answer.refresh_from_db()
    assert answer.public_texts == {}
    done = moderator.post(url_of(answer, "anonymise"), form_of(answer, **rows))
    assert done.status_code == 302
    answer.refresh_from_db()
    assert answer.state == State.ANONYMISED
    assert "Toits Bleus" in answer.values["ce_qui_a_marche"]
    act(moderator, answer, State.PUBLISHED)
    html = client.get(moderated.page_of(answer).url).content.decode()
    assert "la fanfare" in html
    assert "Toits" not in html


def test_people_named_beside_a_co_op_are_pointed_out_until_the_texts_are_corrected(moderator):
    answer = moderated.in_review({"ce_qui_a_marche": "Merci à Fatou Diallo, qui a chanté."})
    page = moderator.get(url_of(answer, "answer"))
    assert page.context["people"] == ["Fatou Diallo"]
    assert "Fatou Diallo. La coopérative a accepté" in page.content.decode()
    texts = {"text-ce_qui_a_marche": "Merci à la personne qui a chanté."}
    moderator.post(url_of(answer, "texts"), form_of(answer, **texts))
    assert moderator.get(url_of(answer, "answer")).context["people"] == []


def test_a_known_name_that_is_left_is_refused_with_its_place(moderator):
    campaigns.coop("Coopérative des Roseaux")
    answer = moderated.in_review()
    texts = {"text-ce_qui_a_marche": "Comme à la cooperative des roseaux, on chante."}
    page = moderator.post(url_of(answer, "anonymise"), form_of(answer, **texts))
    assert page.status_code == 422
    assert "Comme à la cooperative des roseaux" in page.content.decode()
    answer.refresh_from_db()
    assert answer.state == State.IN_REVIEW


def test_a_slip_is_corrected_on_the_page_and_not_in_the_answer(moderator, client):
    page = moderated.published()
    answer = page.publication.answer
    texts = {"text-ce_qui_a_moins_marche": "Le micro crachotait moins."}
    assert moderator.post(url_of(answer, "texts"), form_of(answer, **texts)).status_code == 302
    assert "crachotait moins" in client.get(page.url).content.decode()
    answer.refresh_from_db()
    assert answer.values["ce_qui_a_moins_marche"] == "Le micro crachotait."
    event = answer.events.last()
    assert event.changes["texts"]["ce_qui_a_moins_marche"] == [
        "Le micro crachotait.", "Le micro crachotait moins.",
    ]  # fmt: skip


def test_texts_typed_too_late_are_shown_again(moderator):
    answer = moderated.in_review()
    old = form_of(answer) | {"text-ce_qui_a_marche": "Mon beau texte"}
    moderated.step(answer, State.ACCEPTED)
    late = moderator.post(url_of(answer, "texts"), old)
    assert late.status_code == 409
    assert "Mon beau texte" in late.content.decode()


def test_an_answer_is_feminine_in_french_in_all_its_states():
    with override("fr"):
        labels = {str(label) for label in State.labels}
    assert {"Reçue", "Acceptée", "Acceptée sans les noms", "Refusée", "Publiée", "Retirée"} < labels
