"""A synthesis built again: figures follow, the words of the editor stay, quotes may be taken back."""

import json

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Revision

from resources.reports import workflow
from resources.reports.models import Answer, SynthesisPage
from resources.reports.synthesis.building import NothingToTellError, address_of, build, synthesis_of
from tests import campaigns
from tests.syntheses import (
    SHAPE,
    STORY,
    answered,
    body_of,
    eight_answers,
    part,
    published,
    remove,
    rewrite,
)


@pytest.fixture
def campaign(site):
    return eight_answers()


def test_a_sentence_that_was_left_alone_follows_the_figures(campaign):
    build(campaign)
    assert "8 coopératives sur 8" in part(synthesis_of(campaign), "creneau.phrase").value["text"]
    for number in range(8, 14):
        answered(campaign, number, "matin")
    build(campaign)
    page = synthesis_of(campaign)
    assert "8 coopératives sur 14" in part(page, "creneau.phrase").value["text"]
    assert page.proposals == {}


def test_a_sentence_that_was_rewritten_stays_and_the_new_one_is_proposed(campaign, admin_client):
    build(campaign)
    rewrite(synthesis_of(campaign), "creneau.phrase", "Tous le soir, et c’est tant mieux.")
    answered(campaign, 8)
    build(campaign)
    build(campaign)
    page = synthesis_of(campaign)
    assert part(page, "creneau.phrase").value["text"] == "Tous le soir, et c’est tant mieux."
    assert "9 coopératives sur 9" in page.proposals["creneau.phrase"]
    form = admin_client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    assert "9 coopératives sur 9" in form


def test_what_was_removed_does_not_come_back_and_what_was_added_stays(campaign):
    build(campaign)
    page = synthesis_of(campaign)
    remove(page, "creneau.phrase")
    raw = [{"type": "paragraph", "value": "<p>Un mot de la fédération.</p>", "id": "own"}]
    page.parts = page._meta.get_field("parts").to_python(list(page.parts.raw_data) + raw)
    page.save_revision()
    build(campaign)
    page = synthesis_of(campaign)
    assert part(page, "creneau.phrase") is None
    assert page.parts.raw_data[-1]["value"] == "<p>Un mot de la fédération.</p>"


def test_readers_see_the_last_published_build(campaign, client):
    page = published(campaign)
    answered(campaign, 8)
    build(campaign)
    assert "8 coopératives sur 8" in body_of(client, page)


def test_a_quote_goes_as_soon_as_its_co_op_takes_it_back(campaign, client):
    page = published(campaign)
    before = body_of(client, page)
    shown = [n for n in range(8) if STORY.format(n) in before]
    assert len(shown) == 2
    one, other = [Answer.objects.get(organisation__name=f"Les Toits {n}") for n in shown]
    one.values["consent_niveau"] = "federation"
    one.save()
    workflow.move(other, "withdrawn", who="test")
    after = body_of(client, page)
    assert not any(STORY.format(n) in after for n in shown)
    assert not any(f"Les Toits {n}" in after for n in shown)
    build(campaign)
    kept = str(synthesis_of(campaign).parts.raw_data[:])
    assert not any(STORY.format(n) in kept for n in shown)
    assert synthesis_of(campaign).built["n"] == 7


def told_in_revisions(page):
    revisions = Revision.page_revisions.filter(object_id=str(page.pk))
    return str([json.loads(revision.content["parts"]) for revision in revisions])


def test_an_answer_that_is_erased_leaves_its_words_in_no_draft_and_in_no_revision(campaign):
    page = published(campaign)
    quote = next(b for b in page.parts if b.block_type == "said")
    quoted = Answer.objects.get(key=quote.value["answer"])
    words = quoted.values["recit"]
    assert words in told_in_revisions(page)
    quoted.delete()
    for one in SynthesisPage.objects.all():
        assert words not in str(list(one.parts.raw_data))
        assert words not in told_in_revisions(one)


def test_the_first_publication_dates_the_synthesis(campaign):
    build(campaign)
    campaign.refresh_from_db()
    assert campaign.synthesis_on is None
    published(campaign)
    campaign.refresh_from_db()
    assert campaign.synthesis_on == timezone.localdate()


def test_the_mail_of_results_has_an_address_to_give(campaign):
    build(campaign)
    assert address_of(campaign, "fr") == ""
    page = published(campaign)
    assert address_of(campaign, "fr") == page.full_url
    assert "/en/" in address_of(campaign, "en")


def test_words_that_the_co_op_never_wrote_are_no_quote(campaign, client):
    page = published(campaign)
    quote = next(b for b in page.parts if b.block_type == "said" and b.value["shown"])
    rewrite(page, quote.value["origin"], "Nous avons invité chacun […] pleine à craquer")
    synthesis_of(campaign).get_latest_revision().publish()
    assert "Nous avons invité chacun […] pleine à craquer" in body_of(client, page)
    rewrite(synthesis_of(campaign), quote.value["origin"], "Nous adorons la fédération.")
    synthesis_of(campaign).get_latest_revision().publish()
    assert "Nous adorons la fédération." not in body_of(client, page)


def test_a_co_op_that_is_not_to_be_named_is_not(site, client):
    made = campaigns.campaign(SHAPE)
    for number in range(6):
        answered(made, number, consent="anonyme", state="anonymised")
    page = published(made)
    body = body_of(client, page)
    assert "Nous avons invité chacun" in body
    assert "Une coopérative" in body
    assert "Les Toits" not in body


def test_quotes_are_found_by_no_search(campaign, client):
    published(campaign)
    for address in ("/api/search?q=craquer", "/ressources/?q=craquer"):
        assert "craquer, num" not in client.get(address).content.decode()


def test_fewer_answers_than_the_limit_make_no_synthesis(site):
    made = campaigns.campaign(SHAPE)
    for number in range(4):
        answered(made, number)
    with pytest.raises(NothingToTellError):
        build(made)
    assert not made.syntheses.exists()
