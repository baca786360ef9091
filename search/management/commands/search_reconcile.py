"""Compares the index of a cluster with the rows, and mends what differs."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from hub.core import outbox
from search.engines import CLUSTER
from search.engines.base import UnavailableError
from search.engines.elasticsearch.engine import KIND
from search.engines.elasticsearch.reconcile import reconcile


class Command(BaseCommand):
    help = "Compare the Elasticsearch index with the database, both ways, and mend what differs."

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.SEARCH_ENGINE != CLUSTER:
            self.stdout.write(
                "The index of the database is written with the pages: nothing to compare."
            )
            return
        try:
            found = reconcile()
        except UnavailableError as error:
            raise CommandError(f"Elasticsearch cannot be compared: {error}.") from error
        outbox.drain([KIND])
        left = outbox.waiting(KIND).count()
        self.stdout.write(
            f"{found.missing} missing, {found.ghosts} that no longer exist, {found.stale} out of date; "
            f"{left} still to be sent."
        )
