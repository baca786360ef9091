"""Puts a backup in an empty data folder, once every file of it is known to be whole."""

import shutil
from collections.abc import Collection
from pathlib import Path
from typing import Final

from hub.core.backup import manifest
from hub.core.backup.manifest import FOLDERS, BackupError, Manifest

# What the site makes by itself in a new folder, or what is always made again.
MADE_AGAIN: Final = ("secret_key", "static", "arriving")


def restore(source: Path, data: Path, known: Collection[str]) -> Manifest:
    """Copy a backup to the data folder. Raises BackupError; nothing is written then.

    ``known`` are the migrations of this code: a backup of newer code is refused.
    """
    told = manifest.read(source)
    _refuse_used(data)
    _check(source, told, known)
    data.mkdir(parents=True, exist_ok=True)
    for name in told.files:
        target = data / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(source / name, target)
        if manifest.digest_of(target) != told.files[name]:
            raise BackupError(f"{target} was not written as it is in the backup.")
    for name in FOLDERS:
        (data / name).mkdir(exist_ok=True)
    return told


def _refuse_used(data: Path) -> None:
    there = [path.name for path in data.iterdir()] if data.is_dir() else []
    if found := sorted(name for name in there if name not in MADE_AGAIN):
        raise BackupError(
            f"{data} is in use ({', '.join(found[:3])}): a backup is put back in an empty folder."
        )


def _check(source: Path, told: Manifest, known: Collection[str]) -> None:
    newer = [name for name in told.migrations if name not in known]
    if newer:
        raise BackupError(
            f"This backup comes from newer code (it knows {newer[0]}): put that code in place first."
        )
    for name, digest in told.files.items():
        path = source / name
        if ".." in Path(name).parts or Path(name).is_absolute():
            raise BackupError(f"The manifest names a file outside of the backup: {name}.")
        if not path.is_file() or manifest.digest_of(path) != digest:
            raise BackupError(f"{path} is missing or damaged: nothing was put back.")
    migrations, rows = manifest.contents(source / manifest.DATABASE)
    if (migrations, rows) != (list(told.migrations), dict(told.rows)):
        raise BackupError("The database is not the one that the manifest describes.")
