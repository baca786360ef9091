"""The only place that reads the environment.

Every variable of the project is declared in ``VARIABLES``; a name that starts with ``HUB_`` or
``SEARCH_`` and is not declared, or a value that does not fit its type, stops the start with one
sentence: a mistyped setting must never be silently replaced by its default.
"""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ImproperlyConfigured

from hub import environment_values as values
from hub.environment_values import SEARCH_ENGINES

ROOT = values.ROOT
PREFIXES = ("HUB_", "SEARCH_")


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
        values.url,
    ),
    "HUB_DATA_DIR": Variable(
        "folder",
        "var",
        "Where the database, the uploaded files and the collected static files live.",
        values.folder,
    ),
    "HUB_DEBUG": Variable(
        "yes/no",
        "0",
        "Show Django's debug pages. Only `hub.settings.dev` looks at it.",
        values.boolean,
    ),
    "HUB_SECRET_KEY": Variable(
        "text, 50 characters or more",
        "",
        "Signing key. Required by `hub.settings.production`; elsewhere one is made on first "
        "start in the data folder.",
        values.secret,
    ),
    "HUB_ALLOWED_HOSTS": Variable(
        "names, separated by commas",
        "",
        "Host names that the site answers to, besides that of `HUB_BASE_URL`.",
        values.names,
    ),
    "HUB_PEERTUBE_HOSTS": Variable(
        "names, separated by commas",
        "",
        "PeerTube sites whose videos may be shown, besides YouTube.",
        values.sites,
    ),
    "HUB_TRUSTED_PROXIES": Variable(
        "number",
        "0",
        "Reverse proxies in front of the site, for the address of a visitor and for https.",
        values.number,
    ),
    "HUB_RATE_LIMIT": Variable(
        "number",
        "1",
        "Multiplies the number of requests that a visitor may make; 0 lifts every limit.",
        values.number,
    ),
    "HUB_WORKERS": Variable("number", "2", "Server processes started by `run_hub`.", values.count),
    "HUB_THREADS": Variable("number", "4", "Threads of each server process.", values.count),
    "HUB_EMAIL_URL": Variable(
        "address",
        "",
        "Mail server, as smtp://user:password@host:587. Empty: messages are written as files "
        "in the data folder.",
        values.mail_server,
    ),
    "HUB_EMAIL_FROM": Variable(
        "mail address",
        "contact@vie-coop.example",
        "Sender of the messages of the site.",
        values.mail_address,
    ),
    "HUB_CLAMD": Variable(
        "address",
        "",
        "Socket of a ClamAV daemon, as unix:///run/clamav/clamd.ctl or tcp://host:3310. When it is "
        "given, no file is sent to readers before it was scanned. Empty: files are not scanned.",
        values.scanner,
    ),
    "HUB_DATABASE_URL": Variable(
        "address",
        "",
        "PostgreSQL database, as postgresql://user:password@host:5432/name?sslmode=require. "
        "Empty: SQLite in the data folder.",
        values.database,
    ),
    "SEARCH_ENGINE": Variable(
        ", ".join(SEARCH_ENGINES),
        "",
        "Engine that answers the public search. Empty: that of the database.",
        values.engine,
    ),
    "SEARCH_URL": Variable(
        "addresses, separated by commas",
        "",
        "Nodes of the Elasticsearch cluster. Required by `elasticsearch`, refused otherwise.",
        values.nodes,
    ),
    "SEARCH_API_KEY": Variable("text", "", "API key for Elasticsearch, as it encodes it.", str),
    "SEARCH_CA_FILE": Variable(
        "file", "", "Certificate authority that signed the nodes' certificates.", values.file
    ),
    "SEARCH_INDEX": Variable(
        "name",
        "vie-coop",
        "Alias of the Elasticsearch index; its versions carry a suffix.",
        values.index_name,
    ),
    "SEARCH_SHARDS": Variable("number", "1", "Primary shards of a new index.", values.count),
    "SEARCH_REPLICAS": Variable(
        "number or range",
        "0-1",
        "Copies of each shard of a new index; a range follows the number of nodes.",
        values.replicas,
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
