"""The judged documents and queries of the project. Reads files only: no Django here."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
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


def ndcg(relevant: Mapping[str, int], found: Sequence[str]) -> float:
    """Normalised discounted gain of the first ten: 1 for the best order of the judged documents."""
    best = _gain(sorted(relevant.values(), reverse=True)[:10])
    return _gain([relevant.get(name, 0) for name in found[:10]]) / best


def _gain(grades: Sequence[int]) -> float:
    return sum((2**grade - 1) / math.log2(place + 2) for place, grade in enumerate(grades))
