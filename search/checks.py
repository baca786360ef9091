"""Refuses at start what would make every search fail."""

from __future__ import annotations

from typing import Any

from django.core.checks import CheckMessage, Error
from django.core.checks import register as register_check
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from search.engines import engine_named


def check_engine(**_kwargs: Any) -> list[CheckMessage]:
    """The configured engine exists and suits the database."""
    try:
        engine = engine_named()
    except ImproperlyConfigured as error:
        return [Error(str(error), id="search.E001")]
    if engine.name == "sqlite" and connection.vendor != "sqlite":
        text = f"SEARCH_ENGINE is “sqlite” but the database is {connection.vendor}: choose the engine of this database."
        return [Error(text, id="search.E002")]
    return []


def register() -> None:
    """Called when the app is ready."""
    register_check(check_engine, "search")
