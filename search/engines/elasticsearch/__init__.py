"""The engine of a cluster: Elasticsearch answers, and the database does whenever it cannot."""

from __future__ import annotations

from collections.abc import Sequence

from search.engines import database_engine
from search.engines.base import EngineAnswer, EngineQuery, Health, UnavailableError
from search.engines.elasticsearch import feed
from search.engines.elasticsearch.breaker import Breaker
from search.engines.elasticsearch.building import build
from search.engines.elasticsearch.engine import BehindError, ClusterEngine
from search.models import SearchDocument

PROBE_TIMEOUT = 0.4  # seconds
_cluster = ClusterEngine()
breaker = Breaker(_cluster.health)


class ElasticsearchEngine:
    """`search.engines.base.Engine`: never raises for a cluster that fails, never waits for it twice.

    Publications only note what changed, in their own transaction; the worker brings it over.
    """

    name = "elasticsearch"

    def search(self, query: EngineQuery) -> EngineAnswer:
        if not breaker.is_open:
            try:
                return _cluster.search(query)
            except UnavailableError as error:
                _note(error)
        return database_engine().search(query)

    def suggest(self, query: EngineQuery) -> Sequence[int]:
        if not breaker.is_open:
            try:
                return _cluster.suggest(query)
            except UnavailableError as error:
                _note(error)
        return database_engine().suggest(query)

    def index(self, documents: Sequence[SearchDocument]) -> None:
        feed.ask_for(document.page_id for document in documents)

    def follow_lists(self, page_ids: Sequence[int]) -> None:
        feed.ask_for(page_ids)

    def delete(self, page_ids: Sequence[int]) -> None:
        feed.ask_for(page_ids)

    def rebuild(self) -> None:
        """Raises UnavailableError when the cluster is away, BuildingElsewhereError when another does it."""
        build()

    def health(self) -> Health:
        """Quick enough for a probe; what it finds changes nothing."""
        if breaker.is_open:
            return Health(False, breaker.reason, 0)
        try:
            return _cluster.health(PROBE_TIMEOUT)
        except UnavailableError as error:
            return Health(False, str(error), 0)


def _note(error: UnavailableError) -> None:
    """Being behind is not failing: the next search may find the cluster up to date."""
    if not isinstance(error, BehindError):
        breaker.open(str(error))
