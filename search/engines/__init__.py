"""The engines that can answer, by the name that `SEARCH_ENGINE` gives."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.utils.module_loading import import_string

from search.engines.base import Engine

if TYPE_CHECKING:
    from search.engines.database import DatabaseEngine

CLUSTER = "elasticsearch"
ENGINES = {
    "sqlite": "search.engines.sqlite.SQLiteEngine",
    "postgres": "search.engines.postgres.PostgresEngine",
    CLUSTER: "search.engines.elasticsearch.ElasticsearchEngine",
}
# The engine that lives in each kind of database: always written, always able to answer.
OF_DATABASE = {"sqlite": "sqlite", "postgresql": "postgres"}


def engine_named(name: str | None = None) -> Engine:
    """The engine of this name, or the configured one; refuse a wrong one with a clear sentence."""
    chosen = name or settings.SEARCH_ENGINE or OF_DATABASE[connection.vendor]
    _refuse_wrong(chosen)
    engine: Engine = import_string(ENGINES[chosen])()
    return engine


def _refuse_wrong(chosen: str) -> None:
    own = OF_DATABASE[connection.vendor]
    if chosen not in ENGINES:
        known = ", ".join(sorted(ENGINES))
        raise ImproperlyConfigured(f"SEARCH_ENGINE is “{chosen}”: the engines known are {known}.")
    if chosen not in (own, CLUSTER):
        raise ImproperlyConfigured(
            f"SEARCH_ENGINE is “{chosen}” but the database is {connection.vendor}: choose “{own}”, "
            "or leave SEARCH_ENGINE out."
        )
    if chosen == CLUSTER and not settings.SEARCH_CLUSTER["nodes"]:
        raise ImproperlyConfigured(
            "SEARCH_ENGINE is “elasticsearch” but SEARCH_URL is empty: give the addresses of its nodes."
        )


def database_engine() -> DatabaseEngine:
    """The engine that lives in the site's own database: it answers whenever the site does."""
    engine: DatabaseEngine = import_string(ENGINES[OF_DATABASE[connection.vendor]])()
    return engine


def written_engines() -> list[Engine]:
    """Every engine that follows what is published: the database's, and the cluster when there is one."""
    engines: list[Engine] = [database_engine()]
    if settings.SEARCH_ENGINE == CLUSTER:
        engines.append(engine_named())
    return engines
