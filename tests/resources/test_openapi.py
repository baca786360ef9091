"""The description of the API says what is accepted and what is answered: no more, no less."""

import re

import pytest
from django.conf import settings
from django.test import Client
from django.utils.translation import override
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, FormatChecker

from hub.core.languages import ContentLanguage
from hub.settings.public_api import rate_limits
from resources.facets import FACETS, SORTS, parse
from resources.openapi import SUGGESTION_KINDS, description
from resources.types import resource_types
from resources.vocabulary import Step, Use
from search.suggestions import Kind
from tests.security.addresses import patterns

pytestmark = pytest.mark.django_db
ASKED = {
    "/api/search": [
        "", "q=quorum", "q=vote&type=video&type=kit", "q=xyzzyxyzzy", "q=convocaton",
        "type=guide&step=avant&step=pendant&language=fr", "year=2025&sort=alpha", "sort=recent",
        "size=1&page=3", "size=100", "page=500", "theme=rien", "organisation=rien&format=pdf",
        "use=seance", "q=%00%ff", "couleur=bleu", "q=%22conseil+d%27administration%22",
        "page=0", "page=x&size=1000&sort=prix", "type=livre&year=24", "language=xx&use=y",
        "theme=" + "a" * 200, "&".join(f"theme=t{n}" for n in range(40)),
    ],
    "/api/suggest": ["q=quo", "q=", "", "q=convocaton", "q=xyzzyxyzzy", "q=%00"],
}  # fmt: skip


def routed():
    """The addresses of the API that anybody may read."""
    with override("fr"):
        found = {f"/{pattern}" for pattern in patterns()}
    readable = {path for path in found if re.match(settings.CORS_URLS_REGEX, path)}
    return readable - {"/api/openapi.json"}


def strict(schema):
    """The same schema, when nothing may be answered that it does not name."""
    if isinstance(schema, list):
        return [strict(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    own = {"additionalProperties": False} if schema.get("type") == "object" else {}
    return {name: strict(part) for name, part in schema.items()} | own


def checked(path, response):
    """Hold an answer against what its address says of it; return what was answered."""
    whole = strict(description())
    documented = whole["paths"][path]["get"]["responses"][str(response.status_code)]
    kind = response.headers["Content-Type"].partition(";")[0]
    schema = documented["content"][kind]["schema"]
    answer = response.json()
    Draft202012Validator(
        {**schema, "components": whole["components"]}, format_checker=FormatChecker()
    ).validate(answer)
    return answer


def parameters(path="/api/search"):
    return {p["name"]: p["schema"] for p in description()["paths"][path]["get"]["parameters"]}


def values(name):
    """The values that the description allows for a parameter."""
    schema = parameters()[name]
    return schema.get("items", schema)["enum"]


def test_it_is_published_once_for_both_languages(loaded_site, client):
    response = client.get("/api/openapi.json")
    assert response.headers["Content-Type"] == "application/json"
    assert response.headers["Cache-Control"] == "public, max-age=3600"
    assert response.json() == description()
    assert response.json()["openapi"].startswith("3.1.")
    servers = [server["url"] for server in description()["servers"]]
    assert len(servers) == 2
    assert servers[1] == f"{servers[0]}/en"
    assert client.get("/en/api/openapi.json").status_code == 404


def test_its_schemas_are_schemas():
    schemas = description()["components"]["schemas"]
    for schema in [*schemas.values(), *parameters().values()]:
        Draft202012Validator.check_schema(schema)


def test_every_address_of_the_api_is_described():
    assert routed() == set(description()["paths"]) == set(ASKED)


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_real_answers_are_as_described(loaded_site, client, prefix):
    statuses = set()
    for path in routed():
        for query in ASKED[path]:
            response = client.get(f"{prefix}{path}?{query}")
            checked(path, response)
            statuses.add(response.status_code)
    assert statuses == {200, 400}


def test_the_answer_to_a_request_too_many_is_as_described(loaded_site, settings):
    settings.RATE_LIMITS = {
        name: row | {"burst": 1, "requests": 1, "seconds": 3600}
        for name, row in rate_limits(1).items()
    }
    visitor = Client()
    first, second = (visitor.get("/api/search") for _request in range(2))
    assert checked("/api/search", second)["retry_after"] == int(second.headers["Retry-After"])
    documented = description()["paths"]["/api/search"]["get"]["responses"]
    assert set(documented["200"]["headers"]) <= set(first.headers)
    assert set(documented["429"]["headers"]) <= set(second.headers)


class Reader:
    """Notes which parameters are looked at."""

    def __init__(self):
        self.names = set()

    def getlist(self, name):
        self.names.add(name)
        return []


def test_what_is_read_is_described_and_what_is_described_is_read():
    reader = Reader()
    parse(reader)
    assert set(parameters()) == reader.names


def test_the_values_described_are_those_of_the_house():
    assert values("type") == list(resource_types())
    assert values("step") == Step.values
    assert values("language") == ContentLanguage.values
    assert values("use") == Use.values
    assert values("sort") == list(SORTS)
    assert set(FACETS) < set(parameters())
    assert set(SUGGESTION_KINDS) == {kind.value for kind in Kind}


@pytest.mark.parametrize("name", ["type", "step", "language", "use", "sort"])
def test_every_value_described_is_accepted_and_no_other(loaded_site, client, name):
    for value in values(name):
        assert client.get("/api/search", {name: value}).status_code == 200, value
    assert client.get("/api/search", {name: "autre"}).status_code == 400


@pytest.mark.parametrize("name", ["page", "size"])
def test_the_bounds_described_are_those_that_hold(loaded_site, client, name):
    bounds = parameters()[name]
    other = {"page": {"size": 1}, "size": {}}[name]
    codes = [
        client.get("/api/search", {name: value, **other}).status_code
        for value in (bounds["minimum"], bounds["maximum"])
    ]
    assert codes == [200, 200]
    for value in (bounds["minimum"] - 1, bounds["maximum"] + 1):
        assert client.get("/api/search", {name: value, **other}).status_code == 400


def test_the_number_of_values_described_is_the_one_that_holds(loaded_site, client):
    most = parameters()["theme"]["maxItems"]
    themes = [f"t{number}" for number in range(most + 1)]
    assert client.get("/api/search", {"theme": themes[:most]}).status_code == 200
    assert client.get("/api/search", {"theme": themes}).status_code == 400


def test_suggestions_are_described_and_may_say_more():
    whole = description()
    schema = {
        "$ref": "#/components/schemas/Suggestions",
        "components": whole["components"],
    }
    validator = Draft202012Validator(schema)
    good = {"text": "Quorum", "kind": "term", "url": "http://127.0.0.1/glossaire/quorum/"}
    validator.validate({"suggestions": [good, {**good, "kind": "page", "other": 1}]})
    assert not validator.is_valid({"suggestions": [{**good, "kind": "other"}]})
    assert not validator.is_valid({"suggestions": [{"text": "Quorum", "kind": "term"}]})


ANYTHING = st.dictionaries(
    st.sampled_from([*FACETS, "q", "sort", "page", "size", "other"]),
    st.lists(st.text(max_size=20), max_size=3),
    max_size=5,
)


@examples(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(ANYTHING)
def test_whatever_is_asked_the_answer_is_as_described(loaded_site, asked):
    encoded = {
        name: [text.encode("utf-8", "replace") for text in texts] for name, texts in asked.items()
    }
    checked("/api/search", Client().get("/api/search", encoded))
