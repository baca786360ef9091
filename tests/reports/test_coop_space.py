"""« Votre coopérative »: the seasons of one co-op, for whoever holds its link of today."""

import uuid
from types import SimpleNamespace
from urllib.parse import urlsplit

import pytest
from django.test import Client

from resources.reports import erasure, moderation
from resources.reports.access import new_link
from resources.reports.models import Answer
from tests import campaigns
from tests.reports import moderated

pytestmark = pytest.mark.usefixtures("site")
SPACE = "/campagnes/retours-ag-2026/ma-cooperative/"


def invited(organisation, season: int):
    campaign = campaigns.campaign(
        slug=f"retours-ag-{season}", season=season, title_fr=f"Retours AG {season}"
    )
    return campaigns.participant(campaign, organisation)


@pytest.fixture
def coop() -> SimpleNamespace:
    """A co-op with a published answer of last season, invited to this one."""
    organisation = campaigns.coop()
    before = invited(organisation, 2025)
    past = campaigns.answer(before, moderated.STORY)
    moderated.workflow.move(past, Answer.State.RECEIVED, who=moderated.workflow.BY_THE_COOP)
    now = invited(organisation, 2026)
    return SimpleNamespace(organisation=organisation, past=past, now=now)


def page(browser: Client, address: str = SPACE) -> str:
    response = browser.get(address)
    assert response.status_code == 200
    assert "no-store" in response.headers["Cache-Control"]
    return response.content.decode()


def address_of(answer: Answer) -> str:
    return f"{SPACE}{answer.key}/"


def test_whoever_takes_over_reads_what_was_answered_before(coop):
    newcomer = campaigns.holder(coop.now)
    assert SPACE in page(newcomer, "/campagnes/retours-ag-2026/")
    assert address_of(coop.past) in page(newcomer)
    told = page(newcomer, address_of(coop.past))
    assert "la chorale a fredonné" in told
    assert f'href="{SPACE}"' in told


def test_nothing_was_sent_yet(coop):
    coop.past.delete()
    assert "n’a encore envoyé aucune réponse" in page(campaigns.holder(coop.now))


def test_the_answer_of_this_season_stands_there_once_it_is_sent(coop):
    campaigns.answer(coop.now, moderated.STORY)
    browser = campaigns.holder(coop.now)
    assert "/retours-ag-2026/recu/" not in page(browser)
    answer = Answer.objects.get(participant=coop.now)
    moderated.workflow.move(answer, Answer.State.RECEIVED, who=moderated.workflow.BY_THE_COOP)
    assert "/retours-ag-2026/recu/" in page(browser)


def test_the_page_it_became_is_linked_while_it_is_public(coop):
    browser = campaigns.holder(coop.now)
    assert "La page qu’elle est devenue" not in page(browser)
    for state in (Answer.State.IN_REVIEW, Answer.State.ACCEPTED, Answer.State.PUBLISHED):
        moderated.step(coop.past, state)
    report = moderated.page_of(coop.past)
    assert report.get_url() in page(browser)
    moderation.take_step(
        coop.past, Answer.State.WITHDRAWN, moderation.By("Une modératrice"), "Demandé."
    )
    assert report.get_url() not in page(browser)
    assert address_of(coop.past) in page(browser)


def test_another_co_op_a_draft_and_what_is_erased_are_not_there(coop):
    browser = campaigns.holder(coop.now)
    other = invited_elsewhere(coop)
    draft = campaigns.answer(invited(coop.organisation, 2024), moderated.STORY)
    for hidden in (other.key, draft.key, uuid.uuid4()):
        assert browser.get(f"{SPACE}{hidden}/").status_code == 404
        assert str(hidden) not in page(browser)
    erasure.erase(coop.past, who="La coopérative")
    assert browser.get(address_of(coop.past)).status_code == 404
    assert "Retours AG 2025" not in page(browser)


def invited_elsewhere(coop) -> Answer:
    stranger = campaigns.participant(coop.past.campaign, campaigns.coop("Les Toits Verts"))
    answer = campaigns.answer(stranger, moderated.STORY)
    moderated.workflow.move(answer, Answer.State.RECEIVED, who=moderated.workflow.BY_THE_COOP)
    return answer


def test_without_an_invitation_nobody_reads_earlier_seasons(coop):
    """Whoever typed the name of a co-op has not shown to be of that co-op."""
    typed = Answer.objects.create(
        campaign=coop.now.campaign, coop_name="Les Toits Bleus", email="x@coop.example"
    )
    typed.organisation = coop.organisation
    typed.save()
    browser = opened_by(typed)
    assert "Retours AG 2025" not in page(browser)
    assert browser.get(address_of(coop.past)).status_code == 404


def opened_by(answer: Answer) -> Client:
    browser = Client()
    browser.get(urlsplit(new_link(answer=answer)).path)
    return browser


def test_without_a_link_there_is_nothing(coop):
    assert Client().get(SPACE).status_code == 404
    assert Client().get(address_of(coop.past)).status_code == 404


def test_it_costs_as_many_queries_for_three_seasons(coop, django_assert_max_num_queries):
    for season in (2023, 2024):
        past = campaigns.answer(invited(coop.organisation, season), moderated.STORY)
        moderated.workflow.move(past, Answer.State.RECEIVED, who=moderated.workflow.BY_THE_COOP)
    browser = campaigns.holder(coop.now)
    page(browser)
    with django_assert_max_num_queries(8):
        page(browser)
