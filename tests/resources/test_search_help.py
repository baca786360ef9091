"""When nothing is found, or nothing sure: what was understood, what each filter hides, where to go."""

import random
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext

from hub.core.models import FederationSettings
from resources.facets import FACETS
from resources.models import GlossaryTermPage
from tests.factories import resource

WORDS = [
    "quorum",
    "convocation",
    "vote à distance",
    '"ordre du jour"',
    "chauffage",
    "xyzzyxyzzy",
    "",
]
BUDGET = 15


def helped(client, query="", address="/ressources/", **filters):
    return client.get(address, {"q": query, **filters}).context["help"]


def near(client, query, **options):
    return [card.title for card in helped(client, query, **options)["near"]]


def total(client, address):
    return client.get(address).context["total"]


# -- The filters -----------------------------------------------------------------------------------
def test_each_filter_says_how_many_results_there_are_without_it(loaded_site, client):
    drops = helped(client, "quorum", type="video", step="apres")["drops"]
    told = {drop["label"]: drop["count"] for drop in drops}
    assert told == {
        "": total(client, "/ressources/?q=quorum"),
        "Vidéo": total(client, "/ressources/?q=quorum&step=apres"),
        "Après l’AG": total(client, "/ressources/?q=quorum&type=video"),
    }
    assert [drop["count"] for drop in drops] == sorted(told.values(), reverse=True)


def values(client):
    facets = client.get("/api/search").json()["facets"]
    return {name: [value["value"] for value in facets[name]] for name in FACETS}


@pytest.mark.parametrize("address", ["/ressources/", "/documents/", "/en/resources/"])
def test_every_count_is_the_number_of_results_after_the_click(loaded_site, client, address):
    chance, known, tried = random.Random(address), values(client), 0
    for _try in range(60):
        names = chance.sample(FACETS[1:] if address == "/documents/" else FACETS, k=3)
        filters = {name: chance.sample(known[name], k=min(2, len(known[name]))) for name in names}
        response = client.get(address, {"q": chance.choice(WORDS), **filters})
        help_ = response.context["help"]
        for drop in help_["drops"] if help_ else ():
            tried += 1
            assert drop["count"] == total(client, drop["url"]), (filters, drop)
    assert tried > 20


def test_a_filter_that_hides_nothing_is_shown_without_a_link(loaded_site, client):
    text = client.get("/ressources/?q=quorum&type=video&step=apres").content.decode()
    assert '<span class="drop">' in text
    assert text.count('<a class="drop"') == 2


def test_when_no_filter_has_a_part_in_it_the_page_says_so(loaded_site, client):
    response = client.get("/ressources/?q=xyzzyxyzzy&type=video&step=avant")
    assert response.context["help"]["drops"] == []
    assert "Les filtres n’y sont pour rien" in response.content.decode()
    plain = client.get("/ressources/?q=xyzzyxyzzy").content.decode()
    assert "Les filtres n’y sont pour rien" not in plain


# -- What was understood -------------------------------------------------------------------------
def test_the_words_kept_and_the_type_asked_for_are_told(loaded_site, client):
    told = helped(client, "vidéo sur le zorglub")
    assert told["words"] == ("zorglub",)
    assert told["types"] == ["Vidéo"]
    text = client.get("/ressources/", {"q": "vidéo sur le zorglub"}).content.decode()
    assert "Nous avons cherché" in text
    assert "type de ressource" in text


def test_a_correction_leads_out_of_the_filters_that_leave_nothing_of_it(loaded_site, client):
    response = client.get("/ressources/?q=quorrum&type=video&step=apres")
    assert response.context["total"] == 0
    suggestion = response.context["suggestion"]
    assert suggestion["text"] == "quorum"
    assert parse_qs(urlsplit(suggestion["url"]).query) == {"q": ["quorum"]}
    kept = client.get("/ressources/?q=quorrum&type=document").context["suggestion"]["url"]
    assert parse_qs(urlsplit(kept).query) == {"q": ["quorum"], "type": ["document"]}


# -- Near words ------------------------------------------------------------------------------------
def test_words_of_the_glossary_that_come_near_are_offered(loaded_site, client):
    assert near(client, "kworum") == ["Quorum"]
    assert near(client, "quorum", type="video", step="apres")[0] == "Quorum"
    assert near(client, "kworum", address="/en/resources/") == ["Quorum"]
    assert near(client, "xyzzyxyzzy") == []


def test_a_near_word_comes_with_its_definition(loaded_site, client):
    term = GlossaryTermPage.objects.get(title="Quorum", locale__language_code="fr")
    response = client.get("/ressources/?q=kworum")
    [card] = response.context["help"]["near"]
    assert (card.url, card.definition) == (term.url, term.plain_definition)
    assert term.plain_definition in response.content.decode()


def test_a_word_that_nobody_may_read_any_more_is_not_offered(loaded_site, client):
    term = resource("glossary", "Toile", plain_definition="Elle rebondit.", variants="trampoline")
    assert near(client, "trempauline") == ["Toile"]
    term.unpublish()
    assert near(client, "trempauline") == []


# -- The rest --------------------------------------------------------------------------------------
def test_an_answer_that_is_sure_needs_no_help(loaded_site, client):
    for address in ("/ressources/", "/ressources/?q=quorum", "/ressources/?type=practice"):
        assert client.get(address).context["help"] is None


def test_an_answer_that_is_not_sure_shows_its_results_and_the_help(loaded_site, client):
    response = client.get("/ressources/?q=chauffage")
    text = response.content.decode()
    assert response.context["cards"]
    assert response.context["help"]["popular"] == []
    for words in (
        "Ces résultats sont incertains",
        "Nous avons cherché",
        "Demander à la fédération",
    ):
        assert words in text


def test_the_federation_can_be_asked_by_its_page_and_by_mail(loaded_site, client):
    text = client.get("/ressources/?q=xyzzyxyzzy").content.decode()
    assert 'href="/contact/"' in text
    assert 'href="mailto:contact@vie-coop.example?subject=xyzzyxyzzy"' in text
    assert 'href="/en/contact/"' in client.get("/en/resources/?q=xyzzyxyzzy").content.decode()
    federation = FederationSettings.load()
    federation.contact_email = ""
    federation.save()
    assert "mailto:" not in client.get("/ressources/?q=xyzzyxyzzy").content.decode()


def test_resources_to_begin_with_are_offered(loaded_site, client):
    popular = helped(client, "xyzzyxyzzy")["popular"]
    assert {card.type for card in popular} <= {"kit", "guide", "journey"}
    assert len(popular) == 3


@pytest.mark.parametrize(
    "address",
    [
        "?q=quorum",
        "?q=quorrum",
        "?q=chauffage",
        "?q=kworum",
        "?q=xyzzyxyzzy&type=video&step=avant",
        "?q=quorum&type=video&step=apres",
        "?q=quorrum&type=video&step=apres",
        "?type=video&step=apres",
    ],
)
def test_the_help_stays_within_the_budget_of_the_page(loaded_site, client, address):
    for prefix, more in (("/ressources/", 0), ("/en/resources/", 1)):
        client.get(prefix + address)  # what a process learns once is not the cost of a page
        with CaptureQueriesContext(connections["default"]) as captured:
            client.get(prefix + address)
        assert len(captured) <= BUDGET + more, [query["sql"][:90] for query in captured]
