"""What says whether a process may still trust what it remembers of the index and of its rules."""

from __future__ import annotations

import uuid
from typing import NamedTuple

from django.db.models import F

from hub.core.request_cache import remembered
from search.models import SearchState

ONLY = 1


class State(NamedTuple):
    """How many `changes` the index had, and the word that stands for the rules as they are.

    The word changes with whatever is not in the index and decides what a search shows.
    """

    changes: int
    steering: str


def read() -> State:
    """One query, and only one for a reading request."""
    return remembered("search state", _read)


def _read() -> State:
    found = SearchState.objects.filter(pk=ONLY).values_list("changes", "steering").first()
    return State(*found) if found else State(0, "")


def index_changes() -> None:
    """Say that the index is being written: the next writer waits until this transaction ends."""
    _set(changes=F("changes") + 1)


def steering_changed(**_kwargs: object) -> None:
    """Say that a rule changed: every process reads them again at its next search."""
    _set(steering=uuid.uuid4().hex)


def _set(**values: object) -> None:
    rows = SearchState.objects.filter(pk=ONLY)
    if not rows.update(**values):
        SearchState.objects.get_or_create(pk=ONLY)
        rows.update(**values)
