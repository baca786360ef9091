"""What stands above the results: a definition, what the federation recommends, what goes with it."""

from datetime import date, timedelta

import pytest
from django.utils import timezone
from wagtail.models import PageViewRestriction

from resources.models import GlossaryTermPage, KitPage, LegalRecord, Theme, VideoPage
from search.models import PromotedAnswer
from tests.factories import resource

CAUTION = "La fédération n’a pas encore confirmé"


def page_of(client, query, address="/ressources/", **filters):
    return client.get(address, {"q": query, **filters})


def answers(client, query, address="/ressources/", **filters):
    return page_of(client, query, address, **filters).context["answers"]


def defined(client, query, **filters):
    term = answers(client, query, **filters).definition
    return term.title if term else None


@pytest.fixture
def record(loaded_site):
    """The one legal value that the term « Trampoline » quotes."""
    found = LegalRecord.objects.create(
        key="t", title="Hauteur du trampoline", value="2", source="x"
    )
    term = resource("glossary", "Trampoline", plain_definition="Une toile tendue sur un cadre.")
    term.legal_records.set([found])
    term.save_revision().publish()
    return found


# -- The definition ------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("query", "term"),
    [
        ("quorum", "Quorum"),
        ("Le quorum ?", "Quorum"),
        ("c'est quoi le quorum", "Quorum"),
        ("définition de la part sociale", "Part sociale"),
        ("AG", "Assemblée générale"),
        ("procuration", "Pouvoir (procuration)"),
        ("quorrum", "Quorum"),
        ("quorum et majorité", None),
        ("calculer le quorum", None),
        ("vote", None),
    ],
)
def test_a_word_of_the_glossary_is_defined_when_it_is_all_that_is_asked(
    loaded_site, client, query, term
):
    assert defined(client, query) == term


def test_a_theme_is_not_a_word_to_define(loaded_site, client):
    for theme in Theme.objects.all():
        title = defined(client, theme.label_fr)
        known = GlossaryTermPage.objects.filter(title=title).first()
        assert known is None or theme.label_fr.casefold() in {
            name.casefold() for name in (known.title, known.acronym, *known.variant_list)
        }, theme.label_fr


def test_the_definition_is_said_plainly_and_leads_to_the_term(loaded_site, client):
    term = GlossaryTermPage.objects.get(title="Quorum", locale__language_code="fr")
    response = page_of(client, "c'est quoi le quorum")
    assert response.context["answers"].definition.definition == term.plain_definition
    assert response.context["answers"].definition.url == term.url
    text = response.content.decode()
    assert text.index('id="definition"') < text.index("cards--rows")
    answer = client.get("/api/search", {"q": "quorum"}).json()["definition"]
    assert answer == {
        "title": "Quorum",
        "definition": term.plain_definition,
        "url": f"http://testserver{term.url}",
    }
    assert client.get("/api/search", {"q": "vote"}).json()["definition"] is None


def test_the_english_site_defines_in_english(loaded_site, client):
    found = answers(client, "what is a quorum", "/en/resources/").definition
    assert found.url == "/en/glossary/quorum/"
    assert found.definition.startswith("The minimum number")


def test_what_stands_above_is_not_repeated_below_on_that_page(loaded_site, client):
    first = page_of(client, "quorum")
    above = first.context["answers"].told
    listed = [card.page_id for card in first.context["cards"]]
    assert above
    assert above.isdisjoint(listed)
    assert first.context["total"] == len(listed) + len(above)
    assert {item["id"] for item in client.get("/api/search?q=quorum").json()["results"]} == {
        *above,
        *listed,
    }
    assert not answers(client, "quorum", page=2)


def test_a_filter_that_leaves_the_glossary_out_leaves_the_definition_out(loaded_site, client):
    assert defined(client, "quorum", type="document") is None
    assert defined(client, "quorum", type="glossary") == "Quorum"
    assert answers(client, "quorum", "/guides/").definition is None


