"""What a request may ask of an engine: whatever comes, it is brought within bounds. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice

from search.rows import FACET_VALUE_LENGTH

MAX_FILTER_VALUES = 30
MAX_FACETS = 30
# A facet that no document has: what is asked of a name that cannot be one.
NO_FACET = "none"


def plain(value: object) -> str:
    """A text that any database and any server can read."""
    text = str(value)[:FACET_VALUE_LENGTH]
    return text.replace("\0", "").encode("utf-8", "replace").decode()


def bounded(number: object, most: int) -> int:
    """A whole number from 0 to `most`; 0 for what is no number, NaN included."""
    return int(max(0, min(number, most))) if isinstance(number, int | float) else 0


def cleaned(filters: Mapping[str, frozenset[str]]) -> dict[str, frozenset[str]]:
    """Bounded filters, without the index's own facets."""
    kept = {}
    for name, values in islice(filters.items(), MAX_FACETS):
        chosen = frozenset(sorted(map(plain, values))[:MAX_FILTER_VALUES])
        if chosen and not str(name).startswith("@"):
            kept[str(name) if str(name).isidentifier() else NO_FACET] = chosen
    return kept
