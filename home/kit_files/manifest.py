"""Reads `kit.toml`: the kit's version, its date and its list of files."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from home.kit_files.model import KitContentError, KitEntry
from home.kit_files.typography import french_spaces


@dataclass(frozen=True, slots=True)
class Manifest:
    """The kit as a whole. `released` dates every file, so that builds are repeatable.

    `kit` lists the files of the kit, `library` the files built with them but kept apart.
    """

    label: str
    released: date
    contact: str
    kit: tuple[KitEntry, ...]
    library: tuple[KitEntry, ...]

    @property
    def entries(self) -> tuple[KitEntry, ...]:
        """Everything to build, the kit first."""
        return (*self.kit, *self.library)

    @property
    def timestamp(self) -> datetime:
        """Noon UTC of the release day: the date written inside the files."""
        return datetime(self.released.year, self.released.month, self.released.day, 12, tzinfo=UTC)

    def entry(self, key: str) -> KitEntry:
        """Return the entry of that key, or raise KeyError."""
        for entry in self.entries:
            if entry.key == key:
                return entry
        raise KeyError(key)


def read_toml(path: Path) -> dict[str, Any]:
    """Read one TOML source; a missing or malformed file is named in the error."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise KitContentError(f"{path.name}: the file is missing") from error
    except tomllib.TOMLDecodeError as error:
        raise KitContentError(f"{path.name}: {error}") from error


def read_manifest(content_dir: Path) -> Manifest:
    """Read the list of files from `content_dir`/kit/kit.toml."""
    data = read_toml(content_dir / "kit" / "kit.toml")
    try:
        manifest = Manifest(
            label=french_spaces(data["label"]),
            released=data["released"],
            contact=data["contact"],
            kit=tuple(_entry(row) for row in data["file"]),
            library=tuple(_entry(row) for row in data.get("library", [])),
        )
    except KeyError as error:
        raise KitContentError(f"kit.toml: {error} is missing") from error
    keys = [entry.key for entry in manifest.entries]
    if len(set(keys)) != len(keys):
        raise KitContentError("kit.toml: a key stands twice")
    return manifest


def _entry(row: dict[str, Any]) -> KitEntry:
    return KitEntry(
        key=row["key"],
        filename=row["filename"],
        title=french_spaces(row["title"]),
        description=french_spaces(row["description"]),
        recipe=row["recipe"],
        source=row["source"],
        pages=row.get("pages"),
        keywords=french_spaces(row.get("keywords", "")),
    )
