"""Builds an index beside the one in service, then puts it in its place at once.

Publications go on: what they change meanwhile is sent to both. Killed, the work goes on where it
stopped; run twice at once, the second waits for nothing and says so.
"""

from __future__ import annotations

import time
from datetime import timedelta

from django.db.models import Q
from django.db.models.functions import Now

from hub.core.models import OutboxItem
from search.engines.base import UnavailableError
from search.engines.elasticsearch import feed
from search.engines.elasticsearch.cluster import patient, reaching
from search.engines.elasticsearch.engine import KIND
from search.engines.elasticsearch.index import (
    MAPPINGS,
    SETTINGS,
    alias,
    fixed_settings,
    index_settings,
    is_ours,
    new_name,
)
from search.models import IndexBuild, SearchDocument

BATCH = 500
LEASE = timedelta(minutes=2)
ATTEMPTS = 5
# Seconds left to the searches that began in the index before: dropped under them, it would fail them.
FINISHING = 1.0


class BuildingElsewhereError(Exception):
    """Another process is building the index."""


def build() -> int:
    """Make the index anew and put it in service; return how many documents it holds.

    Raises UnavailableError when the cluster is away: running it again goes on.
    """
    work = _begin()
    try:
        _create(work.name)
        while _next_batch(work):
            pass
        _serve(work)
    finally:
        IndexBuild.objects.filter(pk=work.pk).update(leased_until=None)
    IndexBuild.objects.filter(pk=work.pk).delete()
    return SearchDocument.objects.count()


def _begin() -> IndexBuild:
    """Take up the work begun for this kind of index, or begin one."""
    for other in IndexBuild.objects.exclude(alias=alias()):
        other.delete()
    work, _created = IndexBuild.objects.get_or_create(alias=alias(), defaults={"name": new_name()})
    free = Q(leased_until=None) | Q(leased_until__lt=Now())
    if not IndexBuild.objects.filter(free, pk=work.pk).update(leased_until=Now() + LEASE):
        raise BuildingElsewhereError("the index is being built by another process")
    return work


def _create(name: str) -> None:
    with reaching():
        if not patient().indices.exists(index=name):
            bare = {"refresh_interval": "-1", "number_of_replicas": 0}
            patient().indices.create(
                index=name, mappings=MAPPINGS, settings={**SETTINGS, **bare, **fixed_settings()}
            )


def _next_batch(work: IndexBuild) -> bool:
    """Send the rows that come next; False when none is left."""
    rows = SearchDocument.objects.filter(pk__gt=work.checkpoint).order_by("pk")
    ids = list(rows.values_list("pk", flat=True)[:BATCH])
    if not ids:
        return False
    # Versions first: a row read after its version may be newer than it says, never older.
    kept = OutboxItem.objects.filter(kind=KIND, key__in=[str(page_id) for page_id in ids])
    versions = dict.fromkeys(ids, 0)
    versions |= {int(key): version for key, version in kept.values_list("key", "version")}
    _write(work.name, versions)
    work.checkpoint = ids[-1]
    IndexBuild.objects.filter(pk=work.pk).update(
        checkpoint=work.checkpoint, leased_until=Now() + LEASE
    )
    return True


def _write(name: str, versions: dict[int, int]) -> None:
    for attempt in range(ATTEMPTS):
        failures = feed.write(name, feed.actions_for(versions))
        if not failures:
            return
        versions = {page_id: versions[page_id] for page_id in failures}
        time.sleep(2**attempt / 10)
    page_id, reason = next(iter(failures.items()))
    raise UnavailableError(f"page {page_id} and {len(failures) - 1} others are refused: {reason}")


def _serve(work: IndexBuild) -> None:
    """Open the index to searches in one step; drop the ones before it once nobody reads them."""
    indices = patient().indices
    with reaching():
        indices.put_settings(index=work.name, settings=index_settings())
        indices.refresh(index=work.name)
        every = indices.get(index=f"{alias()[:-8]}*", features="aliases")
        before = [name for name in every if is_ours(name) and name != work.name]
        leaving = [
            {"remove": {"index": name, "alias": held}}
            for name in before
            for held in every[name]["aliases"]
        ]
        indices.update_aliases(actions=[*leaving, {"add": {"index": work.name, "alias": alias()}}])
        if before:
            time.sleep(FINISHING)
            indices.delete(index=",".join(before), ignore_unavailable=True)
