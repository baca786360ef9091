"""What the worker does for the search on every site: the rebuilds asked for, old counts deleted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from hub.core import outbox
from hub.core.jobs import Job
from hub.core.jobs import register as register_job
from hub.core.models import OutboxItem
from hub.core.outbox import Failure, Failures, Handler
from search.counting import purge
from search.engines.base import UnavailableError
from search.engines.elasticsearch.building import BuildingElsewhereError
from search.rebuilding import rebuild

REBUILD = "search_rebuild"
# One row of the outbox, so that the index is never made twice at a time.
KEY = "index"
LEASE = timedelta(minutes=30)


def ask_for_rebuild() -> bool:
    """Have the index made again in the background; False when it is asked for already."""
    if outbox.waiting(REBUILD).filter(given_up_at=None).exists():
        return False
    outbox.ask(REBUILD, {KEY: {}})
    return True


def rebuild_asked_for(items: Sequence[OutboxItem]) -> Failures:
    """Trying again later would make every row again: a cluster that is away is a final failure."""
    try:
        rebuild()
    except (UnavailableError, BuildingElsewhereError) as error:
        return {item.pk: Failure(str(error), final=True) for item in items}
    return {}


def register() -> None:
    """Called when the app is ready."""
    again = (timedelta(minutes=1),)  # for a worker that stopped in the middle
    outbox.register(
        Handler(
            REBUILD,
            rebuild_asked_for,
            lease=LEASE,
            delays=again,
            keeps=True,
            aside=True,
            label=_("index of the search to make again"),
        )
    )
    register_job(
        Job("search_rebuild", timedelta(seconds=10), lambda: outbox.drain([REBUILD]), aside=True)
    )
    register_job(Job("search_counts_purge", timedelta(days=1), purge))
