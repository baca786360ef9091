"""Brings to the cluster what the publications asked for, in any order, as often as it takes.

A task says which page, never what it held: what is sent is the row as it is now, with the version
of the task. The cluster refuses an older version, so a late write never wins.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from hub.core import outbox
from hub.core.models import OutboxItem
from hub.core.outbox import Failure, Failures, NotNowError
from search.engines.base import UnavailableError
from search.engines.elasticsearch.cluster import patient, reaching
from search.engines.elasticsearch.engine import KIND
from search.engines.elasticsearch.index import alias, document_of
from search.models import IndexBuild, SearchDocument

BATCH = 200
DELAYS = tuple(timedelta(seconds=s) for s in (1, 5, 30, 120, 600, 3600))
CONFLICT, GONE, BUSY = 409, 404, 429
Action = dict[str, Any]


def ask_for(page_ids: Iterable[int]) -> None:
    """Have these pages sent again, in the caller's transaction."""
    outbox.ask(KIND, {str(page_id): {} for page_id in page_ids})


def send(items: Sequence[OutboxItem]) -> Failures:
    """Write the pages of these tasks in the index in service, and in the one being built."""
    builds = list(IndexBuild.objects.values_list("name", flat=True))
    versions = {int(item.key): item.version for item in items}
    actions = actions_for(versions)
    try:
        with reaching():
            in_service = bool(patient().indices.exists_alias(name=alias()))
            if not in_service and not builds:
                raise NotNowError("the index is not built yet")
            failures: dict[int, str] = {}
            for target in builds:
                failures |= write(target, actions)
            if in_service:
                # Done means that the next search sees it: what waits is asked from the database.
                failures |= write(alias(), actions, refresh=True)
    except UnavailableError as error:
        raise NotNowError(str(error)) from error
    return {i.pk: Failure(failures[int(i.key)]) for i in items if int(i.key) in failures}


def actions_for(versions: Mapping[int, int]) -> list[tuple[int, list[Action]]]:
    """For each page, the lines that write its row at this version, or delete what is there."""
    rows = SearchDocument.objects.in_bulk(list(versions))
    return [
        (
            page_id,
            [_line("index", page_id, version), document_of(rows[page_id])]
            if page_id in rows
            else [_line("delete", page_id, version)],
        )
        for page_id, version in versions.items()
    ]


def _line(action: str, page_id: int, version: int) -> Action:
    kind = {"version": version, "version_type": "external_gte"}
    return {action: {"_id": str(page_id), **kind}}


def write(
    target: str, actions: Sequence[tuple[int, list[Action]]], *, refresh: bool = False
) -> dict[int, str]:
    """Send the lines to an index; return why pages were refused, by page.

    An older version is refused and nothing is wrong; neither is the deletion of what is not there.
    Raises UnavailableError when the cluster could not try.
    """
    lines = [line for _page_id, its_lines in actions for line in its_lines]
    if not lines:
        return {}
    with reaching():
        answer = patient().bulk(
            index=target, operations=lines, refresh=refresh, require_alias=target == alias()
        )
    failures = {}
    for (page_id, _lines), item in zip(actions, answer["items"], strict=True):
        ((_action, result),) = item.items()
        status = result["status"]
        if status >= 300 and status not in (CONFLICT, GONE if "delete" in item else CONFLICT):
            failures[page_id] = _reason(result)
    return failures


def _reason(result: Mapping[str, Any]) -> str:
    error = result.get("error") or {}
    return f"{result['status']} {error.get('type', '')}: {error.get('reason', '')}"[:500]


def register() -> None:
    """Called when the app is ready."""
    label = _("pages to send to Elasticsearch")
    outbox.register(outbox.Handler(KIND, send, batch=BATCH, delays=DELAYS, keeps=True, label=label))
