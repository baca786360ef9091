"""Reads the themes and audiences of many pages at once, and the labels of facets."""

from collections.abc import Iterable

from django.apps import apps
from django.db import connection
from django.db.models import F, Value

from hub.core.languages import current_language
from search import state

Labels = dict[str, list[dict[str, str]]]
Facets = dict[str, dict[str, str]]


def labels_by_page(page_ids: Iterable[int]) -> dict[int, Labels]:
    """Return, for each page, its ``themes`` and ``audiences`` as slug and labels. Two queries.

    A page without any has two empty lists.
    """
    ids = list(page_ids)
    found: dict[int, Labels] = {page_id: {"themes": [], "audiences": []} for page_id in ids}
    ResourcePage = apps.get_model("resources", "ResourcePage")
    for name in ("themes", "audiences"):
        field = ResourcePage._meta.get_field(name)
        rows = field.remote_field.through.objects.filter(resourcepage_id__in=ids)
        target = field.related_model._meta.model_name
        columns = (f"{target}__slug", f"{target}__label_fr", f"{target}__label_en")
        values = rows.order_by(columns[1]).values_list("resourcepage_id", *columns)
        for page_id, slug, french, english in values:
            found[page_id][name].append({"slug": slug, "fr": french, "en": english})
    return found


_known: dict[tuple[str, str], tuple[str, Facets]] = {}


def facet_labels(shown: Iterable[tuple[str, str]] = ()) -> Facets:
    """Return the labels of every theme, audience and organisation by slug, in the reader's language;
    and those of what experience reports tell.

    They are remembered until one of them changes, or one of the values to be shown (facet and slug)
    is unknown. One query then.
    """
    language = current_language()
    key = (str(connection.settings_dict["NAME"]), language)
    word = state.read().steering
    known = _known.get(key)
    if known and known[0] == word and all(slug in known[1].get(name, {}) for name, slug in shown):
        return known[1]
    _known[key] = (word, _read_labels(language))
    return _known[key][1]


def _read_labels(language: str) -> Facets:
    parts = []
    for kind in ("Theme", "Audience", "Organisation"):
        names = ("name", Value("")) if kind == "Organisation" else ("label_fr", F("label_en"))
        rows = apps.get_model("resources", kind).objects.order_by()
        fields = {"kind": Value(kind.lower()), "french": F(names[0]), "english": names[1]}
        parts.append(rows.annotate(**fields).values_list("kind", "slug", "french", "english"))
    facts = apps.get_model("resources", "FactLabel").objects.order_by()
    parts.append(facts.values_list("facet", "value", "label_fr", "label_en"))
    found: Facets = {}
    for kind, slug, french, english in parts[0].union(*parts[1:], all=True):
        found.setdefault(kind, {})[slug] = (language == "en" and english) or french
    return found
