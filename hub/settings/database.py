"""Where the data lives: SQLite in the data folder, or the PostgreSQL server that is named."""

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

MINUTES = 60


def database(url: str, folder: Path) -> dict[str, Any]:
    """The connection settings of the default database."""
    return _postgresql(url) if url else _sqlite(folder)


def _sqlite(folder: Path) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": folder / "hub.sqlite3",
        "CONN_MAX_AGE": None,
        # Readers never wait (WAL) and a writer asks for its lock at once (IMMEDIATE): a deferred
        # transaction that turns into a writer fails with "database is locked" under load.
        "OPTIONS": {
            "timeout": 20,
            "transaction_mode": "IMMEDIATE",
            # What is deleted is overwritten at once, not only when its page is used again.
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;"
            ),
        },
    }


def _postgresql(url: str) -> dict[str, Any]:
    """Options after `?` go to the server's own library: sslmode, sslrootcert, connect_timeout…

    `?host=/folder` names a local socket, as that library writes it.
    """
    parts = urlsplit(url)
    options: dict[str, Any] = {"connect_timeout": "5", **dict(parse_qsl(parts.query))}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", None) or parts.hostname or "",
        "PORT": parts.port or "",
        "CONN_MAX_AGE": 10 * MINUTES,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }
