"""Knows a disk that is full from other errors, and gives back what somebody was sending."""

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

from django.http import HttpRequest

FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
DISK_FULL: Final = "53100"  # PostgreSQL
LONG: Final = 30  # signs
# What a page carries for itself, and nobody wrote.
CARRIED: Final = ("key", "seen", "shown", "page_name", "settled", "send_key", "work")
NEVER_SHOWN: Final = ("/admin/",)  # passwords are typed there


def is_full(error: BaseException | None) -> bool:
    """Whether this error comes, however far, from a write that found no room."""
    return any(_says_full(cause) for cause in _causes(error))


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or error.__context__


def _says_full(error: BaseException) -> bool:
    if isinstance(error, sqlite3.Error):
        # It only says « I/O error » where a file may not grow for another reason than the disk.
        name = str(getattr(error, "sqlite_errorname", ""))
        return name == "SQLITE_FULL" or name.startswith("SQLITE_IOERR")
    if isinstance(error, OSError):
        return error.errno in FULL
    return getattr(error, "sqlstate", "") == DISK_FULL


@dataclass(frozen=True)
class Field:
    """One field of a form that could not be kept."""

    name: str
    text: str

    @property
    def is_words(self) -> bool:
        """Whether somebody wrote it, and would rather copy it than write it again."""
        return len(self.text) >= LONG and self.name not in CARRIED


def typed(request: HttpRequest) -> list[Field]:
    """Every field of the form that could not be kept, in its order; nothing of the administration."""
    if request.method != "POST" or request.path.startswith(NEVER_SHOWN):
        return []
    try:
        sent = request.POST
    except (OSError, ValueError):  # it could not even be read
        return []
    fields = [Field(name, text) for name, texts in sent.lists() for text in texts]
    return [field for field in fields if field.name != "csrfmiddlewaretoken"]


def drop_uploads(request: HttpRequest) -> None:
    """Delete now the files that were arriving: Django leaves one that it could not write whole."""
    for handler in request.upload_handlers:
        file = getattr(handler, "file", None)
        if file is not None:
            with suppress(OSError):  # what it still holds cannot be written either
                file.close()
