"""What the search boxes ask while a reader types: its shape, its bounds, and what it never says."""

import pytest
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wagtail.models import PageViewRestriction

from resources.types import resource_types
from tests.factories import resource

BASE = "http://testserver"
PAGE = {"text", "kind", "url", "type", "type_label", "language"}
BUDGET = 8


def ask(client, text, prefix=""):
    response = client.get(f"{prefix}/api/suggest", {"q": text})
    assert response.status_code == 200, response.content
    assert set(response.json()) == {"suggestions"}
    return response.json()["suggestions"]


def test_a_word_of_the_glossary_comes_before_titles(loaded_site, client):
    found = ask(client, "convoc")
    assert found[0] == {
        "text": "Convocation",
        "kind": "term",
        "url": f"{BASE}/glossaire/convocation/",
        "type": "glossary",
        "type_label": "Glossaire",
        "language": "fr",
    }
    pages = [line for line in found if line["kind"] == "page"]
    assert found == [found[0], *pages]
    assert len(pages) > 2
    for line in pages:
        assert set(line) == PAGE
        assert line["type_label"] == str(resource_types()[line["type"]].type_label)
        assert client.get(line["url"]).status_code == 200


def test_a_slip_of_the_keys_is_corrected_first(loaded_site, client):
    first = ask(client, "convocaton")[0]
    assert first == {
        "text": "convocation",
        "kind": "query",
        "url": f"{BASE}/ressources/?q=convocation",
    }
    assert client.get(first["url"]).context["total"] > 0


def test_the_english_site_is_suggested_english_pages(loaded_site, client):
    found = ask(client, "quor", prefix="/en")
    assert found[0]["url"] == f"{BASE}/en/glossary/quorum/"
    assert found[0]["type_label"] == "Glossary"
    corrected = ask(client, "quorrum", prefix="/en")[0]
    assert corrected["url"] == f"{BASE}/en/resources/?q=quorum"


@pytest.mark.parametrize("text", ["", " ", "q", "  q  ", "\u200b", "\x00\x00"])
def test_nothing_is_suggested_under_two_characters(loaded_site, client, text):
    assert ask(client, text) == []


def test_there_are_ten_suggestions_at_most(loaded_site, client):
    for text in ("ag", "as", "co", "vi", "le", "assemblée", "convoc"):
        assert len(ask(client, text)) <= 10, text


def test_only_reading_is_allowed_and_an_answer_is_kept_for_a_minute(loaded_site, client):
    response = client.get("/api/suggest?q=vote")
    assert response.headers["Content-Type"] == "application/json"
    assert response.headers["Cache-Control"] == "public, max-age=60"
    assert not response.cookies
    assert client.head("/api/suggest?q=vote").status_code == 200
    assert Client().post("/api/suggest", {"q": "vote"}).status_code == 405
    assert client.get("/api/suggest").json() == {"suggestions": []}


def test_the_last_of_several_words_counts(loaded_site, client):
    assert client.get("/api/suggest?q=vote&q=quor").json()["suggestions"] == ask(client, "quor")


@pytest.mark.parametrize("text", ["quor", "convocaton", "assemblee generale", "asemblée généralle"])
def test_a_suggestion_costs_eight_queries_at_most(loaded_site, client, text):
    ask(client, text)  # what a process learns once is not the cost of an answer
    with CaptureQueriesContext(connections["default"]) as captured:
        ask(client, text)
    assert len(captured) <= BUDGET, [query["sql"][:90] for query in captured]


@pytest.mark.parametrize(
    "text",
    ["\x00", "''", '""', "((((", "**", "NEAR(a b)", "a AND OR NOT", "%%", "\\\\", "a" * 10_000,
     "mot " * 500, "<script>", "é\u0301" * 300, "--", "title:vote", "🎉🎉", "\u202equorum"],
)  # fmt: skip
def test_any_text_gets_a_list(loaded_site, client, text):
    for line in ask(client, text):
        assert len(line["text"]) <= 255
        assert line["url"].startswith(f"{BASE}/")


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.text(max_size=80))
def test_any_unicode_gets_a_list(loaded_site, text):
    response = Client().get("/api/suggest", {"q": text.encode("utf-8", "replace")})
    assert response.status_code == 200
    assert len(response.json()["suggestions"]) <= 10


def test_a_page_is_suggested_while_everybody_may_read_it(loaded_site, client):
    page = resource("guide", "Trampoline pour tous")
    assert [line["text"] for line in ask(client, "trampol")] == ["Trampoline pour tous"]
    restriction = PageViewRestriction.objects.create(page=page, restriction_type="login")
    assert ask(client, "trampol") == []
    restriction.delete()
    assert ask(client, "trampol")
    page.unpublish()
    assert ask(client, "trampol") == []
    assert ask(client, "trampolinne") == []


def test_a_title_is_told_as_it_was_written(loaded_site, client):
    title = "<img src=x onerror=alert(1)> & « Trampoline »"
    resource("guide", title)
    assert [line["text"] for line in ask(client, "trampol")] == [title]


def test_without_a_library_no_query_is_suggested(loaded_site, client):
    resource("guide", "Trampoline pour tous")
    loaded_site.home.get_children().get(slug="ressources").unpublish()
    found = ask(client, "tranpoline")
    assert [line["kind"] for line in found] == ["page"]
