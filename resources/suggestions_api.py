"""The suggestions that a search box shows while a reader types, as JSON."""

from urllib.parse import urlencode

from django.http import HttpRequest, JsonResponse

from hub.core.languages import current_language
from hub.core.problems import read_only
from hub.core.surroundings import surroundings
from resources.answers import DEFINING
from resources.types import resource_types
from search.suggestions import Kind, Suggestion, suggest


@read_only
def suggest_api(request: HttpRequest) -> JsonResponse:
    """Answer ``GET /api/suggest``; see ``docs/api.md``. Whatever is typed, there is a list."""
    typed = request.GET.get("q", "")
    found = suggest(typed, current_language(), defining=DEFINING)
    told = [_line(suggestion, request) for suggestion in found]
    response = JsonResponse(
        {"suggestions": [line for line in told if line]},
        json_dumps_params={"ensure_ascii": False},
    )
    response.headers["Cache-Control"] = "public, max-age=60"
    return response


def _line(suggestion: Suggestion, request: HttpRequest) -> dict[str, str] | None:
    """A suggestion with the address it leads to; None when it has none."""
    line = {"text": suggestion.text, "kind": suggestion.kind.value}
    document = suggestion.document
    if suggestion.kind is Kind.QUERY or document is None:
        library = _library_url()
        query = urlencode({"q": suggestion.text})
        return line | {"url": request.build_absolute_uri(f"{library}?{query}")} if library else None
    model = resource_types().get(document.type)
    return line | {
        "url": request.build_absolute_uri(document.url),
        "type": document.type,
        "type_label": str(model.type_label) if model else document.type,
        "language": document.locale,
    }


def _library_url() -> str:
    pages = surroundings().places["library"]
    return pages[0].get_url() or "" if pages else ""
