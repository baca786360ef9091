"""The description of the API for programs: OpenAPI 3.1, kept by hand; see ``docs/api.md``.

A test compares it with what is accepted and with what is answered.
"""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, JsonResponse

from hub.core.languages import ContentLanguage
from hub.core.problems import read_only
from resources.facets import (
    DEFAULT_SIZE,
    FACETS,
    LARGEST_SIZE,
    LAST_RESULT,
    LONGEST_VALUE,
    MOST_VALUES,
    SORTS,
)
from resources.types import resource_types
from resources.vocabulary import Step, Use

Schema = dict[str, Any]
SUGGESTION_KINDS = ("term", "page", "query")


@read_only
def openapi_json(request: HttpRequest) -> JsonResponse:
    """One description for both languages: the server says which one answers."""
    response = JsonResponse(description(), json_dumps_params={"ensure_ascii": False, "indent": 1})
    response.headers["Cache-Control"] = "public, max-age=3600"
    return response


def description() -> Schema:
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "La vie coopérative: search API",
            "version": "1",
            "description": "Reads the library. No key, no cookie; any site may ask.",
        },
        "servers": [
            {"url": settings.BASE_URL, "description": "Answers in French"},
            {"url": f"{settings.BASE_URL}/en", "description": "Answers in English"},
        ],
        "paths": {
            "/api/search": {"get": _search()},
            "/api/suggest": {"get": _suggest()},
        },
        "components": {"schemas": _schemas(), "headers": _headers()},
    }


# -- What may be asked ---------------------------------------------------------------------------


def _search() -> Schema:
    return {
        "operationId": "search",
        "summary": "Search and browse the library, with exact facet counts",
        "parameters": [
            _parameter("q", "Words; quotes ask for the exact ones", {"type": "string"}),
            *(_facet(name) for name in FACETS),
            _parameter("sort", "Order of the results", {"type": "string", "enum": list(SORTS)}),
            _parameter(
                "page",
                f"Page of results; none beyond the result {LAST_RESULT}",
                {"type": "integer", "minimum": 1, "maximum": LAST_RESULT, "default": 1},
            ),
            _parameter(
                "size",
                "Results a page",
                {"type": "integer", "minimum": 1, "maximum": LARGEST_SIZE, "default": DEFAULT_SIZE},
            ),
        ],
        "responses": {
            "200": _answer("The results", "SearchAnswer"),
            "400": _answer("A value that cannot be read", "BadParameter", problem=True),
            "429": _too_many(),
        },
    }


def _suggest() -> Schema:
    return {
        "operationId": "suggest",
        "summary": "What a reader may mean who has typed this",
        "parameters": [_parameter("q", "What is typed so far", {"type": "string"})],
        "responses": {
            "200": _answer("The suggestions, best first", "Suggestions"),
            "429": _too_many(),
        },
    }


def _parameter(name: str, text: str, schema: Schema) -> Schema:
    return {"name": name, "in": "query", "description": text, "schema": schema}


def _facet(name: str) -> Schema:
    schema = {"type": "array", "items": _facet_value(name), "maxItems": MOST_VALUES}
    text = f"Filter; several values add up, {MOST_VALUES} in all with the other filters"
    return {**_parameter(name, text, schema), "style": "form", "explode": True}


def _facet_value(name: str) -> Schema:
    closed = {
        "type": list(resource_types()),
        "step": Step.values,
        "language": ContentLanguage.values,
        "use": Use.values,
    }
    if name in closed:
        return {"type": "string", "enum": closed[name]}
    if name == "year":
        return {"type": "string", "pattern": "^[0-9]{4}$"}
    return {"type": "string", "maxLength": LONGEST_VALUE}


# -- What is answered ----------------------------------------------------------------------------


def _answer(text: str, schema: str, *, problem: bool = False) -> Schema:
    kind = "application/problem+json" if problem else "application/json"
    return {
        "description": text,
        "headers": _named("headers", "RateLimit", "RateLimit-Policy"),
        "content": {kind: {"schema": {"$ref": f"#/components/schemas/{schema}"}}},
    }


