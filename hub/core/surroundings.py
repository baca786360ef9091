"""The other pages that a page names: menus, translations, links in its texts. One query.

This app knows no page type: what each place of the menu points at is said in the words of the ORM.
"""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Case, Q, Value, When
from django.utils.translation import get_language
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page

from hub.core.request_cache import remembered
from hub.core.visibility import visible

SOURCE_LANGUAGE = "fr"
PLACES = {
    "home": Q(homepage__isnull=False),
    "journey": Q(resourcepage__type="journey"),
    "library": Q(librarypage__isnull=False),
    "kits": Q(resourceindexpage__listed_type="kit"),
    "practices": Q(resourceindexpage__listed_type="practice"),
    "glossary": Q(glossaryindexpage__isnull=False),
    "about": Q(standardpage__in_footer=True),
}
_LINK = re.compile(r'<a [^>]*linktype=\\?"page\\?"[^>]*>')
_ID = re.compile(r'\bid=\\?"(\d+)')


@dataclass
class Surroundings:
    """Visible pages only. ``places``: the menu, in the reader's language, else in French."""

    places: dict[str, list[Page]] = field(default_factory=dict)
    translations: dict[str, Page] = field(default_factory=dict)
    links: dict[int, Page] = field(default_factory=dict)


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


def link_ids(page: Page) -> set[int]:
    """The pages that the rich texts of ``page`` link to, read without a query."""
    texts = []
    for model_field in page._meta.get_fields():
        if isinstance(model_field, StreamField):
            texts.append(json.dumps(list(getattr(page, model_field.name).raw_data), default=str))
        elif isinstance(model_field, RichTextField):
            texts.append(getattr(page, model_field.name))
    return {int(i) for text in texts for link in _LINK.findall(text) for i in _ID.findall(link)}


def _look(page: Page | None) -> Surroundings:
    rule, ids = Q(), link_ids(page) if page else set()
    for place in PLACES.values():
        rule |= place
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
        links=links,
    )


def _fetch(rule: Q) -> list[Page]:
    pages = visible(Page.objects.filter(rule)).select_related("locale").order_by("path")
    marks = {f"is_{name}": _mark(place) for name, place in PLACES.items()}
    return list(pages.annotate(**marks).distinct())


def _mark(place: Q) -> Case:
    return Case(When(place, then=Value(True)), default=Value(False))


def _translations_of(ids: Iterable[int]) -> Q:
    return Q(translation_key__in=Page.objects.filter(pk__in=ids).values("translation_key"))


def _by_id(pages: list[Page], ids: Iterable[int]) -> dict[int, Page]:
    language = (get_language() or SOURCE_LANGUAGE)[:2]
    by_id = {page.pk: page for page in pages}
    local = {p.translation_key: p for p in pages if p.locale.language_code == language}
    return {pk: local.get(by_id[pk].translation_key, by_id[pk]) for pk in ids if pk in by_id}


def _in_language(pages: list[Page], place: str) -> list[Page]:
    """Keep one page of each group of translations: the reader's, or else the French one."""
    language = (get_language() or SOURCE_LANGUAGE)[:2]
    there = [page for page in pages if getattr(page, f"is_{place}")]
    translated = {p.translation_key for p in there if p.locale.language_code == language}
    return [
        page
        for page in there
        if page.locale.language_code == language
        or (page.locale.language_code == SOURCE_LANGUAGE and page.translation_key not in translated)
    ]
