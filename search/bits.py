"""Sets of documents as big integers: one bit per page id. Pure.

An intersection is `&`, a size is `bit_count()`: facets are counted exactly in microseconds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

Facets = Mapping[str, Mapping[str, int]]

SHOWN = "@shown"
EXPIRES = "@expires"
RESERVED = "@"


def pack(page_ids: Iterable[int]) -> int:
    """The set of these ids."""
    ids = list(page_ids)
    if not ids:
        return 0
    buffer = bytearray(max(ids) // 8 + 1)
    for page_id in ids:
        buffer[page_id >> 3] |= 1 << (page_id & 7)
    return int.from_bytes(buffer, "little")


def unpack(bits: int) -> Iterator[int]:
    """The ids of a set, smallest first."""
    buffer = bits.to_bytes((bits.bit_length() + 7) // 8, "little")
    for index, byte in enumerate(buffer):
        base = index << 3
        while byte:
            low = byte & -byte
            yield base + low.bit_length() - 1
            byte ^= low


def to_bytes(bits: int) -> bytes:
    """How a set is stored."""
    return bits.to_bytes((bits.bit_length() + 7) // 8, "little")


def from_bytes(stored: bytes | memoryview) -> int:
    """Read a stored set."""
    return int.from_bytes(stored, "little")


class Membership:
    """Tests ids against one set quickly, for walking long ordered lists."""

    def __init__(self, bits: int) -> None:
        self._buffer = to_bytes(bits)
        self._size = len(self._buffer) << 3

    def __contains__(self, page_id: int) -> bool:
        return page_id < self._size and bool(self._buffer[page_id >> 3] & (1 << (page_id & 7)))


def shown(facets: Facets, locale: str | None, now: datetime) -> int:
    """The documents that the lists of a site locale (all, when None) show at a moment."""
    by_locale = facets.get(SHOWN, {})
    if locale is None:
        base = 0
        for bits in by_locale.values():
            base |= bits
    else:
        base = by_locale.get(locale, 0)
    for until, bits in facets.get(EXPIRES, {}).items():
        if datetime.fromisoformat(until) <= now:
            base &= ~bits
    return base


def chosen(facets: Facets, filters: Mapping[str, frozenset[str]]) -> dict[str, int]:
    """For each filtered facet, the documents that hold one of its chosen values."""
    result = {}
    for name, values in filters.items():
        union = 0
        for value in values:
            union |= facets.get(name, {}).get(value, 0)
        result[name] = union
    return result


def restrict(matched: int, selections: Mapping[str, int]) -> int:
    """The matched documents that satisfy every selection."""
    for bits in selections.values():
        matched &= bits
    return matched


def count(
    matched: int, facets: Facets, selections: Mapping[str, int], names: Iterable[str]
) -> dict[str, dict[str, int]]:
    """For each value of each facet, the exact size of the list that it alone in its facet would give.

    The query and the other facets apply; values that would give nothing are left out.
    """
    counts = {}
    for name in names:
        others = restrict(
            matched, {other: bits for other, bits in selections.items() if other != name}
        )
        sizes = {value: (others & bits).bit_count() for value, bits in facets.get(name, {}).items()}
        counts[name] = {value: size for value, size in sizes.items() if size}
    return counts
