"""Runs a file of queries, to measure relevance from outside."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError

from hub.core.judging import read_pairs, write_answers
from search.engines import CLUSTER, engine_named
from search.engines.base import SearchRequest, UnavailableError
from search.engines.elasticsearch.engine import ClusterEngine
from search.service import search

RESULTS = 20


class Command(BaseCommand):
    help = "Answer every query of a JSON file and write the external ids found, best first."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "queries", help='{"queries": [{"qid", "query"}]} or a list of such objects'
        )
        parser.add_argument("out", help='{"qid": {"docs": [external ids], "confident": true}}')
        parser.add_argument("--engine", help="the engine to ask instead of SEARCH_ENGINE")
        parser.add_argument("--locale", default="fr", help="the site language searched (fr)")

    def handle(self, *args: Any, **options: Any) -> None:
        queries = read_pairs(Path(options["queries"]), "qid", "query", within="queries")
        try:
            engine = engine_named(options["engine"])
            if options["engine"] == CLUSTER:
                engine = (
                    ClusterEngine()
                )  # what is measured is the cluster, not what stands in for it
            found = {qid: self._answer(query, engine, options["locale"]) for qid, query in queries}
        except (ImproperlyConfigured, UnavailableError) as error:
            raise CommandError(str(error)) from error
        write_answers(Path(options["out"]), found)
        self.stdout.write(f"{len(found)} queries answered.")

    @staticmethod
    def _answer(query: str, engine: Any, locale: str) -> dict[str, object]:
        result = search(SearchRequest(query=query, locale=locale, limit=RESULTS), engine=engine)
        ids = [hit.external_id or str(hit.page_id) for hit in result.hits]
        return {"docs": ids, "confident": result.confident and bool(ids)}
