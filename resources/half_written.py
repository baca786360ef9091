"""Deletes what writers killed half-way left beside the zips and the PDFs: one rule for all of them."""

from datetime import timedelta
from pathlib import Path
from typing import Final

from django.conf import settings

from hub.core import jobs
from resources import archives
from resources.selection import download

# Looked for every ten minutes: gone within the hour.
LEFT_AFTER: Final = timedelta(minutes=50)


def folders() -> tuple[Path, ...]:
    roots = (settings.KITS_ROOT, settings.GUIDES_ROOT, settings.SYNTHESES_ROOT)
    return (*map(Path, roots), download.folder())


def sweep() -> int:
    """Return how many files went; whole ones stay."""
    return sum(archives.sweep(folder, LEFT_AFTER) for folder in folders())


def register() -> None:
    """Called when the app is ready."""
    jobs.register(jobs.Job("files half written", timedelta(minutes=10), sweep))