def _too_many() -> Schema:
    answer = _answer("Too many requests from this address", "TooManyRequests", problem=True)
    return {**answer, "headers": answer["headers"] | _named("headers", "Retry-After")}


def _named(kind: str, *names: str) -> Schema:
    return {name: {"$ref": f"#/components/{kind}/{name}"} for name in names}


def _headers() -> Schema:
    return {
        "RateLimit": {
            "description": 'What is left, as in "search";r=59;t=1: requests, then seconds until'
            " all are given back (IETF draft)",
            "schema": {"type": "string"},
        },
        "RateLimit-Policy": {
            "description": 'The limit, as in "search";q=60;w=12: requests at once, then seconds'
            " until all are given back (IETF draft)",
            "schema": {"type": "string"},
        },
        "Retry-After": {
            "description": "Seconds to wait",
            "schema": {"type": "integer", "minimum": 1},
        },
    }


TEXT: Schema = {"type": "string"}
MAYBE_TEXT: Schema = {"type": ["string", "null"]}
COUNT: Schema = {"type": "integer", "minimum": 0}
ADDRESS: Schema = {"type": "string", "format": "uri"}


def _schemas() -> Schema:
    return {
        "SearchAnswer": _search_answer(),
        "FacetValue": _object(
            {"value": TEXT, "label": TEXT, "count": COUNT, "selected": {"type": "boolean"}}
        ),
        "Result": _result(),
        "Suggestions": _object({"suggestions": _list_of("Suggestion")}),
        "Suggestion": _object(
            {"text": TEXT, "kind": {"enum": list(SUGGESTION_KINDS)}, "url": ADDRESS},
            maybe={"type": _facet_value("type"), "type_label": TEXT, "language": TEXT},
        ),
        "BadParameter": _problem(
            400, {"parameter": TEXT, "errors": {**_list_of("Fault"), "minItems": 1}}
        ),
        "Fault": _object({"parameter": TEXT, "value": TEXT, "reason": TEXT}),
        "TooManyRequests": _problem(429, {"retry_after": {"type": "integer", "minimum": 1}}),
    }


def _search_answer() -> Schema:
    facets = {name: _list_of("FacetValue") for name in FACETS}
    return _object(
        {
            "query": TEXT,
            "total": COUNT,
            "confident": {"type": "boolean"},
            "suggestion": MAYBE_TEXT,
            "facets": _object(facets),
            "definition": {
                "description": "What the words asked for mean; on the first page only",
                "oneOf": [
                    _object({"title": TEXT, "definition": TEXT, "url": ADDRESS}),
                    {"type": "null"},
                ],
            },
            "promoted": {
                **_list_of("Result"),
                "description": "Recommended for these words; counted nowhere",
            },
            "beside": {**_list_of("Result"), "description": "Kits and journeys that go with it"},
            "results": _list_of("Result"),
            "page": {"type": "integer", "minimum": 1},
            "pages": {"type": "integer", "minimum": 1},
        }
    )


def _result() -> Schema:
    return _object(
        {
            "id": {"type": "integer"},
            "external_id": MAYBE_TEXT,
            "type": _facet_value("type"),
            "title": TEXT,
            "summary": TEXT,
            "url": ADDRESS,
            "year": {"type": ["integer", "null"]},
            "language": {"enum": ContentLanguage.values},
            "highlight": {**TEXT, "description": "Safe HTML: escaped text and <mark>"},
            "found_in": {
                "description": "The place in the resource where the words stand",
                "oneOf": [_object({"title": TEXT, "url": ADDRESS}), {"type": "null"}],
            },
        }
    )


def _problem(status: int, more: Schema) -> Schema:
    """RFC 9457."""
    shared = {"type": TEXT, "title": TEXT, "status": {"const": status}, "detail": TEXT}
    return _object(shared | more)


def _object(properties: Schema, *, maybe: Schema | None = None) -> Schema:
    """Every property is always there, except those that may be; others may be added one day."""
    every = properties | (maybe or {})
    return {"type": "object", "properties": every, "required": list(properties)}


def _list_of(name: str) -> Schema:
    return {"type": "array", "items": {"$ref": f"#/components/schemas/{name}"}}
