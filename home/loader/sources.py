"""Reads the content files: TOML front matter and Markdown, CSV, TOML."""

import csv
import hashlib
import json
import tomllib
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

CONTENT = Path(__file__).resolve().parent.parent / "content"
SECTIONS = (
    "documents", "glossaire", "pratiques", "outils", "videos", "retours", "guides", "kits",
    "parcours", "dossiers", "pages",
)  # fmt: skip


class ContentError(ValueError):
    """A content file cannot be read; the message names the file and the reason."""


@dataclass(frozen=True)
class Source:
    """One page in one language, as written in a file."""

    section: str
    slug: str
    language: str
    data: dict[str, Any]
    body: str

    @property
    def key(self) -> str:
        """What other files call the page: the same in every language."""
        return f"{self.section}/{self.slug}"

    @property
    def item_key(self) -> str:
        return self.key if self.language == "fr" else f"{self.key}.{self.language}"

    @cached_property
    def digest(self) -> str:
        return digest_of([self.data, self.body])


def digest_of(value: Any) -> str:
    """A fingerprint of data read from files."""
    text = json.dumps(value, sort_keys=True, default=str, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def read_toml(name: str) -> dict[str, Any]:
    path = CONTENT / name
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise ContentError(f"{name}: {error}") from error


def read_pages() -> list[Source]:
    """Every page of every language, the sections in the order they need each other."""
    sources = [
        _read_page(section, path)
        for section in SECTIONS
        for path in sorted((CONTENT / "pages" / section).glob("*.md"))
    ]
    # What is loaded last stands first among the latest resources.
    return read_glossary() + sources


def _read_page(section: str, path: Path) -> Source:
    slug, _dot, language = path.stem.partition(".")
    try:
        _before, front, body = path.read_text(encoding="utf-8").split("+++\n", 2)
        data = tomllib.loads(front)
    except (ValueError, tomllib.TOMLDecodeError) as error:
        raise ContentError(f"pages/{section}/{path.name}: {error}") from error
    for name in ("title", "summary"):
        if not data.get(name):
            raise ContentError(f"pages/{section}/{path.name}: {name} is missing")
    return Source(section, slug, language or "fr", data, body.strip())


def read_glossary() -> list[Source]:
    """The terms of the two glossary files, French first."""
    french = {row["slug"]: row for row in _rows("glossary.csv")}
    sources = [_term(row, "fr") for row in french.values()]
    for row in _rows("glossary.en.csv"):
        if row["slug"] not in french:
            raise ContentError(f"glossary.en.csv: {row['slug']} has no French term")
        english = _term(french[row["slug"]] | row, "en")
        sources.append(replace(english, language="en"))
    return sources


def _rows(name: str) -> list[dict[str, str]]:
    with (CONTENT / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _term(row: dict[str, str], language: str) -> Source:
    data: dict[str, Any] = {
        "title": row["term"],
        "summary": row["plain"],
        "plain": row["plain"],
        "acronym": row["acronym"],
        "variants": _several(row["variants"]),
        "not_to_confuse": [item.split(": ", 1) for item in _several(row["not_to_confuse"])],
        "resources": [f"glossaire/{slug}" for slug in _several(row["related"])],
        "source": row["source"],
        "source_checked": row["source_checked"],
        "themes": _several(row["themes"]),
        "steps": _several(row["steps"]),
        "legal": _several(row["legal"]),
        "ambiguous": row["ambiguous"] == "yes",
        "organisation": "federation",
    }
    return Source("glossaire", row["slug"], language, data, row["full"].strip())


def _several(text: str | None) -> list[str]:
    return [item.strip() for item in (text or "").split("|") if item.strip()]