# -- A legal value is never certain --------------------------------------------------------------
def test_a_definition_says_in_which_state_the_legal_values_it_quotes_are(record, client):
    response = page_of(client, "trampoline")
    [notice] = response.context["answers"].legal
    assert (notice.state, notice.titles, notice.certain) == ("À valider", [record.title], False)
    assert CAUTION in response.content.decode()


def test_the_state_is_that_of_today(record, client):
    record.state, record.checked_on, record.checked_by = "validated", date(2026, 1, 5), "Camille"
    record.next_review = timezone.localdate()
    record.save()
    response = page_of(client, "trampoline")
    assert [n.certain for n in response.context["answers"].legal] == [True]
    assert CAUTION not in response.content.decode()
    record.next_review = timezone.localdate() - timedelta(days=1)
    record.save()
    [notice] = answers(client, "trampoline").legal
    assert (notice.state, notice.certain) == ("À revoir", False)
    record.delete()
    assert answers(client, "trampoline").legal == []
    assert defined(client, "trampoline") == "Trampoline"


def test_a_definition_without_legal_value_says_nothing_of_the_law(loaded_site, client):
    response = page_of(client, "émargement")
    assert response.context["answers"].definition.title == "Émargement"
    assert "definition__legal" not in response.content.decode()


# -- Recommended by the federation ---------------------------------------------------------------
def test_a_recommended_page_stands_on_top_once(loaded_site, client):
    kit = KitPage.objects.get(locale__language_code="fr")
    PromotedAnswer.objects.create(page=kit, queries="convocation\nfaire venir")
    response = page_of(client, "Convocation")
    assert [card.page_id for card in response.context["answers"].promoted] == [kit.pk]
    assert kit.pk not in [card.page_id for card in response.context["answers"].beside]
    assert kit.pk not in [card.page_id for card in response.context["cards"]]
    text = response.content.decode()
    assert text.index("Recommandé par la fédération") < text.index('id="definition"')
    told = client.get("/api/search", {"q": "faire venir"}).json()["promoted"]
    assert [item["id"] for item in told] == [kit.pk]
    assert set(told[0]) == set(client.get("/api/search").json()["results"][0])


def test_a_recommended_page_that_the_filters_leave_out_is_not_shown(loaded_site, client):
    kit = KitPage.objects.get(locale__language_code="fr")
    PromotedAnswer.objects.create(page=kit, queries="convocation")
    assert answers(client, "convocation", type="document").promoted == []
    assert answers(client, "convocation", "/guides/").promoted == []
    assert len(answers(client, "convocation", type=["kit", "guide"]).promoted) == 1


def test_a_recommended_page_that_nobody_may_read_is_not_shown(loaded_site, client):
    page = VideoPage.objects.first()
    PromotedAnswer.objects.create(page=page, queries="convocation")
    assert answers(client, "convocation").promoted
    PageViewRestriction.objects.create(page=page, restriction_type="login")
    assert answers(client, "convocation").promoted == []


def test_a_recommended_page_stands_above_the_help_when_nothing_else_is_found(loaded_site, client):
    kit = KitPage.objects.get(locale__language_code="fr")
    PromotedAnswer.objects.create(page=kit, queries="xyzzyxyzzy")
    response = page_of(client, "xyzzyxyzzy")
    assert len(response.context["answers"].promoted) == 1
    assert response.context["help"]


# -- And also ------------------------------------------------------------------------------------
def test_the_kit_and_the_step_that_fit_stand_beside(loaded_site, client):
    beside = {card.type: card for card in answers(client, "convocation").beside}
    assert set(beside) == {"kit", "journey"}
    step = beside["journey"].found_in
    assert step.title == "Avant · Je comprends ma convocation"
    assert step.url.startswith("/parcours/cooperateur/#")
    assert f'id="{step.url.partition("#")[2]}"' in client.get(step.url).content.decode()
    told = client.get("/api/search", {"q": "convocation"}).json()["beside"]
    assert [item["found_in"]["url"] for item in told] == [
        f"http://testserver{card.found_in.url}" for card in beside.values()
    ]


def test_nothing_stands_beside_a_list_that_nobody_searches(loaded_site, client):
    for filters in ({}, {"type": "kit"}):
        assert not client.get("/ressources/", filters).context["answers"]
