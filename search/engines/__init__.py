"""The engines that can answer, by the name that `SEARCH_ENGINE` gives."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.utils.module_loading import import_string

from search.engines.base import Engine

ENGINES = {
    "sqlite": "search.engines.sqlite.SQLiteEngine",
    "postgres": "search.engines.postgres.PostgresEngine",
}
# The engine that lives in each kind of database: always written, always able to answer.
OF_DATABASE = {"sqlite": "sqlite", "postgresql": "postgres"}


def engine_named(name: str | None = None) -> Engine:
    """The engine of this name, or the configured one; refuse a wrong name with a clear sentence."""
    chosen = name or settings.SEARCH_ENGINE or OF_DATABASE[connection.vendor]
    if chosen not in ENGINES:
        raise ImproperlyConfigured(
            f"SEARCH_ENGINE is “{chosen}”: the engines known are {', '.join(sorted(ENGINES))}."
        )
    if chosen in OF_DATABASE.values() and chosen != OF_DATABASE[connection.vendor]:
        raise ImproperlyConfigured(
            f"SEARCH_ENGINE is “{chosen}” but the database is {connection.vendor}: choose "
            f"“{OF_DATABASE[connection.vendor]}”, or leave SEARCH_ENGINE out."
        )
    engine: Engine = import_string(ENGINES[chosen])()
    return engine
