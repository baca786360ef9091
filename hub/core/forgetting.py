"""Makes erased words leave the files that hold the database, and the messages kept as files.

A row that is deleted leaves its bytes in free pages, in the write-ahead log and in the segments of a
full-text index. Whoever erases asks for this (``ask``) in the same transaction; the worker does it
when that is kept. On PostgreSQL the server forgets dead rows itself (VACUUM): it is asked to do so
now; its own write-ahead log and its archives keep what they are set to keep.
"""

import hashlib
import time
import uuid
from collections.abc import Collection, Iterable, Sequence
from datetime import timedelta
from email import message_from_bytes
from email.utils import getaddresses
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db import OperationalError, connection
from django.utils.translation import gettext_lazy as _

from hub.core import outbox
from hub.core.models import OutboxItem

KIND: Final = "forget"
BETWEEN_MESSAGES: Final = b"\n" + b"-" * 79 + b"\n"
STILL_WRITTEN: Final = 30  # seconds: a file that changed since may be open


def ask(addresses: Iterable[str] = ()) -> None:
    """Have what was erased overwritten once the caller's transaction is kept.

    ``addresses`` are mail addresses whose messages go, where messages are written as files.
    """
    digests = sorted({_digest(address) for address in addresses if address})
    outbox.ask(KIND, {uuid.uuid4().hex: {"addresses": digests}})


def forget(items: Sequence[OutboxItem]) -> outbox.Failures:
    """Do it once for all that was asked."""
    digests = {digest for item in items for digest in item.payload["addresses"]}
    forget_messages(digests)
    try:
        overwrite()
    except OperationalError as error:  # somebody reads or writes without a pause
        raise outbox.NotNowError(str(error)) from error
    return {}


def overwrite() -> None:
    """Leave nothing of deleted rows in the files of the database. Not inside a transaction."""
    with connection.cursor() as cursor:
        if connection.vendor != "sqlite":
            cursor.execute("VACUUM")
            return
        cursor.execute("SELECT name FROM sqlite_master WHERE sql LIKE 'CREATE VIRTUAL%fts5%'")
        for (table,) in cursor.fetchall():
            name = connection.ops.quote_name(table)
            cursor.execute(f"INSERT INTO {name} ({name}) VALUES ('optimize')")
        cursor.execute("VACUUM")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        busy, _pages, _moved = cursor.fetchone()
    if busy:
        raise OperationalError("the write-ahead log is still being read")


def forget_messages(digests: Collection[str]) -> int:
    """Remove the messages to these addresses from the files they wait in; return how many."""
    folder = getattr(settings, "EMAIL_FILE_PATH", None)
    if not digests or not folder or not Path(folder).is_dir():
        return 0
    files = [path for path in Path(folder).iterdir() if path.is_file()]
    return sum(_forget_in(path, digests) for path in files)


def _forget_in(path: Path, digests: Collection[str]) -> int:
    messages = [part for part in path.read_bytes().split(BETWEEN_MESSAGES) if part.strip()]
    kept = [part for part in messages if not _digests_of(part) & set(digests)]
    if len(kept) == len(messages):
        return 0
    if time.time() - path.stat().st_mtime < STILL_WRITTEN:
        raise outbox.NotNowError("messages are still being written")
    if kept:
        path.write_bytes(b"".join(part + BETWEEN_MESSAGES for part in kept))
    else:
        path.unlink()
    return len(messages) - len(kept)


def _digests_of(message: bytes) -> set[str]:
    headers = message_from_bytes(message.lstrip(b"\n"))
    to = getaddresses([str(value) for value in headers.get_all("To", [])])
    return {_digest(address) for _name, address in to}


def _digest(address: str) -> str:
    return hashlib.sha256(f"{settings.SECRET_KEY}:{address.strip().lower()}".encode()).hexdigest()


def register() -> None:
    """Called when the app is ready."""
    outbox.register(
        outbox.Handler(
            KIND,
            forget,
            batch=100,
            lease=timedelta(minutes=10),
            away=timedelta(seconds=30),
            label=_("erased data to overwrite"),
        )
    )
