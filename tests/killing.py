"""Kills a process at a statement of its database, as the system would: without a word."""

import os
import resource
import signal
import sys
from collections.abc import Callable
from typing import Any, NamedTuple


class Done(NamedTuple):
    """What something said that came to its end, and how many statements it took."""

    said: str
    statements: int


def die(*_arguments: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def attempt(work: Callable[[], object], point: int | str = -1) -> Done | None:
    """Do something in a process of its own, killed before a statement: its number, or how it begins.

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


def _begin(work: Callable[[], object], point: int | str, says: int) -> None:
    from django.db import connection

    seen = 0

    def watch(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        nonlocal seen
        if seen == point or (isinstance(point, str) and sql.startswith(point)):
            die()
        seen += 1
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        said = str(work())
    os.write(says, f"{seen}\n{said}".encode())


def die_half_way(folder: str, size: int, nth: int = 1) -> None:
    """From now on in this process: be killed once ``size`` bytes of the nth file of a folder are written.

    The system does it, at the write that would go further: the bytes before are on the disk.
    """
    opened = 0

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        nonlocal opened
        if event != "open" or f"/{folder}/" not in str(arguments[0]):
            return
        opened += bool(arguments[2] & os.O_CREAT)
        if opened == nth:
            resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

    signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.addaudithook(hook)
