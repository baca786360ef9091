"""What says whether a process may still trust what it remembers of the index and of its rules."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import NamedTuple

from django.db.models import F, Min, QuerySet, Subquery

from hub.core.request_cache import remembered
from search.analysis import ANALYSIS_VERSION
from search.models import SearchDocument, SearchState

ONLY = 1


class State(NamedTuple):
    """How many `changes` the index had, and the word that stands for the rules as they are.

    The word changes with whatever is not in the index and decides what a search shows. `next_end` is
    when the first of the rows ends, or ended.
    """

    changes: int
    steering: str
    next_end: datetime | None = None


def read() -> State:
    """One query, and only one for a reading request."""
    return remembered("search state", _read)


def _read() -> State:
    found = SearchState.objects.filter(pk=ONLY).values_list(*State._fields).first()
    return State(*found) if found else State(0, "")


def read_with(rows: QuerySet[SearchDocument]) -> list[SearchDocument]:
    """These rows, and the state in the same query: a page that shows cards does not pay for it twice."""
    only = SearchState.objects.filter(pk=ONLY)
    columns = {f"state_{name}": Subquery(only.values(name)) for name in State._fields}
    found = list(rows.annotate(**columns))
    if found:
        told = [getattr(found[0], name) for name in columns]
        remembered("search state", lambda: State(*told) if told[0] is not None else State(0, ""))
    return found


def index_changes() -> None:
    """Say that the index is being written: the next writer waits until this transaction ends."""
    _set(changes=F("changes") + 1)


def follow_ends() -> None:
    """Note when the first row ends, once the index is written."""
    _set(next_end=SearchDocument.objects.aggregate(first=Min("expires_at"))["first"])


def steering_changed(**_kwargs: object) -> None:
    """Say that a rule changed: every process reads them again at its next search."""
    _set(steering=uuid.uuid4().hex)


def is_current() -> bool:
    """Whether every row was made by the analysis of this release."""
    return SearchState.objects.filter(pk=ONLY, version=ANALYSIS_VERSION).exists()


def made_anew() -> None:
    """Say that every row was made by the analysis of this release."""
    _set(version=ANALYSIS_VERSION)


def _set(**values: object) -> None:
    rows = SearchState.objects.filter(pk=ONLY)
    if not rows.update(**values):
        SearchState.objects.get_or_create(pk=ONLY)
        rows.update(**values)
