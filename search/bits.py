"""Sets of documents as big integers: one bit per page id. Pure.

An intersection is `&`, a size is `bit_count()`: facets are counted exactly in microseconds.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

Facets = Mapping[str, Mapping[str, int]]

SHOWN = "@shown"
EXPIRES = "@expires"
MADE_UP = "@made-up"
RESERVED = "@"
ONE = ord("1")


def pack(page_ids: Iterable[int]) -> int:
    """The set of these ids."""
    ids = list(page_ids)
    if not ids:
        return 0
    buffer = bytearray(max(ids) // 8 + 1)
    for page_id in ids:
        buffer[page_id >> 3] |= 1 << (page_id & 7)
    return int.from_bytes(buffer, "little")


def parse(listed: str | None) -> int:
    """The set of a list of ids written « 3,17,42 », in any order: how an engine hands over many."""
    if not listed:
        return 0
    ids: list[int] = json.loads(f"[{listed}]")
    digits = bytearray(b"0") * (max(ids) + 1)
    for page_id in ids:
        digits[page_id] = ONE
    digits.reverse()
    return int(digits, 2)


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


class Scores:
    """Adds whole numbers to the documents of sets: one big integer per binary digit of the sums.

    So that the best of any number of documents are found without looking at them one by one.
    """

    def __init__(self) -> None:
        self._digits: list[int] = []

    def add(self, documents: int, points: int) -> None:
        """Give points to every document of a set."""
        for place in range(points.bit_length()):
            if points >> place & 1:
                self._carry(documents, place)

    def _carry(self, documents: int, place: int) -> None:
        while documents:
            while len(self._digits) <= place:
                self._digits.append(0)
            held = self._digits[place]
            self._digits[place], documents = held ^ documents, held & documents
            place += 1

    def best(self, among: int, most: int) -> list[tuple[int, int]]:
        """The documents of a set that have most points, with them, at most `most`; ties by id, the highest first."""
        found: list[tuple[int, int]] = []
        waiting = [(among, len(self._digits), 0)]
        while waiting and len(found) < most:
            documents, place, points = waiting.pop()
            if place and documents:
                digit = self._digits[place - 1]
                waiting += [
                    (documents & ~digit, place - 1, points),
                    (documents & digit, place - 1, points + (1 << place - 1)),
                ]
                continue
            while documents and len(found) < most:
                highest = documents.bit_length() - 1
                found.append((highest, points))
                documents ^= 1 << highest
        return found


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
