"""Brings records into the library: all of them or none, indexed when it ends."""

import html
import json
import uuid
from collections import Counter, defaultdict
from itertools import islice
from typing import Any

from django.db import transaction
from django.utils.text import slugify
from wagtail.models import Locale, Page

from hub.core.text import folded
from resources.bulk_pages import insert_below
from resources.models import (
    Audience,
    GlossaryIndexPage,
    Organisation,
    ResourceIndexPage,
    ResourcePage,
    Theme,
)
from resources.records import Record
from resources.taxonomy_rows import labels_by_page
from resources.types import resource_types
from resources.vocabulary import Consent, Step
from search.indexing import index_pages

NAMESPACE = uuid.UUID("0d8f7c0e-51ab-5b62-8c43-6a1b1d6e9c55")
BATCH = 500
DECIDED_HERE = ("consent",)  # a default for a new page, which an editor may have changed
SEVERAL = {"themes": Theme, "audiences": Audience}


class NoPlaceError(ValueError):
    """The site has no list for this type yet: ``setup_site`` makes them."""


@transaction.atomic
def import_records(records: list[Record], *, dry_run: bool = False) -> Counter[str]:
    """Create or update one published French page per record, known by its id.

    The record decides: what it says replaces what the page says. A record that changes nothing
    makes no revision. Returns how many were ``created``, ``changed`` and ``unchanged``; with
    ``dry_run`` nothing is kept. Raises NoPlaceError on a site that was not set up.
    """
    counts: Counter[str] = Counter()
    rows = _Rows(records)
    known = _known(records)
    fresh = [record for record in records if record.id not in known]
    touched = _create(fresh, rows)
    counts["created"] = len(fresh)
    waiting = iter([record for record in records if record.id in known])
    while batch := list(islice(waiting, BATCH)):
        changed = _update({record.id: record for record in batch}, rows, known)
        touched += changed
        counts["changed"] += len(changed)
        counts["unchanged"] += len(batch) - len(changed)
    for start in range(0, len(touched), BATCH):
        index_pages(Page.objects.filter(pk__in=touched[start : start + BATCH]))
    if dry_run:
        transaction.set_rollback(True)
    return counts


class _Rows:
    """The themes, audiences and organisations that records name, made when missing.

    Names are compared as readers do: « Les Coop'HLM » and « Les Coop’HLM » are one.
    """

    def __init__(self, records: list[Record]) -> None:
        self.themes = self._ids(Theme, "label_fr", [n for r in records for n in r.themes])
        self.audiences = self._ids(Audience, "label_fr", [n for r in records for n in r.audience])
        names = [record.organisation for record in records if record.organisation]
        self.organisations = self._ids(Organisation, "name", names)

    @staticmethod
    def _ids(model: Any, label: str, names: list[str]) -> dict[str, int]:
        known = dict(model.objects.values_list("match_key", "pk"))
        for name in dict.fromkeys(names):
            if folded(name) not in known:
                known[folded(name)] = model.objects.create(**{label: name}).pk
        return known

    def of(self, record: Record) -> dict[str, list[int]]:
        return {
            "themes": sorted({self.themes[folded(name)] for name in record.themes}),
            "audiences": sorted({self.audiences[folded(name)] for name in record.audience}),
        }

    def organisation(self, record: Record) -> int | None:
        return self.organisations[folded(record.organisation)] if record.organisation else None


def _known(records: list[Record]) -> dict[str, int]:
    pages = ResourcePage.objects.filter(locale__language_code="fr").exclude(external_id="")
    ids = {record.id for record in records}
    found = pages.values_list("external_id", "pk")
    return {external_id: pk for external_id, pk in found if external_id in ids}


def _fields(record: Record, rows: _Rows) -> dict[str, Any]:
    """The fields of the page, its many-to-many ones apart."""
    fields: dict[str, Any] = {
        "title": record.title,
        "summary": record.summary,
        "steps": sorted(record.steps, key=Step.values.index),
        "year": record.year,
        "organisation_id": rows.organisation(record),
        "body": _body(record),
    }
    if record.type == "glossary":
        fields["plain_definition"] = record.summary
    if record.type == "report":
        fields["consent"] = Consent.NAMED
    if record.type == "video":
        fields["no_transcript_reason"] = "Aucune transcription n’a été fournie avec cette vidéo."
    return fields


