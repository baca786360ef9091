"""What the keys of the content files stand for in the database."""

import uuid
from dataclasses import dataclass, field
from typing import Any

from .sources import ContentError

NAMESPACE = uuid.UUID("6f6d3f0e-7d1c-5a9e-9d0e-3b1f5f3f2a11")


@dataclass
class References:
    """Ids by key. A key that stands for nothing is an error of the content, named."""

    pages: dict[str, int] = field(default_factory=dict)
    files: dict[str, int] = field(default_factory=dict)
    legal: dict[str, int] = field(default_factory=dict)
    rows: dict[str, dict[str, Any]] = field(default_factory=dict)
    file_pages: dict[str, str] = field(default_factory=dict)

    def page(self, key: str) -> int:
        return self._find(self.pages, key, "page")

    def file(self, key: str) -> int:
        return self._find(self.files, key, "file")

    def document_page(self, file_key: str) -> int:
        """The page of the library about a file."""
        return self.page(self._find(self.file_pages, file_key, "document page for the file"))

    def legal_record(self, key: str) -> int:
        return self._find(self.legal, key, "legal value")

    def row(self, kind: str, slug: str) -> Any:
        return self._find(self.rows[kind], slug, kind)

    def practice(self, code: str) -> int:
        """A practice by its code or its key: ``p01`` or ``pratiques/p01-…``."""
        if "/" in code:
            return self.page(code)
        start = f"pratiques/{code.lower()}-"
        found = next((pk for key, pk in self.pages.items() if key.startswith(start)), None)
        if found is None:
            raise ContentError(f"unknown practice: {code}")
        return found

    @staticmethod
    def _find(table: dict[str, Any], key: str, kind: str) -> Any:
        try:
            return table[key]
        except KeyError:
            raise ContentError(f"unknown {kind}: {key}") from None


def with_ids(raw: list[dict[str, Any]], path: str) -> list[dict[str, Any]]:
    """Give every block of a stream an id that depends on its place alone.

    So the French page and its translation have the same ones, which pairs their texts.
    """
    return [
        {**block, "value": _with_ids(block["value"], f"{path}/{n}"), "id": _id(f"{path}/{n}")}
        for n, block in enumerate(raw)
    ]


def _with_ids(value: Any, path: str) -> Any:
    if isinstance(value, dict):
        return {name: _with_ids(part, f"{path}/{name}") for name, part in value.items()}
    if isinstance(value, list) and all(
        isinstance(i, dict) and {"type", "value"} <= i.keys() for i in value
    ):
        return with_ids(value, path)
    return value


def _id(path: str) -> str:
    return str(uuid.uuid5(NAMESPACE, path))


def items(values: list[Any]) -> list[dict[str, Any]]:
    """The raw form of a list block."""
    return [{"type": "item", "value": value} for value in values]
