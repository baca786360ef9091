"""Deletes stored files that no row names: a transaction that is undone leaves the file it wrote."""

from datetime import timedelta

from django.core.files.storage import default_storage
from django.utils import timezone

from hub.core import jobs
from hub.core.models import DocumentVersion, FirstPage, HubDocument

# A transaction that is still under way may have written a file and not yet its row.
YOUNGEST = timedelta(days=1)


def sweep() -> int:
    """Delete what is older than a day and named by nothing; return how many files."""
    return sum(_sweep(folder, named) for folder, named in _named().items())


def _named() -> dict[str, set[str]]:
    documents = {*HubDocument.objects.values_list("file", flat=True)}
    documents |= {*DocumentVersion.objects.values_list("file", flat=True)}
    pictures = {n for row in FirstPage.objects.values_list("file", "card") for n in row}
    return {"documents": documents, "first_pages": pictures}


def _sweep(folder: str, named: set[str]) -> int:
    try:
        _folders, files = default_storage.listdir(folder)
    except FileNotFoundError:
        return 0
    deleted = 0
    for name in (f"{folder}/{file}" for file in files):
        if name in named or timezone.now() - default_storage.get_modified_time(name) < YOUNGEST:
            continue
        default_storage.delete(name)
        deleted += 1
    return deleted


def register() -> None:
    """Called when the app is ready."""
    jobs.register(jobs.Job("files that nothing names", timedelta(days=1), sweep))
