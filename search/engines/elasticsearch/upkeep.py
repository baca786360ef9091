"""What the worker does for a cluster, unasked: feed it, build what is missing, mend what differs."""

from __future__ import annotations

import logging
from datetime import timedelta

from hub.core.jobs import Job
from hub.core.jobs import register as register_job
from search.engines.base import UnavailableError
from search.engines.elasticsearch import feed
from search.engines.elasticsearch.building import BuildingElsewhereError, build
from search.engines.elasticsearch.cluster import patient, reaching
from search.engines.elasticsearch.index import alias
from search.engines.elasticsearch.reconcile import reconcile

logger = logging.getLogger(__name__)


def build_if_missing() -> None:
    """A cluster that has no index of this release gets one."""
    try:
        with reaching():
            missing = not patient().indices.exists_alias(name=alias())
        if missing:
            build()
    except (UnavailableError, BuildingElsewhereError) as error:
        logger.warning("the index is not built: %s", error)


def compare() -> None:
    """Mend what differs, whatever made it so."""
    try:
        found = reconcile()
    except UnavailableError as error:
        logger.warning("the index cannot be compared: %s", error)
        return
    if any(found):
        logger.warning("the index differed and is being mended: %s", found)


def register() -> None:
    """Called when the app is ready, on a site that has a cluster."""
    feed.register()
    register_job(Job("search_build", timedelta(seconds=20), build_if_missing, aside=True))
    register_job(Job("search_reconcile", timedelta(minutes=10), compare, aside=True))
