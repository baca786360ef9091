"""Compares the cluster with the rows, both ways, and has what differs sent again."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from hub.core import outbox
from search.engines.elasticsearch.cluster import patient, reaching
from search.engines.elasticsearch.engine import KIND
from search.engines.elasticsearch.index import alias, hash_of
from search.models import SearchDocument

PAGE = 5_000


class Differences(NamedTuple):
    """Pages that only the rows have, that only the cluster has, and that they tell differently."""

    missing: int
    ghosts: int
    stale: int


def reconcile() -> Differences:
    """Find what differs and ask for it again; raises UnavailableError when the cluster is away."""
    waiting = {int(key) for key in outbox.waiting(KIND).values_list("key", flat=True)}
    rows = dict(_rows())
    versions: dict[int, int] = {}
    ghosts = stale = 0
    held = set()
    for page_id, told, version in _held():
        held.add(page_id)
        if page_id in waiting or rows.get(page_id) == told:
            continue
        ghosts += page_id not in rows
        stale += page_id in rows
        versions[page_id] = version + 1
    missing = rows.keys() - held - waiting
    # A row that changed while this read is asked for once too often: that does no harm.
    tasks = {str(page_id): {} for page_id in {*versions, *missing}}
    outbox.ask(KIND, tasks, at_least={str(page_id): v for page_id, v in versions.items()})
    return Differences(len(missing), ghosts, stale)


def _rows() -> Iterator[tuple[int, str]]:
    rows = SearchDocument.objects.only("page_id", "content_hash", "shown_in").order_by("pk")
    for row in rows.iterator(chunk_size=PAGE):
        yield row.page_id, hash_of(row)


def _held() -> Iterator[tuple[int, str, int]]:
    """Every document of the index in service: its page, what it tells, its version."""
    after: list[object] | None = None
    with reaching():
        patient().indices.refresh(index=alias())
    while True:
        with reaching():
            found = patient().search(
                index=alias(),
                size=PAGE,
                sort=[{"page_id": "asc"}],
                search_after=after,
                source=False,
                docvalue_fields=["hash"],
                version=True,
                track_total_hits=False,
                allow_partial_search_results=False,
            )
        hits = found["hits"]["hits"]
        for hit in hits:
            (told,) = hit.get("fields", {}).get("hash", [""])
            yield int(hit["_id"]), told, hit["_version"]
        if len(hits) < PAGE:
            return
        after = hits[-1]["sort"]
