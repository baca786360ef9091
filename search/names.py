"""Names that resemble a word: what to offer when an answer is not sure.

Every name is remembered for a while, so that looking for one costs no query. What is remembered
only proposes: a page is shown if the index holds it at that moment.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import NamedTuple

from django.db import connection
from rapidfuzz.distance import OSA

from search.engines.base import Run
from search.models import SearchDocument
from search.rows import named

REMEMBERED_FOR = 60  # seconds
MOST_READ = 2_000
MOST = 3
# Shorter words resemble too many others.
SHORTEST = 4
ALIKE = 0.65
# « votation » begins as « vote » does: from this many letters of a stem, a beginning is enough.
ROOT = 3
SHARED = 0.6


class Named(NamedTuple):
    """A page, the site locales that list it, and its title and other names as runs of stems."""

    page_id: int
    shown_in: tuple[str, ...]
    names: tuple[Run, ...]


_remembered: dict[tuple[str, tuple[str, ...]], tuple[float, list[Named]]] = {}


def resembling(stems: Sequence[str], types: tuple[str, ...], locale: str | None) -> list[int]:
    """The pages of these types that have a name like one of the stems, likest first."""
    asked = [stem for stem in stems if len(stem) >= SHORTEST]
    if not asked or not types:
        return []
    found = [
        (-best, page.page_id)
        for page in _names(types)
        if locale in (None, *page.shown_in)
        and (best := max((likeness(asked, name) for name in page.names), default=0.0))
    ]
    return [page_id for _best, page_id in sorted(found)[:MOST]]


def likeness(stems: Sequence[str], name: Run) -> float:
    """How much a name resembles one of the stems (0 to 1): a name of one word more than a longer one."""
    best = max((_alike(stem, part) for stem in stems for part in name), default=0.0)
    return best * (1 + 1 / len(name)) / 2 if best else 0.0


def forget() -> None:
    """Read the names again at the next question."""
    _remembered.clear()


def _alike(stem: str, part: str) -> float:
    if min(len(stem), len(part)) < ROOT:
        return 0.0
    shorter, longer = sorted((stem, part), key=len)
    share = len(shorter) / len(longer)
    if longer.startswith(shorter) and share >= SHARED:
        return max(share, ALIKE)
    if len(part) < SHORTEST:
        return 0.0
    return OSA.normalized_similarity(stem, part, score_cutoff=ALIKE)


def _names(types: tuple[str, ...]) -> list[Named]:
    key = (str(connection.settings_dict["NAME"]), types)
    read_at, names = _remembered.get(key, (0.0, []))
    if time.monotonic() - read_at > REMEMBERED_FOR or not names:
        rows = SearchDocument.objects.filter(type__in=types).order_by("page_id")
        columns = rows.values_list("page_id", "shown_in", "title_stems", "terms_stems")
        names = [
            Named(
                page_id,
                tuple(shown_in),
                tuple(({tuple(title.split())} | named(terms.split())) - {()}),
            )
            for page_id, shown_in, title, terms in columns[:MOST_READ]
        ]
        _remembered[key] = (time.monotonic(), names)
    return names
