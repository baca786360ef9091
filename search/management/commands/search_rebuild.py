"""Makes the index again: after a change of analysis, or when in doubt."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from search.engines import engine_named
from search.indexing import reindex_all


class Command(BaseCommand):
    help = "Make every row of the search index again from the pages."

    def handle(self, *args: Any, **options: Any) -> None:
        found = reindex_all()
        engine_named().rebuild()
        self.stdout.write(f"{found} pages can be found.")
