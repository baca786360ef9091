"""Writes pages: first as empty drafts, so that all can refer to each other, then in full."""

import json
import re
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from wagtail.fields import StreamField
from wagtail.models import Locale, Page

from home.models import HomePage, StandardPage
from resources.models import GlossaryIndexPage, RelatedResource, ReportPractice, ResourceIndexPage
from resources.models.base import ResourcePage

from .ledger import Ledger
from .pages import MODELS, fields_of
from .references import References, with_ids
from .sources import ContentError, Source, digest_of

SEVERAL = ("themes", "audiences", "legal_records")


def parent_of(source: Source) -> Page:
    """The page of the French tree that a section's pages stand below."""
    model = MODELS[source.section]
    french = Locale.objects.get(language_code="fr")
    if model is StandardPage:
        return HomePage.objects.get(locale=french)
    if source.section == "glossaire":
        return GlossaryIndexPage.objects.get(locale=french)
    return ResourceIndexPage.objects.get(locale=french, listed_type=model.resource_type)


def make_drafts(sources: list[Source], ledger: Ledger, references: References) -> None:
    """Give every page that was never loaded a place in the tree, hidden until it is written."""
    for source in sources:
        known = ledger.known(source.item_key)
        if known:
            references.pages[source.key] = int(known)
            continue
        parent = parent_of(source)
        page = Page.objects.child_of(parent).filter(_slug_is(source.slug)).first()
        if page is None:
            model = MODELS[source.section]
            page = model(title=source.data["title"], slug=source.slug, live=False)
            page.summary = source.data["summary"]
            parent.add_child(instance=page)
        references.pages[source.key] = page.pk


def _slug_is(slug: str) -> Q:
    """Documents have their number in front: ``12-livret``."""
    return Q(slug=slug) | Q(slug__regex=rf"^[0-9]+-{re.escape(slug)}$")


def write_page(source: Source, ledger: Ledger, references: References) -> None:
    """Fill and publish one page, unless an editor has changed or removed it."""

    def save() -> tuple[int, str]:
        page = MODELS[source.section].objects.get(pk=references.pages[source.key])
        fill(page, fields_of(source, references), source.key)
        revision = page.save_revision()
        revision.publish()
        return page.pk, str(revision.pk)

    try:
        fingerprint = digest_of([source.digest, source.section])
        ledger.write(source.item_key, fingerprint, latest_revision, save)
    except (ContentError, ValidationError) as error:
        raise ContentError(f"{source.key}: {error}") from error


def latest_revision(pk: str) -> str | None:
    """The state of a page: a save makes another revision, and a withdrawn page has none."""
    pages = Page.objects.filter(pk=pk, live=True)
    found = pages.values_list("latest_revision_id", flat=True).first()
    return str(found) if found else None


def fill(page: Page, fields: dict[str, Any], key: str) -> None:
    """Set the fields on ``page``, as an editor's form would, and check it whole."""
    fields = dict(fields)
    related, practices = fields.pop("related", None), fields.pop("practices", None)
    for name in SEVERAL:
        if name in fields:
            target = page._meta.get_field(name).related_model
            setattr(page, name, target.objects.filter(pk__in=fields.pop(name)))
    for name, value in fields.items():
        setattr(page, name, value_for(page, name, value, key))
    if related is not None:
        links = [RelatedResource(resource=resource) for resource in _resources(related, page)]
        page.related_resources = links
    if practices is not None:
        page.practice_links = [ReportPractice(practice_id=pk) for pk in practices]
    page.full_clean()


def _resources(ids: list[int], page: Page) -> list[ResourcePage]:
    found = ResourcePage.objects.in_bulk(ids)
    return [found[pk] for pk in ids if pk in found and pk != page.pk]


def value_for(page: Page, name: str, value: Any, key: str) -> Any:
    """A stream as a stream value, anything else as it is."""
    attribute = name.removesuffix("_id") if name.endswith("_id") else name
    field: models.Field = page._meta.get_field(attribute)
    if isinstance(field, StreamField):
        return field.to_python(json.dumps(with_ids(value, f"{key}#{name}"), default=str))
    return value
