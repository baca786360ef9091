"""Makes the index again: after a change of analysis, or when in doubt."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from search import state
from search.engines import CLUSTER, engine_named
from search.engines.base import UnavailableError
from search.engines.elasticsearch.building import BuildingElsewhereError
from search.rebuilding import rebuild


class Command(BaseCommand):
    help = "Make the search index again, while the site goes on. Can be stopped and run again."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--index-only",
            action="store_true",
            help="make the index of the engine again from the rows, without reading the pages",
        )
        parser.add_argument(
            "--if-needed",
            action="store_true",
            help="only if another release made the rows: after an upgrade",
        )

    def handle(self, *args: Any, index_only: bool, if_needed: bool, **options: Any) -> None:
        if if_needed and state.is_current():
            return
        try:
            if index_only:
                engine_named().rebuild()
                found = engine_named().health().documents
            else:
                found = rebuild(everywhere=not if_needed)
        except (UnavailableError, BuildingElsewhereError) as error:
            raise CommandError(f"{CLUSTER} could not be rebuilt: {error}. Run it again.") from error
        if options["verbosity"]:
            self.stdout.write(f"{found} pages can be found.")
