"""What a backup says of itself: each file with its digest, the migrations, the rows of each table."""

import hashlib
import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

NAME: Final = "manifest.json"
FORMAT: Final = "hub-backup"
VERSION: Final = 1
DATABASE: Final = "hub.sqlite3"
# Folders of the data folder. What is made again (static files) and what passes (messages) is not kept.
FOLDERS: Final = ("media", "kits", "guides", "attachments")
SINGLE: Final = ("secret_key",)


class BackupError(Exception):
    """Why there is no backup, or none to put back, in one sentence."""


@dataclass(frozen=True)
class Manifest:
    made_at: str
    files: Mapping[str, str]  # path from the backup, sha256
    migrations: Sequence[str]  # « app.name », in the order they were applied
    rows: Mapping[str, int]  # by table
    secret_key: str  # "file", or "environment" when it is kept elsewhere
    format: str = FORMAT
    version: int = VERSION

    def write(self, folder: Path) -> None:
        text = json.dumps(asdict(self), indent=1, ensure_ascii=False)
        (folder / NAME).write_text(text + "\n", encoding="utf-8")


def read(folder: Path) -> Manifest:
    """The manifest of a backup. Raises BackupError."""
    try:
        data: Any = json.loads((folder / NAME).read_text(encoding="utf-8"))
        found = Manifest(**data)
    except (OSError, ValueError, TypeError) as error:
        raise BackupError(f"{folder} is no backup: {error}") from error
    if (found.format, found.version) != (FORMAT, VERSION):
        raise BackupError(f"{folder} is a backup of another kind: {found.format} {found.version}")
    return found


def digest_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def files_in(folder: Path) -> Iterator[Path]:
    """Every file of the folders that are kept, and the single ones. Links are not followed."""
    for name in FOLDERS:
        for path in sorted((folder / name).rglob("*")):
            if path.is_file() and not path.is_symlink():
                yield path
    yield from (folder / name for name in SINGLE if (folder / name).is_file())


def contents(database: Path) -> tuple[list[str], dict[str, int]]:
    """The migrations and the number of rows of each table. Raises BackupError for a damaged file."""
    with closing(sqlite3.connect(f"{database.as_uri()}?mode=ro", uri=True)) as connection:
        try:
            said = connection.execute("PRAGMA integrity_check").fetchone()[0]
            if said != "ok" or connection.execute("PRAGMA foreign_key_check").fetchone():
                raise BackupError(f"{database} is damaged: {said}")
            applied = connection.execute("SELECT app, name FROM django_migrations ORDER BY id")
            migrations = [f"{app}.{name}" for app, name in applied]
            tables = connection.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE '%VIRTUAL%'"
            )
            names = sorted(name for (name,) in tables)
            rows = {
                n: connection.execute(f'SELECT count(*) FROM "{n}"').fetchone()[0] for n in names
            }
        except sqlite3.DatabaseError as error:
            raise BackupError(f"{database} cannot be read: {error}") from error
    return migrations, rows
