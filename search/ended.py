"""Words of pages whose end has come and that nothing has unpublished yet: nobody is offered them.

The counters of the vocabulary follow rows, and a row stays until its page is unpublished. What ended
rows hold is taken off each answer instead, so that a word dies with the last page that says it.
"""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime

from django.db import connection
from django.db.models import Min
from django.utils import timezone

from search import state
from search.models import SearchDocument
from search.rows import STEM_COLUMNS, stems_of, words_of

REMEMBERED_FOR = 60  # seconds


@dataclass(slots=True)
class Ended:
    """How many ended documents there are, and how many of them hold each word and each stem.

    True until `changes` of the index or `until`, when one more ends; `read_at` is on the clock that
    only goes forward.
    """

    documents: int = 0
    words: Counter[str] = field(default_factory=Counter)
    stems: Counter[str] = field(default_factory=Counter)
    changes: int = 0
    until: datetime | None = None
    read_at: float = 0.0

    def holds(self, changes: int, now: datetime) -> bool:
        """Whether nothing may have changed since it was read."""
        fresh = time.monotonic() - self.read_at < REMEMBERED_FOR
        return fresh and changes == self.changes and (self.until is None or now < self.until)


NONE = Ended()
_remembered: dict[str, Ended] = {}


def ended() -> Ended:
    """What to take off: no query while no page has ended, two after each change otherwise."""
    known, now = state.read(), timezone.now()
    if known.next_end is None or known.next_end > now:
        return NONE
    database = str(connection.settings_dict["NAME"])
    remembered = _remembered.get(database)
    if remembered is None or not remembered.holds(known.changes, now):
        remembered = _remembered[database] = _read(known.changes, now)
    return remembered


def _read(changes: int, now: datetime) -> Ended:
    later = SearchDocument.objects.filter(expires_at__gt=now)
    found = Ended(changes=changes, until=later.aggregate(first=Min("expires_at"))["first"])
    rows = SearchDocument.objects.filter(expires_at__lte=now).only("words", *STEM_COLUMNS)
    for document in rows.iterator(chunk_size=500):
        found.documents += 1
        found.words.update(words_of(document))
        found.stems.update(stems_of(document))
    found.read_at = time.monotonic()
    return found
