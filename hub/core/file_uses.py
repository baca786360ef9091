"""Where files and pictures are used: what no deletion may break.

Wagtail's reference index knows pages as they are published. What an editor is preparing stands in
the latest revision of a page, which is read besides.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.models import Page, ReferenceIndex

Source = tuple[int, str]  # base content type, id


class Use(NamedTuple):
    """One place: ``edit_url`` is empty where the person may not go, and the title with it."""

    title: str
    kind: str
    edit_url: str
    in_draft: bool = False
    through: str = ""


def sources_of(targets: Sequence[Model]) -> dict[int, dict[Source, bool]]:
    """What refers to each of these objects of one model, by id; True for a draft alone.

    Two queries, and one more for what is being prepared.
    """
    found: dict[int, dict[Source, bool]] = {target.pk: {} for target in targets}
    if not targets:
        return found
    target_type = ReferenceIndex._get_base_content_type(targets[0])
    rows = ReferenceIndex.objects.filter(
        to_content_type=target_type, to_object_id__in=[str(pk) for pk in found]
    )
    for base, pk, to in rows.values_list("base_content_type_id", "object_id", "to_object_id"):
        found[int(to)][(base, pk)] = False
    for source, to in _references_of_drafts(target_type.pk):
        if to.isdecimal() and int(to) in found:
            found[int(to)].setdefault(source, True)
    return found


def is_used(target: Model) -> bool:
    return bool(sources_of([target])[target.pk])


def uses_of(targets: Sequence[Model], user: Any) -> dict[int, list[Use]]:
    """Where each of these objects is used, for this person, published places first."""
    found = sources_of(targets)
    sources = {source for places in found.values() for source in places}
    objects = _objects(sources)
    carriers = _carriers(objects)
    finder = AdminURLFinder(user)
    told: dict[int, list[Use]] = {}
    for pk, places in found.items():
        uses = [
            _use(objects[source], finder, in_draft=in_draft)
            for source, in_draft in places.items()
            if source in objects
        ]
        uses += [
            _use(carrier, finder, through=str(objects[source]))
            for source in places
            for carrier in carriers.get(source, ())
        ]
        told[pk] = sorted(uses, key=lambda use: (use.in_draft, bool(use.through), use.title))
    return told


def _use(place: Model, finder: AdminURLFinder, *, in_draft: bool = False, through: str = "") -> Use:
    kind = capfirst(str(place._meta.verbose_name))
    address = finder.get_edit_url(place)
    if address is None:
        return Use(_("A place that you may not open"), kind, "", in_draft)
    return Use(str(place), kind, address, in_draft, through)


def _references_of_drafts(target_type: int) -> Iterator[tuple[Source, str]]:
    """What the latest revisions of pages with unpublished changes refer to."""
    page_type = ReferenceIndex._get_base_content_type(Page).pk
    drafts = Page.objects.filter(has_unpublished_changes=True, latest_revision__isnull=False)
    rows = drafts.values_list("pk", "content_type_id", "latest_revision__content")
    for pk, content_type, content in rows.iterator():
        model = ContentType.objects.get_for_id(content_type).model_class()
        draft = model.from_serializable_data(content, check_fks=False) if model else None
        for kind, to, _model_path, _path in _extracted(draft):
            if kind == target_type:
                yield (page_type, str(pk)), to


def _extracted(draft: Model | None) -> Iterable[tuple[int, str, str, str]]:
    return ReferenceIndex._extract_references_from_object(draft) if draft else ()


def _objects(sources: Iterable[Source]) -> dict[Source, Model]:
    """Each place itself; pages with their type. A constant number of queries for each type."""
    by_type: dict[int, list[str]] = defaultdict(list)
    for base, pk in sources:
        by_type[base].append(pk)
    found: dict[Source, Model] = {}
    for base, ids in by_type.items():
        model = ContentType.objects.get_for_id(base).model_class()
        rows = model._default_manager.filter(pk__in=ids)
        for row in rows.specific() if model is Page else rows:
            found[(base, str(row.pk))] = row
    return found


def _carriers(objects: dict[Source, Model]) -> dict[Source, list[Model]]:
    """What hands the files of its pages out again, such as a kit, by the page it holds."""
    pages = {str(row.pk): source for source, row in objects.items() if isinstance(row, Page)}
    models = [model for model in apps.get_models() if getattr(model, "carries_files", False)]
    if not pages or not models:
        return {}
    rows = ReferenceIndex.objects.filter(
        content_type__in=ContentType.objects.get_for_models(*models).values(),
        to_content_type=ReferenceIndex._get_base_content_type(Page),
        to_object_id__in=list(pages),
    ).values_list("object_id", "to_object_id")
    pairs = {(int(pk), to) for pk, to in rows}
    holders = Page.objects.specific().in_bulk({pk for pk, _to in pairs})
    held: dict[Source, list[Model]] = defaultdict(list)
    for pk, to in sorted(pairs):
        if pk in holders:
            held[pages[to]].append(holders[pk])
    return held
