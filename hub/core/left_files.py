"""Deletes stored files that no row names: an undone transaction or a killed process leaves them."""

from contextlib import suppress
from datetime import timedelta
from pathlib import Path, PurePath
from typing import Final

from django.conf import settings
from django.core.files.storage import FileSystemStorage, Storage, default_storage
from django.db.models import Model
from django.utils import timezone
from wagtail.models import UploadedFile
from wagtail.users.models import UserProfile

from hub.core import jobs
from hub.core.models import (
    DocumentVersion,
    FirstPage,
    HubDocument,
    HubImage,
    HubMedia,
    HubRendition,
)
from hub.core.whole_files import PARTS

# A transaction that is still under way may have written a file and not yet its row. Looked for every
# ten minutes: gone within the hour.
YOUNGEST = timedelta(minutes=50)
# The columns that name the files of each folder: every one that stores a file is here.
NAMED: Final[dict[str, tuple[tuple[type[Model], str], ...]]] = {
    "documents": ((HubDocument, "file"), (DocumentVersion, "file")),
    "first_pages": ((FirstPage, "file"), (FirstPage, "card")),
    "original_images": ((HubImage, "file"),),
    "images": ((HubRendition, "file"),),
    "media": ((HubMedia, "file"),),
    "media_thumbnails": ((HubMedia, "thumbnail"),),
    "avatar_images": ((UserProfile, "avatar"),),
    "wagtail_uploads": ((UploadedFile, "file"),),
    PARTS: (),
}


def sweep() -> int:
    """Delete what is old enough and named by nothing; return how many files."""
    arriving = FileSystemStorage(location=settings.FILE_UPLOAD_TEMP_DIR)
    deleted = _sweep(arriving, "", set())
    # The names are read before the files: what comes in between is too young to be deleted.
    return deleted + sum(_sweep(default_storage, folder, _names(folder)) for folder in NAMED)


def _names(folder: str) -> set[str]:
    columns = (model._default_manager.values_list(name, flat=True) for model, name in NAMED[folder])
    return {name for column in columns for name in column}


def _sweep(storage: Storage, folder: str, named: set[str]) -> int:
    try:
        _folders, files = storage.listdir(folder)
    except FileNotFoundError:
        return 0
    left = [name for file in files if (name := str(PurePath(folder, file))) not in named]
    return sum(_is_deleted(storage, name) for name in left)


def _is_deleted(storage: Storage, name: str) -> bool:
    """Unless it is too young, or goes by itself meanwhile."""
    try:
        if timezone.now() - storage.get_modified_time(name) < YOUNGEST:
            return False
    except FileNotFoundError:
        return False
    storage.delete(name)
    return True


def register() -> None:
    """Called when the app is ready."""
    with suppress(OSError):  # whoever only reads may do without
        Path(settings.FILE_UPLOAD_TEMP_DIR).mkdir(parents=True, exist_ok=True)
    jobs.register(jobs.Job("files that nothing names", timedelta(minutes=10), sweep))
