"""The only place that reads the environment.

Every variable of the project is declared in ``VARIABLES``; a name that starts with ``HUB_`` or
``SEARCH_`` and is not declared, or a value that does not fit its type, stops the start with one
sentence: a mistyped setting must never be silently replaced by its default.
"""

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

ROOT = Path(__file__).resolve().parent.parent
PREFIXES = ("HUB_", "SEARCH_")
MOST_PROCESSES = 64
SEARCH_ENGINES = ("sqlite", "postgres", "elasticsearch")


def _boolean(text: str) -> bool:
    words = {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False}
    if text.lower() not in words:
        raise ValueError("expected 1, 0, true, false, yes or no")
    return words[text.lower()]


def _count(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= MOST_PROCESSES:
        raise ValueError(f"expected a whole number from 1 to {MOST_PROCESSES}")
    return int(text)


def _number(text: str) -> int:
    if not text.isdecimal():
        raise ValueError("expected a whole number, 0 or more")
    return int(text)


def _names(text: str) -> list[str]:
    names = [name.strip() for name in text.split(",") if name.strip()]
    if any("/" in name or " " in name for name in names):
        raise ValueError("expected host names alone, such as www.example.org")
    return names


def _sites(text: str) -> list[str]:
    """Host names that go into a header: nothing else may stand in them."""
    names = _names(text.lower())
    if not all(re.fullmatch(r"(?:[a-z0-9-]+\.)+[a-z0-9-]+", name) for name in names):
        raise ValueError("expected host names alone, such as videos.example.org")
    return names


def _folder(text: str) -> Path:
    """A relative folder stands in the project's own, wherever the command is typed."""
    return (ROOT / Path(text).expanduser()).resolve()


def _url(text: str) -> str:
    parts = urlsplit(text)
    plain = not (parts.path.strip("/") or parts.query or parts.fragment)
    if parts.scheme not in {"http", "https"} or not parts.hostname or not plain:
        raise ValueError("expected an address such as https://www.example.org")
    _port_of(text)
    return text.rstrip("/")


def _port_of(text: str) -> None:
    try:
        _port = urlsplit(text).port
    except ValueError:
        raise ValueError("expected a port from 0 to 65535") from None


def _scanner(text: str) -> str:
    parts = urlsplit(text)
    by_path = parts.scheme == "unix" and parts.path.startswith("/") and not parts.netloc
    by_name = parts.scheme == "tcp" and parts.hostname and not parts.path.strip("/")
    if text and not (by_path or by_name):
        raise ValueError("expected unix:///folder/clamd.sock or tcp://scanner.example.org:3310")
    if by_name:
        _port_of(text)
    return text


def _mail_server(text: str) -> str:
    parts = urlsplit(text)
    if text and (parts.scheme != "smtp" or not parts.hostname):
        raise ValueError("expected an address such as smtp://user:password@mail.example.org:587")
    _port_of(text)
    return text


def _mail_address(text: str) -> str:
    name, _at, domain = text.partition("@")
    if not name or "." not in domain or any(c.isspace() for c in text):
        raise ValueError("expected an address such as contact@example.org")
    return text


def _database(text: str) -> str:
    parts = urlsplit(text)
    if text and (parts.scheme not in {"postgresql", "postgres"} or not parts.path.strip("/")):
        raise ValueError(
            "expected an address such as postgresql://user:password@db.example.org:5432/hub"
        )
    _port_of(text)
    return text


def _engine(text: str) -> str:
    if text and text not in SEARCH_ENGINES:
        raise ValueError(f"expected one of {', '.join(SEARCH_ENGINES)}, or nothing")
    return text


def _nodes(text: str) -> list[str]:
    nodes = [node.strip().rstrip("/") for node in text.split(",") if node.strip()]
    for node in nodes:
        parts = urlsplit(node)
        if parts.scheme not in {"http", "https"} or not parts.hostname or parts.query:
            raise ValueError("expected addresses such as https://search.example.org:9200")
        _port_of(node)
    return nodes


def _file(text: str) -> Path | None:
    path = _folder(text) if text else None
    if path is not None and not path.is_file():
        raise ValueError("this file does not exist")
    return path


def _index_name(text: str) -> str:
    if not re.fullmatch(r"[a-z][a-z0-9-]{0,60}", text):
        raise ValueError("expected small letters, digits and hyphens, a letter first")
    return text


def _replicas(text: str) -> str:
    if not re.fullmatch(r"\d|\d-\d|0-all", text):
        raise ValueError("expected a number, or a range such as 0-1")
    return text


def _secret(text: str) -> str:
    if text and len(text) < 50:
        raise ValueError("expected 50 characters or more")
    return text


@dataclass(frozen=True)
class Variable:
    """One environment variable: how to read it and what it means (the reference page prints it)."""

    kind: str
    default: str
    meaning: str
    parse: Callable[[str], Any]


VARIABLES: dict[str, Variable] = {
    "HUB_BASE_URL": Variable(
        "address",
        "http://127.0.0.1:8000",
        "Public address of the site. With https, cookies are `Secure` and HSTS is sent.",
        _url,
    ),
    "HUB_DATA_DIR": Variable(
        "folder",
        "var",
        "Where the database, the uploaded files and the collected static files live.",
        _folder,
    ),
    "HUB_DEBUG": Variable(
        "yes/no", "0", "Show Django's debug pages. Only `hub.settings.dev` looks at it.", _boolean
    ),
    "HUB_SECRET_KEY": Variable(
        "text, 50 characters or more",
        "",
        "Signing key. Required by `hub.settings.production`; elsewhere one is made on first "
        "start in the data folder.",
        _secret,
    ),
    "HUB_ALLOWED_HOSTS": Variable(
        "names, separated by commas",
        "",
        "Host names that the site answers to, besides that of `HUB_BASE_URL`.",
        _names,
    ),
    "HUB_PEERTUBE_HOSTS": Variable(
        "names, separated by commas",
        "",
        "PeerTube sites whose videos may be shown, besides YouTube.",
        _sites,
    ),
    "HUB_TRUSTED_PROXIES": Variable(
        "number",
        "0",
        "Reverse proxies in front of the site, for the address of a visitor and for https.",
        _number,
    ),
    "HUB_RATE_LIMIT": Variable(
        "number",
        "1",
        "Multiplies the number of requests that a visitor may make; 0 lifts every limit.",
        _number,
    ),
    "HUB_WORKERS": Variable("number", "2", "Server processes started by `run_hub`.", _count),
    "HUB_THREADS": Variable("number", "4", "Threads of each server process.", _count),
    "HUB_EMAIL_URL": Variable(
        "address",
        "",
        "Mail server, as smtp://user:password@host:587. Empty: messages are written as files "
        "in the data folder.",
        _mail_server,
    ),
    "HUB_EMAIL_FROM": Variable(
        "mail address",
        "contact@vie-coop.example",
        "Sender of the messages of the site.",
        _mail_address,
    ),
    "HUB_CLAMD": Variable(
        "address",
        "",
        "Socket of a ClamAV daemon, as unix:///run/clamav/clamd.ctl or tcp://host:3310. When it is "
        "given, no file is sent to readers before it was scanned. Empty: files are not scanned.",
        _scanner,
    ),
    "HUB_DATABASE_URL": Variable(
        "address",
        "",
        "PostgreSQL database, as postgresql://user:password@host:5432/name?sslmode=require. "
        "Empty: SQLite in the data folder.",
        _database,
    ),
    "SEARCH_ENGINE": Variable(
        ", ".join(SEARCH_ENGINES),
        "",
        "Engine that answers the public search. Empty: that of the database.",
        _engine,
    ),
    "SEARCH_URL": Variable(
        "addresses, separated by commas",
        "",
        "Nodes of the Elasticsearch cluster. Required by `elasticsearch`, refused otherwise.",
        _nodes,
    ),
    "SEARCH_API_KEY": Variable("text", "", "API key for Elasticsearch, as it encodes it.", str),
    "SEARCH_CA_FILE": Variable(
        "file", "", "Certificate authority that signed the nodes' certificates.", _file
    ),
    "SEARCH_INDEX": Variable(
        "name",
        "vie-coop",
        "Alias of the Elasticsearch index; its versions carry a suffix.",
        _index_name,
    ),
    "SEARCH_SHARDS": Variable("number", "1", "Primary shards of a new index.", _count),
    "SEARCH_REPLICAS": Variable(
        "number or range",
        "0-1",
        "Copies of each shard of a new index; a range follows the number of nodes.",
        _replicas,
    ),
}


def read(environ: Mapping[str, str] | None = None) -> dict[str, Any]:
    """Return every declared variable, parsed.

    Raises ImproperlyConfigured, in one sentence, for an unknown name or a malformed value.
    """
    environ = os.environ if environ is None else environ
    unknown = sorted(n for n in environ if n.startswith(PREFIXES) and n not in VARIABLES)
    if unknown:
        raise ImproperlyConfigured(
            f"Unknown environment variable {unknown[0]}: the known ones are {', '.join(VARIABLES)}."
        )
    values = {}
    for name, variable in VARIABLES.items():
        text = environ.get(name, "") or variable.default
        try:
            values[name] = variable.parse(text)
        except ValueError as error:
            raise ImproperlyConfigured(f"{name}={text!r} cannot be read: {error}.") from None
    return values


def as_markdown() -> str:
    """The table of the reference page: one variable a line."""
    rows = ["| Variable | Type | Default | Meaning |", "|---|---|---|---|"]
    for name, variable in VARIABLES.items():
        default = f"`{variable.default}`" if variable.default else "(empty)"
        rows.append(f"| `{name}` | {variable.kind} | {default} | {variable.meaning} |")
    return "\n".join(rows)


if __name__ == "__main__":
    print(as_markdown())  # noqa: T201
