"""Refuses at start what would make every search fail."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.core.checks import register as register_check
from django.core.exceptions import ImproperlyConfigured

from search.engines import CLUSTER, engine_named


def check_engine(**_kwargs: Any) -> list[CheckMessage]:
    """The configured engine exists, suits the database and has all it needs."""
    try:
        engine_named()
    except ImproperlyConfigured as error:
        return [Error(str(error), id="search.E001")]
    if settings.SEARCH_CLUSTER["nodes"] and settings.SEARCH_ENGINE != CLUSTER:
        text = (
            "SEARCH_URL is given but SEARCH_ENGINE is not “elasticsearch”: nothing would be asked there. "
            "Give both, or neither."
        )
        return [Error(text, id="search.E002")]
    return []


def register() -> None:
    """Called when the app is ready."""
    register_check(check_engine, "search")
