"""The counters that say whether what a process remembers of the index still holds."""

from __future__ import annotations

from typing import NamedTuple

from django.db.models import F

from search.models import SearchState

ONLY = 1


class State(NamedTuple):
    """`changes` of the index and of the `steering` rules so far."""

    changes: int
    steering: int


def read() -> State:
    """One query."""
    found = SearchState.objects.filter(pk=ONLY).values_list("changes", "steering").first()
    return State(*found) if found else State(0, 0)


def index_changes() -> None:
    """Say that the index is being written: the next writer waits until this transaction ends."""
    _raise("changes")


def steering_changed(**_kwargs: object) -> None:
    """Say that a rule changed: every process reads them again at its next search."""
    _raise("steering")


def _raise(name: str) -> None:
    rows = SearchState.objects.filter(pk=ONLY)
    if not rows.update(**{name: F(name) + 1}):
        SearchState.objects.get_or_create(pk=ONLY)
        rows.update(**{name: F(name) + 1})
