"""The read API of the search: what the library page shows, as JSON."""

from typing import Any

from django.http import HttpRequest, JsonResponse

from hub.core.languages import current_language
from hub.core.problems import problem, read_only
from resources.answers import Answers
from resources.cards import Card
from resources.facets import Selection, parse
from resources.listing import Listing


@read_only
def search_api(request: HttpRequest) -> JsonResponse:
    """Answer ``GET /api/search``; see ``docs/api.md``. A bad value is a 400 that names it."""
    selection = parse(request.GET, current_language())
    if selection.problems:
        return _refusal(selection)
    listing = Listing(selection)
    result = listing.result
    response = JsonResponse(
        {
            "query": selection.query,
            "total": result.total,
            "confident": result.confident,
            "suggestion": result.suggestion or None,
            "facets": {facet["name"]: facet["values"] for facet in listing.facets},
            **_answers(listing.answers, request),
            "results": [_result(card, request) for card in listing.cards],
            "page": selection.page,
            "pages": listing.page_count,
        },
        json_dumps_params={"ensure_ascii": False},
    )
    response.headers["Cache-Control"] = "public, max-age=60"
    return response


def _answers(answers: Answers, request: HttpRequest) -> dict[str, Any]:
    """What the page shows above its list."""
    term = answers.definition
    return {
        "definition": {
            "title": term.title,
            "definition": term.definition,
            "url": request.build_absolute_uri(term.url),
        }
        if term
        else None,
        "promoted": [_result(card, request) for card in answers.promoted],
        "beside": [_result(card, request) for card in answers.beside],
    }


def _result(card: Card, request: HttpRequest) -> dict[str, Any]:
    place = card.found_in
    return {
        "id": card.page_id,
        "external_id": card.external_id or None,
        "type": card.type,
        "title": card.title,
        "summary": card.summary,
        "url": request.build_absolute_uri(card.url),
        "year": card.year,
        "language": card.language,
        "highlight": card.highlight,
        "found_in": {"title": place.title, "url": request.build_absolute_uri(place.url)}
        if place
        else None,
    }


def _refusal(selection: Selection) -> JsonResponse:
    first = selection.problems[0]
    return problem(
        400,
        "Bad parameter",
        f"{first.parameter}: {first.reason}.",
        parameter=first.parameter,
        errors=[
            {"parameter": p.parameter, "value": p.value[:80], "reason": p.reason}
            for p in selection.problems
        ],
    )
