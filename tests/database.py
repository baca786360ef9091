"""Lends another database to the default connection for a while."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.db import ConnectionHandler, connections
from modelsearch.backends.database.postgres.weights import BOOSTS_WEIGHTS, set_weights
from wagtail.models import Site

from hub.settings.database import database


@contextmanager
def database_file(path: Path) -> Iterator[None]:
    """Every query of the block goes to ``path``; what was remembered of a database is forgotten."""
    usual = connections["default"]
    lent = usual.copy()
    lent.settings_dict["NAME"] = str(path)
    with _lending(lent):
        yield


@contextmanager
def database_at(url: str) -> Iterator[None]:
    """Every query of the block goes to the PostgreSQL database at this address."""
    if not BOOSTS_WEIGHTS:  # the admin's own search prepares itself when it starts on PostgreSQL
        set_weights()
    settings = {"default": database(url, Path())}
    lent = ConnectionHandler(settings)["default"]
    with _lending(lent):
        yield


@contextmanager
def _lending(lent: Any) -> Iterator[None]:
    usual = connections["default"]
    if getattr(usual, "is_lent", False):
        raise RuntimeError("a module stands on one database at a time")
    lent.is_lent = True
    connections["default"] = lent
    _forget()
    try:
        yield
    finally:
        lent.close()
        connections["default"] = usual
        _forget()


def _forget() -> None:
    cache.clear()
    ContentType.objects.clear_cache()
    Site.clear_site_root_paths_cache()
