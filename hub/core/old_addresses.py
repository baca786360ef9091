"""Old addresses: one spelling for each, however a browser, a mail or a slide wrote it.

Wagtail keeps the rows and its own middleware finds them as they are written; this one finds the
other spellings of a path that is not there: no query for a page that exists.
"""

import unicodedata
from urllib.parse import quote, unquote, urlsplit

from django.http import (
    HttpRequest,
    HttpResponseBase,
    HttpResponsePermanentRedirect,
    HttpResponseRedirect,
)
from django.utils.encoding import uri_to_iri
from wagtail.contrib.redirects.middleware import RedirectMiddleware
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Site

MOST_DECODED = 3  # « %2520 » was encoded twice; nobody encodes four times
LONGEST = 255


def canonical(address: str) -> str:
    """The form in which an old address is kept: a path, with its query when it has one.

    The site it stood on is dropped, spaces are ``%20`` whether they came as ``+``, encoded twice or
    bare, accents are composed.
    """
    parts = urlsplit(address.strip())
    path = _spelt(_decoded(parts.path).replace("+", " "))
    query = f"?{parts.query}" if parts.query else ""
    return Redirect.normalise_path(path + query)


def _decoded(path: str) -> str:
    for _turn in range(MOST_DECODED):
        plain = unquote(path)
        if plain == path:
            break
        path = plain
    return unicodedata.normalize("NFC", path)


def _spelt(path: str) -> str:
    return quote(path, safe="/~!$&'()*,=:@")


def spellings(path: str) -> list[str]:
    """The ways in which an editor, or Wagtail, may have written this path in a row."""
    plain = _decoded(path.partition("?")[0]).rstrip("/")
    spaced = plain.replace("+", " ")
    written = {
        _spelt(spaced),
        _spelt(plain),
        spaced,
        plain,
        spaced.replace(" ", "+"),
        spaced.replace(" ", "%20"),
    }
    return sorted({*written, *(uri_to_iri(way) for way in written)})


class OldAddresses(RedirectMiddleware):
    """Wagtail's middleware, for every spelling of a path; the query goes along."""

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        if response.status_code != 404 or "\0" in request.path:
            return response
        answer = super().process_response(request, response)
        if answer is response:
            row = self._otherwise_spelt(request)
            if row is None or not row.link:
                return response
            kind = HttpResponsePermanentRedirect if row.is_permanent else HttpResponseRedirect
            answer = kind(row.link)
        return _with_query(answer, request)

    @staticmethod
    def _otherwise_spelt(request: HttpRequest) -> Redirect | None:
        ways = spellings(request.get_full_path())
        rows = Redirect.get_for_site(Site.find_for_request(request)).filter(old_path__in=ways)
        return rows.order_by("-site", "pk").first()


def _with_query(answer: HttpResponseBase, request: HttpRequest) -> HttpResponseBase:
    """What stood behind « ? » is kept, unless the row was about it or the target has its own."""
    asked = request.META.get("QUERY_STRING", "")
    target = urlsplit(answer.headers.get("Location", ""))
    if not asked or target.query or target.fragment:
        return answer
    whole = Redirect.normalise_path(request.get_full_path())
    if not Redirect.objects.filter(old_path__in=(whole, uri_to_iri(whole))).exists():
        answer.headers["Location"] = f"{target.geturl()}?{asked}"
    return answer
