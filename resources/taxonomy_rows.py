"""Reads the themes and audiences of many pages at once."""

from collections import defaultdict
from collections.abc import Iterable

from django.apps import apps

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


def labels_of(model_name: str, slugs: Iterable[str]) -> dict[str, str]:
    """Return the labels of these slugs in the reader's language. One query, none for no slug."""
    wanted = set(slugs)
    if not wanted:
        return {}
    rows = apps.get_model("resources", model_name).objects.filter(slug__in=wanted)
    labels: dict[str, str] = defaultdict(str)
    labels.update({row.slug: row.label for row in rows})
    return labels
