"""The addresses where anybody takes the glossary away: as a file, on paper, or in front of a room."""

from __future__ import annotations

import io
from functools import partial
from hashlib import blake2b
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hub.core.languages import current_language, other_addresses
from hub.core.problems import read_only
from hub.core.serving import StoredBytes, send
from hub.core.text import folded
from hub.core.visibility import visible
from resources.chosen import raw_values
from resources.models import GlossaryIndexPage, GlossaryTermPage
from resources.models.glossary import records_by_page
from resources.terms.exports import as_csv, as_json, as_tbx
from resources.terms.rows import Terms
from resources.terms.texts import markup_of, text_of

Concepts = dict[Any, list[GlossaryTermPage]]
FILE_NAMES = {"fr": "glossaire", "en": "glossary"}


@read_only
def glossary_csv(request: HttpRequest) -> HttpResponseBase:
    """The sheet that may be changed and brought in again."""
    terms = Terms(_pages_in(current_language()))
    return _send(request, as_csv(terms), "text/csv; charset=utf-8", "csv")


@read_only
def glossary_json(request: HttpRequest) -> HttpResponseBase:
    terms = Terms(_pages_in(current_language()))
    content = as_json(terms, current_language(), _concepts())
    return _send(request, content, "application/json", "json", inline=True)


@read_only
def glossary_tbx(request: HttpRequest) -> HttpResponseBase:
    """Both languages in one file: it is for those who translate."""
    concepts = sorted(_concepts().values(), key=lambda pages: pages[0].slug)
    return _send(request, as_tbx(concepts), "application/x-tbx+xml", "tbx")


@require_safe
def glossary_sheet(request: HttpRequest) -> HttpResponse:
    """Every plain definition on a sheet of paper."""
    here = _("The glossary on a sheet of paper")
    return _printed(request, "resources/glossary_sheet.html", here)


@require_safe
def glossary_booklet(request: HttpRequest) -> HttpResponse:
    """Every term in full, as a booklet."""
    return _printed(request, "resources/glossary_booklet.html", _("The glossary as a booklet"))


@require_safe
def glossary_room(request: HttpRequest) -> HttpResponse:
    """One word at a time in front of a room: all of them, or those that `t` names, in that order."""
    pages = sorted(_pages_in(current_language()), key=lambda page: folded(page.title))
    by_slug = {page.slug: page for page in pages}
    chosen = [by_slug[s] for s in dict.fromkeys(request.GET.getlist("t")) if s in by_slug]
    here = _("The glossary in front of a room")
    context = {"here": here, "entries": chosen or pages, "chosen": bool(chosen)}
    return render(
        request, "resources/glossary_room.html", around(request, current_language()) | context
    )


def _pages_in(language: str) -> list[GlossaryTermPage]:
    pages = visible(GlossaryTermPage.objects.filter(locale__language_code=language))
    return list(pages.select_related("locale"))


def _concepts() -> Concepts:
    """The public pages of each concept, French first."""
    found: Concepts = {}
    pages = visible(GlossaryTermPage.objects.all()).select_related("locale")
    for page in sorted(pages, key=lambda page: (page.locale.language_code != "fr", page.pk)):
        found.setdefault(page.translation_key, []).append(page)
    return found


def _send(
    request: HttpRequest, content: bytes, kind: str, extension: str, *, inline: bool = False
) -> HttpResponseBase:
    stored = StoredBytes(
        open=partial(io.BytesIO, content),
        size=len(content),
        tag=blake2b(content, digest_size=16).hexdigest(),
        content_type=kind,
        name=f"{FILE_NAMES.get(current_language(), 'glossary')}.{extension}",
        inline=inline,
    )
    return send(request, stored)


def index_in(language: str) -> GlossaryIndexPage:
    """The page of the glossary that anybody may read. Raises Http404 when there is none."""
    pages = visible(GlossaryIndexPage.objects.filter(locale__language_code=language))
    page = pages.select_related("locale").first()
    if page is None:
        raise Http404
    return page


def around(request: HttpRequest, language: str) -> dict[str, Any]:
    """What the frame of a page of the glossary reads."""
    others = visible(GlossaryIndexPage.objects.exclude(locale__language_code=language))
    codes = others.values_list("locale__language_code", flat=True)
    page = index_in(language)
    return {
        "page": page,
        "parent": page,
        "breadcrumb": page.breadcrumb(),
        "translations": other_addresses(request.path, codes),
    }


def _printed(request: HttpRequest, template: str, here: str) -> HttpResponse:
    pages = sorted(_pages_in(current_language()), key=lambda page: folded(page.title))
    legal = records_by_page(page.pk for page in pages)
    titles = {page.pk: page.title for page in pages}
    entries = [
        {
            "term": page,
            "full": markup_of(text_of(page.body.raw_data)),
            "confusions": [
                (titles[value["term"]], value["difference"])
                for value in raw_values(page.not_to_confuse)
                if value["term"] in titles
            ],
            "legal": legal.get(page.pk, []),
        }
        for page in pages
    ]
    context = around(request, current_language()) | {"here": here, "entries": entries}
    return render(request, template, context)
