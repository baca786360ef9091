"""The other pages that a page names: menus, translations, links in its texts. One query.

This app knows no page type: what each place of the menu points at is named by strings.
"""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import F, Q
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page

from hub.core.languages import current_language
from hub.core.request_cache import remembered
from hub.core.visibility import visible

SOURCE_LANGUAGE = "fr"
# The page types that the menu points at, and what else a page must be to stand there.
MENU_TYPES = (
    ("home", "homepage"),
    ("home", "standardpage"),
    ("resources", "journeypage"),
    ("resources", "librarypage"),
    ("resources", "resourceindexpage"),
    ("resources", "glossaryindexpage"),
)
PLACES: dict[str, tuple[str, str, object]] = {
    "home": ("homepage", "", None),
    "journey": ("journeypage", "", None),
    "library": ("librarypage", "", None),
    "kits": ("resourceindexpage", "listed_type", "kit"),
    "practices": ("resourceindexpage", "listed_type", "practice"),
    "glossary": ("glossaryindexpage", "", None),
    "about": ("standardpage", "in_footer", True),
}
LINKED_FILES = "files linked in texts"  # ids, remembered for the request
_LINK = re.compile(r'<a [^>]*linktype=\\?"page\\?"[^>]*>')
_FILE_LINK = re.compile(r'<a [^>]*linktype=\\?"document\\?"[^>]*>')
_ID = re.compile(r'\bid=\\?"(\d+)')


@dataclass
class Surroundings:
    """Visible pages only. ``places``: the menu, in the reader's language, else in French."""

    places: dict[str, list[Page]] = field(default_factory=dict)
    translations: dict[str, Page] = field(default_factory=dict)


def surroundings(page: Page | None = None) -> Surroundings:
    """Return what stands around ``page``; asked once for a reading request."""
    return remembered(f"around {page.pk if page else None}", lambda: _look(page))


def linked_pages(ids: Iterable[int]) -> dict[int, Page]:
    """Return the visible page behind each id of a text, in the reader's language if it exists."""
    wanted = set(ids)
    known: dict[int, Page | None] = remembered("links", dict)
    missing = wanted - known.keys()
    if missing:
        known.update(dict.fromkeys(missing))
        known.update(_by_id(_fetch(Q(pk__in=missing) | _translations_of(missing)), missing))
    return {pk: page for pk in wanted if (page := known[pk]) is not None}


def stored_texts(page: Page) -> Iterator[str | list[Any]]:
    """All that editors wrote in ``page``, as it is stored: rich texts, and the blocks of streams."""
    for model_field in page._meta.get_fields():
        if isinstance(model_field, StreamField):
            yield list(getattr(page, model_field.name).raw_data)
        elif isinstance(model_field, RichTextField):
            yield getattr(page, model_field.name)


def _as_text(stored: str | list[Any]) -> str:
    return stored if isinstance(stored, str) else json.dumps(stored, default=str)


def _ids(texts: list[str], link: re.Pattern[str]) -> set[int]:
    return {int(i) for text in texts for found in link.findall(text) for i in _ID.findall(found)}


def _look(page: Page | None) -> Surroundings:
    texts = [_as_text(stored) for stored in stored_texts(page)] if page else []
    ids = _ids(texts, _LINK)
    remembered(LINKED_FILES, set).update(_ids(texts, _FILE_LINK))
    rule = Q(content_type__in=list(_menu_types()))
    if page:
        rule |= Q(translation_key=page.translation_key)
    if ids:
        rule |= Q(pk__in=ids) | _translations_of(ids)
    found = _fetch(rule)
    links = _by_id(found, ids)
    remembered("links", dict).update({pk: links.get(pk) for pk in ids})
    here = page.pk if page else None
    key = page.translation_key if page else None
    return Surroundings(
        places={name: _in_language(found, name) for name in PLACES},
        translations={
            other.locale.language_code: other
            for other in found
            if other.translation_key == key and other.pk != here
        },
    )


def _menu_types() -> dict[int, str]:
    """The model name of each type of the menu by the id of its content type, asked once."""
    types = (ContentType.objects.get_by_natural_key(*name) for name in MENU_TYPES)
    return {kind.pk: kind.model for kind in types}


def _fetch(rule: Q) -> list[Page]:
    """Every column searched has an index of its own: the cost does not grow with the site."""
    marks = {
        "listed_type": F("resourceindexpage__listed_type"),
        "in_footer": F("standardpage__in_footer"),
    }
    pages = visible(Page.objects.filter(rule)).select_related("locale").order_by("path")
    return list(pages.annotate(**marks))


def _translations_of(ids: Iterable[int]) -> Q:
    return Q(translation_key__in=Page.objects.filter(pk__in=ids).values("translation_key"))


def _by_id(pages: list[Page], ids: Iterable[int]) -> dict[int, Page]:
    language = current_language()
    by_id = {page.pk: page for page in pages}
    local = {p.translation_key: p for p in pages if p.locale.language_code == language}
    return {pk: local.get(by_id[pk].translation_key, by_id[pk]) for pk in ids if pk in by_id}


def _in_language(pages: list[Page], place: str) -> list[Page]:
    """Keep one page of each group of translations: the reader's, or else the French one."""
    language = current_language()
    model, name, value = PLACES[place]
    kinds = _menu_types()
    there = [
        page
        for page in pages
        if kinds.get(page.content_type_id) == model and (not name or getattr(page, name) == value)
    ]
    translated = {p.translation_key for p in there if p.locale.language_code == language}
    return [
        page
        for page in there
        if page.locale.language_code == language
        or (page.locale.language_code == SOURCE_LANGUAGE and page.translation_key not in translated)
    ]