def _body(record: Record) -> str:
    """The stream of the page, as JSON; a block's id depends on its place alone."""
    parts = [part.strip() for part in record.body.split("\n\n") if part.strip()]
    blocks = [
        {
            "type": "paragraph",
            "value": "<p>" + html.escape(part, quote=False).replace("\n", "<br/>") + "</p>",
            "id": str(uuid.uuid5(NAMESPACE, f"{record.id}#{number}")),
        }
        for number, part in enumerate(parts)
    ]
    return json.dumps(blocks, ensure_ascii=False)


def _create(records: list[Record], rows: _Rows) -> list[int]:
    by_type: dict[str, list[Record]] = defaultdict(list)
    for record in records:
        by_type[record.type].append(record)
    created: list[int] = []
    for kind, group in by_type.items():
        parent = _place_of(kind)
        slugs = _free_slugs(parent, group)
        model = resource_types()[kind]
        pages = [
            model(
                **_fields(record, rows),
                slug=slug,
                locale=parent.locale,
                external_id=record.id,
                type=kind,
            )
            for record, slug in zip(group, slugs, strict=True)
        ]
        insert_below(parent, pages)
        _link(pages, group, rows)
        created += [page.pk for page in pages]
    return created


def _place_of(kind: str) -> Page:
    french = Locale.objects.filter(language_code="fr").first()
    if kind == "glossary":
        place = GlossaryIndexPage.objects.filter(locale=french).first()
    else:
        place = ResourceIndexPage.objects.filter(locale=french, listed_type=kind).first()
    if place is None:
        raise NoPlaceError(f"there is no list for {kind} pages: run manage.py setup_site first")
    return place


def _free_slugs(parent: Page, records: list[Record]) -> list[str]:
    taken = set(parent.get_children().values_list("slug", flat=True))
    slugs = []
    for record in records:
        wanted = slugify(record.title)[:200] or "ressource"
        slug, number = wanted, 2
        while slug in taken:
            slug, number = f"{wanted}-{number}", number + 1
        taken.add(slug)
        slugs.append(slug)
    return slugs


def _link(pages: list[Any], records: list[Record], rows: _Rows) -> None:
    for name, model in SEVERAL.items():
        through = ResourcePage._meta.get_field(name).remote_field.through
        column = f"{model._meta.model_name}_id"
        links = [
            through(**{"resourcepage_id": page.pk, column: pk})
            for page, record in zip(pages, records, strict=True)
            for pk in rows.of(record)[name]
        ]
        through.objects.bulk_create(links, batch_size=2000)


def _update(records: dict[str, Record], rows: _Rows, known: dict[str, int]) -> list[int]:
    """Bring existing pages to what their record says; return those that changed."""
    ids = [known[external_id] for external_id in records]
    slugs = labels_by_page(ids)
    changed = []
    for page in ResourcePage.objects.filter(pk__in=ids).select_related("content_type"):
        record = records[page.external_id]
        if _says_the_same(page, record, rows, slugs[page.pk]):
            continue
        specific = page.specific
        for name, value in _fields(record, rows).items():
            if name not in DECIDED_HERE:
                setattr(specific, name, value)
        specific.themes = Theme.objects.filter(pk__in=rows.of(record)["themes"])
        specific.audiences = Audience.objects.filter(pk__in=rows.of(record)["audiences"])
        revision = specific.save_revision()
        if page.live:
            revision.publish()
        changed.append(page.pk)
    return changed


def _says_the_same(
    page: ResourcePage, record: Record, rows: _Rows, labels: dict[str, list[dict[str, str]]]
) -> bool:
    if page.type != record.type:
        raise ValueError(
            f"record {record.id!r} is a {record.type}, and its page is already a {page.type}"
        )
    fields = _fields(record, rows)
    plain = ("title", "summary", "steps", "year", "organisation_id")
    if any(getattr(page, name) != fields[name] for name in plain):
        return False
    if list(page.body.raw_data) != json.loads(fields["body"]):
        return False
    there = {name: {folded(label["fr"]) for label in labels[name]} for name in SEVERAL}
    return there["themes"] == {folded(name) for name in record.themes} and there["audiences"] == {
        folded(name) for name in record.audience
    }
