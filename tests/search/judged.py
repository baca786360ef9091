"""The judged documents and queries of the project. Reads files only: no Django here."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data"


def documents() -> list[dict[str, Any]]:
    """The documents of the evaluation set of the tests."""
    return [json.loads(line) for line in (DATA / "documents.jsonl").read_text("utf-8").splitlines()]


def queries() -> list[dict[str, Any]]:
    """Its queries: {"qid", "query", "class", "relevant": {id: grade}}."""
    found: list[dict[str, Any]] = json.loads((DATA / "queries.json").read_text("utf-8"))
    return found
