"""The only writer of the index: rows, facet bits and vocabulary change together, in one transaction."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from itertools import islice
from types import SimpleNamespace
from uuid import UUID

from django.db import router, transaction
from django.db.models import QuerySet
from django.dispatch import Signal
from wagtail.models import Locale, Page

from hub.core.visibility import visible
from search import state, vocabulary
from search.documents import PreparesProjections, Projection, Searchable
from search.engines import database_engine, written_engines
from search.engines.base import Engine
from search.facet_store import FacetChanges, keys_of
from search.models import SearchDocument
from search.rows import Place, content_hash, document_of
from search.shown import assign

BATCH = 500
# Sent, in the transaction, when what is found of some pages changes or goes: `page_ids`.
rows_changed = Signal()
# Stands for the date of a page made live without being published (an import): always the same, so that
# its row does not change from one pass to the next.
_NEVER = datetime(2000, 1, 1, tzinfo=UTC)
_WRITTEN = [f.name for f in SearchDocument._meta.concrete_fields if f.name != "page"]


def index_pages(pages: QuerySet[Page] | Iterable[Page], *, afresh: bool = False) -> int:
    """Bring the rows of these pages up to date; return how many pages are now found.

    Pages that are not visible, or that do not take part, lose their row. Unchanged rows are not
    written, except `afresh`. Any class of page may be given: what is read is the database, not the
    objects. Each batch is a transaction, so that a long work lets others write.
    """
    found = 0
    ids = iter(_ids(pages))
    while batch := list(islice(ids, BATCH)):
        with transaction.atomic():
            found += write(batch, told_by(batch), afresh=afresh)
    return found


def index_subtree(page: Page) -> int:
    """Bring up to date a page and everything below it: after a move, a new address, a restriction."""
    return index_pages(Page.objects.descendant_of(page, inclusive=True))


def remove_pages(page_ids: Iterable[int]) -> int:
    """Forget these pages, whether or not they have a row; return how many had one."""
    removed = 0
    ids = iter(page_ids)
    while batch := list(islice(ids, BATCH)):
        with transaction.atomic():
            removed += _remove(batch)
    return removed


def refresh_lists() -> None:
    """Work out again which site locales show each row: after a locale appears or disappears."""
    with transaction.atomic():
        keys = SearchDocument.objects.values_list("translation_key", flat=True).distinct()
        _show(set(keys), [])


def _ids(pages: QuerySet[Page] | Iterable[Page]) -> Iterable[int]:
    return (
        list(pages.values_list("pk", flat=True))
        if isinstance(pages, QuerySet)
        else [page.pk for page in pages]
    )


def write(
    ids: Sequence[int], told: Mapping[int, tuple[Place, Projection]], *, afresh: bool = False
) -> int:
    """Make the rows of these pages say what is told; a page of which nothing is told loses its row.

    Inside the caller's transaction. The number of queries does not depend on the number of pages.
    What is made `afresh` is not brought to a cluster: its index is built again afterwards.
    """
    hashes = dict(SearchDocument.objects.filter(pk__in=ids).values_list("pk", "content_hash"))
    keys = _remove_rows([page_id for page_id in hashes if page_id not in told])
    changed = [
        document_of(place, projection, digest)
        for place, projection in told.values()
        if (digest := content_hash(place, projection)) != hashes.get(place.page_id) or afresh
    ]
    if changed or keys:
        _write(changed, keys, [database_engine()] if afresh else written_engines())
    return len(told)


def told_by(ids: Sequence[int]) -> dict[int, tuple[Place, Projection]]:
    """What the visible pages among these say. A copy that follows another page says nothing new."""
    by_class: dict[type[Page], list[Page]] = defaultdict(list)
    locales = {locale.pk: locale for locale in Locale.objects.all()}
    for page in visible(Page.objects.filter(pk__in=ids, alias_of__isnull=True)).specific():
        if isinstance(page, Searchable):
            page.locale = locales[page.locale_id]
            by_class[type(page)].append(page)
    sites = SimpleNamespace()
    told = {}
    for cls, members in by_class.items():
        if isinstance(cls, PreparesProjections):
            cls.prepare_search_projections(members)
        for page in members:
            projection = page.get_search_projection()
            if projection is not None:
                told[page.pk] = (place_of(page, sites), projection)
    return told


def _write(documents: list[SearchDocument], keys: set[UUID], engines: Sequence[Engine]) -> None:
    state.index_changes()
    before = SearchDocument.objects.in_bulk([document.page_id for document in documents])
    _show(keys | {document.translation_key for document in documents}, documents)
    documents = [d for d in documents if not _is_same(d, before.get(d.page_id))]
    facets, delta = FacetChanges(), vocabulary.Delta()
    for document in documents:
        old = before.get(document.page_id)
        facets.replace(document.page_id, keys_of(old) if old else set(), keys_of(document))
        delta.add(document)
        if old:
            delta.take(old)
    SearchDocument.objects.bulk_create(
        documents,
        update_conflicts=True,
        unique_fields=["page"],
        update_fields=_WRITTEN,
        batch_size=BATCH,
    )
    facets.write()
    vocabulary.apply(delta)
    state.follow_ends()
    for engine in engines:
        engine.index(documents)
    rows_changed.send(SearchDocument, page_ids=[document.page_id for document in documents])


def _is_same(document: SearchDocument, old: SearchDocument | None) -> bool:
    return old is not None and all(getattr(document, n) == getattr(old, n) for n in _WRITTEN)


def place_of(page: Page, sites: object) -> Place:
    """Where a page stands. `sites` is any object: the site roots are remembered on it."""
    parts = page.get_url_parts(sites)
    first, last = page.first_published_at, page.last_published_at
    return Place(
        page_id=page.pk,
        translation_key=page.translation_key,
        locale=page.locale.language_code,
        url=(parts[2] if parts else None) or "",
        published_at=first or last or _NEVER,
        updated_at=last or first or _NEVER,
        expires_at=page.expire_at,
    )


def _show(keys: set[UUID], documents: list[SearchDocument]) -> None:
    """Set `shown_in` of rows about to be written, and of those of their translations that change."""
    mine = {document.page_id for document in documents}
    rows = SearchDocument.objects.filter(translation_key__in=keys).only(
        "page_id", "translation_key", "locale", "shown_in"
    )
    others = [row for row in rows if row.page_id not in mine]
    codes = list(Locale.objects.order_by("pk").values_list("language_code", flat=True))
    shown = assign([(d.translation_key, d.locale, d.page_id) for d in [*documents, *others]], codes)
    for document in documents:
        document.shown_in = shown[document.page_id]
    moved = [row for row in others if row.shown_in != shown[row.page_id]]
    facets = FacetChanges()
    for row in moved:
        facets.replace_shown(row.page_id, row.shown_in, shown[row.page_id])
        row.shown_in = shown[row.page_id]
    if moved:
        state.index_changes()
        SearchDocument.objects.bulk_update(moved, ["shown_in"], batch_size=200)
        facets.write()
        for engine in written_engines():
            engine.follow_lists([row.page_id for row in moved])


def _remove(ids: Sequence[int]) -> int:
    held = list(SearchDocument.objects.filter(pk__in=ids).values_list("pk", flat=True))
    keys = _remove_rows(held)
    _show(keys, [])
    return len(held)


def _remove_rows(ids: Sequence[int]) -> set[UUID]:
    """Delete rows with all that they count for; return the translation keys to look at again."""
    if not ids:
        return set()
    state.index_changes()
    facets, delta = FacetChanges(), vocabulary.Delta()
    keys = set()
    for document in SearchDocument.objects.filter(pk__in=ids):
        keys.add(document.translation_key)
        facets.replace(document.page_id, keys_of(document), set())
        delta.take(document)
    _delete_rows(SearchDocument.objects.filter(pk__in=ids))
    facets.write()
    vocabulary.apply(delta)
    state.follow_ends()
    for engine in written_engines():
        engine.delete(ids)
    rows_changed.send(SearchDocument, page_ids=list(ids))
    return keys


def _delete_rows(rows: QuerySet[SearchDocument]) -> None:
    # Without signals: the receiver that follows deleted pages must not count these rows twice.
    rows._raw_delete(using=router.db_for_write(SearchDocument))
