"""Reads the themes and audiences of many pages at once."""

from collections import defaultdict
from collections.abc import Iterable

from django.apps import apps
from django.db.models import F, Value
from django.utils.translation import get_language

Labels = dict[str, list[dict[str, str]]]


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


def facet_labels() -> dict[str, dict[str, str]]:
    """Return the labels of every theme, audience and organisation by slug, in the reader's
    language. One query."""
    parts = []
    for kind in ("Theme", "Audience", "Organisation"):
        names = ("name", Value("")) if kind == "Organisation" else ("label_fr", F("label_en"))
        rows = apps.get_model("resources", kind).objects.order_by()
        fields = {"kind": Value(kind.lower()), "french": F(names[0]), "english": names[1]}
        parts.append(rows.annotate(**fields).values_list("kind", "slug", "french", "english"))
    found: dict[str, dict[str, str]] = defaultdict(dict)
    english_reader = (get_language() or "fr").startswith("en")
    for kind, slug, french, english in parts[0].union(*parts[1:], all=True):
        found[kind][slug] = (english_reader and english) or french
    return found
