"""Puts many pages below one parent at once.

Wagtail adds pages one by one, each with a dozen queries: ten thousand would take minutes. Here the
three tables of a page are filled in batches, with the tree columns computed as treebeard does.
"""

from collections.abc import Sequence

from django.contrib.contenttypes.models import ContentType
from django.db import router, transaction
from django.utils import timezone
from wagtail.models import Page
from wagtail.search.backends import get_search_backends

from hub.core.models import BasePage
from resources.models.numbered import NumberedPage

BATCH = 500


@transaction.atomic
def insert_below(parent: Page, pages: Sequence[BasePage]) -> None:
    """Insert new, published pages of one type, in order, as the last children of ``parent``.

    The pages have their title, slug, locale and own fields; slugs must be free below ``parent``.
    No revision is made: the first edit makes one. Many-to-many fields are the caller's. Raises
    NotReadyError when one of them lacks what it may not be published without.
    """
    if not pages:
        return
    for page in pages:
        page.refuse_unready()
    _place(parent, pages)
    for start in range(0, len(pages), BATCH):
        batch = pages[start : start + BATCH]
        _insert(batch)
    type(parent).objects.filter(pk=parent.pk).update(numchild=parent.numchild + len(pages))
    parent.numchild += len(pages)
    for backend in get_search_backends(with_auto_update=True):
        for start in range(0, len(pages), BATCH):
            backend.add_bulk(type(pages[0]), pages[start : start + BATCH])


def _place(parent: Page, pages: Sequence[Page]) -> None:
    last = parent.get_last_child()
    step = last._get_lastpos_in_path() if last else 0
    model, now = type(pages[0]), timezone.now()
    content_type = ContentType.objects.get_for_model(model)
    for number, page in enumerate(pages, start=step + 1):
        page.depth, page.numchild = parent.depth + 1, 0
        page.path = Page._get_path(parent.path, page.depth, number)
        page.url_path = f"{parent.url_path}{page.slug}/"
        page.content_type, page.draft_title = content_type, page.title
        page.live, page.has_unpublished_changes = True, False
        page.first_published_at = page.last_published_at = page.latest_revision_created_at = now


def _insert(pages: Sequence[Page]) -> None:
    """Fill the table of each class of the pages, from ``Page`` down.

    Django refuses to create in bulk what spans several tables; one table at a time it does.
    """
    rows = [_page_row(page) for page in pages]
    Page.objects.bulk_create(rows)
    for page, row in zip(pages, rows, strict=True):
        page.pk = page.id = row.pk
    _number(pages, rows)
    for base in _classes_below_page(type(pages[0])):
        for page in pages:
            setattr(page, base._meta.pk.attname, page.id)
        using = router.db_for_write(base)
        manager = base._base_manager.using(using)
        manager._insert(list(pages), fields=base._meta.local_concrete_fields, using=using)
    for page in pages:
        page._state.adding = False


def _number(pages: Sequence[Page], rows: Sequence[Page]) -> None:
    """Put the number of a page, known once its row is there, into its address."""
    if not isinstance(pages[0], NumberedPage):
        return
    for page, row in zip(pages, rows, strict=True):
        bare = page.slug
        page.take_own_number()
        row.slug, row.url_path = page.slug, f"{page.url_path[: -len(bare) - 1]}{page.slug}/"
        page.url_path = row.url_path
    Page.objects.bulk_update(rows, ["slug", "url_path"], batch_size=BATCH)


def _classes_below_page(model: type[Page]) -> list[type[Page]]:
    """The concrete classes between ``Page`` and ``model``, the nearest to ``Page`` first."""
    return [
        base
        for base in reversed(model.__mro__)
        if issubclass(base, Page) and base is not Page and not base._meta.abstract
    ]


def _page_row(page: Page) -> Page:
    names = [f.attname for f in Page._meta.local_concrete_fields if f.attname != "id"]
    return Page(**{name: getattr(page, name) for name in names})
