"""The read API: its shape, its refusals, and that it agrees with the pages."""

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from resources.facets import FACETS, MOST_VALUES
from resources.types import resource_types

SHAPE = {
    "query", "total", "confident", "suggestion", "definition", "promoted", "beside", "facets",
    "results", "page", "pages",
}  # fmt: skip
RESULT = {
    "id", "external_id", "type", "title", "summary", "url", "year", "language", "highlight",
    "found_in",
}  # fmt: skip


def ask(client, address="", prefix=""):
    response = client.get(f"{prefix}/api/search?{address}")
    assert response.status_code == 200, response.content
    return response.json()


def test_the_answer_has_the_shape_that_is_documented(loaded_site, client):
    response = client.get("/api/search?q=convocation")
    assert response.headers["Content-Type"] == "application/json"
    answer = response.json()
    assert set(answer) == SHAPE
    assert set(answer["facets"]) == set(FACETS)
    assert (answer["query"], answer["page"], answer["confident"]) == ("convocation", 1, True)
    assert answer["total"] >= len(answer["results"]) > 0
    assert set(answer["definition"]) == {"title", "definition", "url"}
    assert len(answer["beside"]) == 2
    for result in (*answer["results"], *answer["promoted"], *answer["beside"]):
        assert set(result) == RESULT
        assert result["found_in"] is None or set(result["found_in"]) == {"title", "url"}
        assert result["url"].startswith("http://testserver/")
        assert result["type"] in resource_types()
    for values in answer["facets"].values():
        for value in values:
            assert set(value) == {"value", "label", "count", "selected"}
            assert value["count"] > 0


def test_no_cookie_and_a_short_life_in_caches(loaded_site, client):
    response = client.get("/api/search?q=vote")
    assert not response.cookies
    assert "max-age" in response.headers["Cache-Control"]


@pytest.mark.parametrize(
    "address",
    ["type=livre", "year=24", "page=0", "page=x", "size=1000", "sort=prix", "language=xx",
     "theme=a%20b", "step=hier", "size=100&page=101"],
)  # fmt: skip
def test_a_bad_value_is_a_problem_that_names_it(loaded_site, client, address):
    response = client.get(f"/api/search?{address}")
    assert response.status_code == 400
    assert response.headers["Content-Type"] == "application/problem+json"
    problem = response.json()
    name = address.rpartition("&")[2].partition("=")[0]
    assert problem["status"] == 400
    assert problem["parameter"] == name
    assert problem["detail"].startswith(f"{name}: expected")
    assert [error["parameter"] for error in problem["errors"]] == [name]


@pytest.mark.parametrize("many", [MOST_VALUES + 1, 900])
def test_too_many_values_are_refused_and_the_page_does_without_them(loaded_site, client, many):
    address = "&".join(f"theme=t{number}" for number in range(many))
    assert client.get(f"/api/search?{address}").status_code == 400
    assert client.get(f"/ressources/?{address}").status_code == 200


def test_every_problem_is_listed(loaded_site, client):
    problem = client.get("/api/search?type=livre&year=1&sort=prix").json()
    assert {error["parameter"] for error in problem["errors"]} == {"type", "year", "sort"}


def test_unknown_and_repeated_parameters_follow_the_rule(loaded_site, client):
    assert ask(client, "q=vote&couleur=bleu&utm_source=x") == ask(client, "q=vote")
    assert ask(client, "q=quorum&q=vote") == ask(client, "q=vote")
    both = ask(client, "type=video&type=kit")["total"]
    assert both == ask(client, "type=video")["total"] + ask(client, "type=kit")["total"]


@pytest.mark.parametrize(
    "address", ["/api/search", "/en/api/search", "/api/suggest", "/api/openapi.json"]
)
def test_only_reading_is_allowed_and_the_refusal_is_a_problem(loaded_site, address):
    client = Client(enforce_csrf_checks=True)
    for method in ("post", "put", "patch", "delete", "options"):
        refused = getattr(client, method)(f"{address}?q=vote")
        assert refused.status_code == 405, method
        assert refused.headers["Content-Type"] == "application/problem+json"
        assert refused.headers["Allow"] == "GET, HEAD"
        assert refused.json()["status"] == 405
    read = client.head(f"{address}?q=vote")
    assert (read.status_code, read.content) == (200, b"")


def test_pages_follow_each_other_without_gap_or_repetition(loaded_site, client):
    whole = [item["id"] for item in ask(client, "size=100&sort=alpha")["results"]]
    pages = ask(client, "size=7&sort=alpha")["pages"]
    parts = [
        item["id"]
        for page in range(1, pages + 1)
        for item in ask(client, f"size=7&sort=alpha&page={page}")["results"]
    ]
    assert parts[:100] == whole
    assert len(parts) == len(set(parts)) == ask(client)["total"]
    assert ask(client, f"size=7&page={pages + 1}")["results"] == []


def test_both_languages_answer(loaded_site, client):
    english = ask(client, "q=quorum", prefix="/en")
    assert any(item["language"] == "en" for item in english["results"])
    french = ask(client, "q=quorum")
    assert all(item["language"] == "fr" for item in french["results"])
    labels = {v["value"]: v["label"] for v in english["facets"]["step"]}
    assert labels != {v["value"]: v["label"] for v in french["facets"]["step"]}


@pytest.mark.parametrize(
    "text",
    ["\x00", "'", '"', "((((", "*", "NEAR(a b)", "a AND OR NOT", "%", "\\", "a" * 10_000,
     "mot " * 500, "\ud800", "<script>", "é\u0301" * 300, "-", "title:vote", "🎉"],
)  # fmt: skip
def test_any_query_is_safe(loaded_site, client, text):
    response = client.get("/api/search", {"q": text.encode("utf-8", "surrogatepass")})
    assert response.status_code == 200
    assert not any("<script>" in item["highlight"] for item in response.json()["results"])
    page = client.get("/ressources/", {"q": text.encode("utf-8", "surrogatepass")})
    assert page.status_code == 200
    assert b"<script>" not in page.content


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.text(max_size=80))
def test_any_text_gets_an_answer(loaded_site, text):
    response = Client().get("/api/search", {"q": text.encode("utf-8", "replace")})
    assert response.status_code == 200
