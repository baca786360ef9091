"""Takes a backup while the site is used.

Files are copied before the database and once more after it: whatever the database names at its
moment was there at one of the two. The database is written whole by SQLite itself (``VACUUM INTO``),
from one moment, without what was deleted. A backup appears under its name once it is complete.
"""

import os
import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from hub.core.backup import manifest
from hub.core.backup.manifest import DATABASE, BackupError, Manifest

ONLY_OWNER: Final = 0o700  # a backup holds the signing key and what people told


def take(data: Path, target: Path) -> Manifest:
    """Copy the data folder to ``target``, which must not exist. Raises BackupError, OSError."""
    if not (data / DATABASE).is_file():
        raise BackupError(f"There is no database in {data}.")
    if target.exists():
        raise BackupError(f"{target} exists already: a backup never overwrites anything.")
    if target.resolve().is_relative_to(data.resolve()):
        raise BackupError("A backup does not belong in the data folder.")
    unfinished = target.with_name(f".{target.name}.unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(mode=ONLY_OWNER, parents=True)
    try:
        made = _take(data, unfinished)
        unfinished.rename(target)
    except BaseException:
        shutil.rmtree(unfinished, ignore_errors=True)
        raise
    return made


def _take(data: Path, target: Path) -> Manifest:
    _copy_files(data, target)
    copy_database(data / DATABASE, target / DATABASE)
    _copy_files(data, target)
    migrations, rows = manifest.contents(target / DATABASE)
    kept = [target / DATABASE, *manifest.files_in(target)]
    made = Manifest(
        made_at=datetime.now(UTC).isoformat(timespec="seconds"),
        files={str(path.relative_to(target)): manifest.digest_of(path) for path in kept},
        migrations=migrations,
        rows=rows,
        secret_key="file" if (target / "secret_key").is_file() else "environment",
    )
    made.write(target)
    _sync(target)
    return made


def copy_database(source: Path, target: Path) -> None:
    """Write the database as it is at one moment; writers go on."""
    with closing(sqlite3.connect(f"{source.as_uri()}?mode=ro", uri=True, timeout=60)) as connection:
        try:
            connection.execute("VACUUM INTO ?", [str(target)])
        except sqlite3.DatabaseError as error:
            raise BackupError(f"The database could not be copied: {error}.") from error
    target.chmod(0o600)


def _copy_files(data: Path, target: Path) -> None:
    """Copy what is new or has changed; a file that goes meanwhile is named by nothing any more."""
    for path in manifest.files_in(data):
        copy = target / path.relative_to(data)
        try:
            if copy.exists() and _looks_same(path, copy):
                continue
            copy.parent.mkdir(mode=ONLY_OWNER, parents=True, exist_ok=True)
            shutil.copy2(path, copy)
        except FileNotFoundError:
            continue


def _looks_same(one: Path, other: Path) -> bool:
    a, b = one.stat(), other.stat()
    return (a.st_size, a.st_mtime_ns) == (b.st_size, b.st_mtime_ns)


def _sync(folder: Path) -> None:
    """Have everything on the disk before the backup gets its name."""
    for path in [*folder.rglob("*"), folder]:
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
