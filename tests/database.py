"""Lends another SQLite file to the default connection for a while."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.db import connections
from wagtail.models import Site


@contextmanager
def database_file(path: Path) -> Iterator[None]:
    """Every query of the block goes to ``path``; what was remembered of a database is forgotten."""
    usual = connections["default"]
    if getattr(usual, "is_lent", False):
        raise RuntimeError("a module stands on one site: the empty one or the loaded one")
    lent = usual.copy()
    lent.settings_dict["NAME"] = str(path)
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
