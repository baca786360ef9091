"""Lets a browser keep the search of the site among its own (OpenSearch 1.1)."""

from xml.sax.saxutils import XMLGenerator

from django.http import HttpRequest, HttpResponse
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hub.core.languages import current_language
from resources.following import library_url

TYPE = "application/opensearchdescription+xml"
NAMESPACE = "http://a9.com/-/spec/opensearch/1.1/"


@require_safe
def opensearch_xml(request: HttpRequest) -> HttpResponse:
    """One description for each language: its library, and its feed."""
    response = HttpResponse(content_type=f"{TYPE}; charset=utf-8")
    response.headers["Cache-Control"] = "public, max-age=86400"
    xml = XMLGenerator(response, "utf-8", short_empty_elements=True)
    xml.startDocument()
    xml.startElement("OpenSearchDescription", {"xmlns": NAMESPACE})
    for name, text in _texts().items():
        xml.startElement(name, {})
        xml.characters(text)
        xml.endElement(name)
    icon = {"type": "image/svg+xml"}
    xml.startElement("Image", icon)
    xml.characters(request.build_absolute_uri(static("core/img/icon.svg")))
    xml.endElement("Image")
    for attributes in _addresses(request):
        xml.startElement("Url", attributes)
        xml.endElement("Url")
    xml.endElement("OpenSearchDescription")
    xml.endDocument()
    return response


def _texts() -> dict[str, str]:
    """In the order of the specification; it leaves 16 characters for the first."""
    return {
        "ShortName": _("Co-op life")[:16],
        "Description": _("Resources for the meetings and the life of housing co-operatives."),
        "Language": current_language(),
        "InputEncoding": "UTF-8",
        "OutputEncoding": "UTF-8",
    }


def _addresses(request: HttpRequest) -> list[dict[str, str]]:
    targets = {"text/html": library_url(), "application/atom+xml": reverse("feed")}
    found = [
        {"type": kind, "template": request.build_absolute_uri(f"{url}?q=") + "{searchTerms}"}
        for kind, url in targets.items()
    ]
    here = request.build_absolute_uri(request.path)
    return [*found, {"type": TYPE, "rel": "self", "template": here}]
