"""Kills a process at a statement of its database, as the system would: without a word."""

import os
import signal
from collections.abc import Callable
from typing import Any, NamedTuple


class Done(NamedTuple):
    """What something said that came to its end, and how many statements it took."""

    said: str
    statements: int


def die(*_arguments: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def attempt(work: Callable[[], object], point: int = -1) -> Done | None:
    """Do something in a process of its own, killed before statement ``point``.

    None when that came before its end; at its end it is killed as well. A connection that is open
    would be shared with that process: close it before.
    """
    hears, says = os.pipe()
    if not (child := os.fork()):
        try:
            _begin(work, point, says)
        finally:
            die()
    os.close(says)
    with os.fdopen(hears) as told:
        said = told.read()
    os.waitpid(child, 0)
    count, _line, words = said.partition("\n")
    return Done(words, int(count)) if said else None


def _begin(work: Callable[[], object], point: int, says: int) -> None:
    from django.db import connection

    left = [point]

    def watch(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if left[0] == 0:
            die()
        left[0] -= 1
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        said = str(work())
    os.write(says, f"{point - left[0]}\n{said}".encode())
