"""The engines that can answer, by the name that `SEARCH_ENGINE` gives."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.module_loading import import_string

from search.engines.base import Engine

ENGINES = {"sqlite": "search.engines.sqlite.SQLiteEngine"}
DEFAULT_ENGINE = "sqlite"


def engine_named(name: str | None = None) -> Engine:
    """The engine of this name, or the configured one; refuse a wrong name with a clear sentence."""
    chosen = name or getattr(settings, "SEARCH_ENGINE", DEFAULT_ENGINE)
    if chosen not in ENGINES:
        raise ImproperlyConfigured(
            f"SEARCH_ENGINE is “{chosen}”: the engines known are {', '.join(sorted(ENGINES))}."
        )
    engine: Engine = import_string(ENGINES[chosen])()
    return engine
