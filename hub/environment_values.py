"""How the value of each kind of environment variable is read; ValueError says what was expected."""

import re
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent.parent
MOST_PROCESSES = 64
SEARCH_ENGINES = ("sqlite", "postgres", "elasticsearch")


def boolean(text: str) -> bool:
    words = {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False}
    if text.lower() not in words:
        raise ValueError("expected 1, 0, true, false, yes or no")
    return words[text.lower()]


def count(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= MOST_PROCESSES:
        raise ValueError(f"expected a whole number from 1 to {MOST_PROCESSES}")
    return int(text)


def number(text: str) -> int:
    if not text.isdecimal():
        raise ValueError("expected a whole number, 0 or more")
    return int(text)


def names(text: str) -> list[str]:
    found = [name.strip() for name in text.split(",") if name.strip()]
    if any("/" in name or " " in name for name in found):
        raise ValueError("expected host names alone, such as www.example.org")
    return found


def sites(text: str) -> list[str]:
    """Host names that go into a header: nothing else may stand in them."""
    found = names(text.lower())
    if not all(re.fullmatch(r"(?:[a-z0-9-]+\.)+[a-z0-9-]+", name) for name in found):
        raise ValueError("expected host names alone, such as videos.example.org")
    return found


def folder(text: str) -> Path:
    """A relative folder stands in the project's own, wherever the command is typed."""
    return (ROOT / Path(text).expanduser()).resolve()


def url(text: str) -> str:
    parts = urlsplit(text)
    plain = not (parts.path.strip("/") or parts.query or parts.fragment)
    if parts.scheme not in {"http", "https"} or not parts.hostname or not plain:
        raise ValueError("expected an address such as https://www.example.org")
    port_of(text)
    return text.rstrip("/")


def port_of(text: str) -> None:
    try:
        _port = urlsplit(text).port
    except ValueError:
        raise ValueError("expected a port from 0 to 65535") from None


def scanner(text: str) -> str:
    parts = urlsplit(text)
    by_path = parts.scheme == "unix" and parts.path.startswith("/") and not parts.netloc
    by_name = parts.scheme == "tcp" and parts.hostname and not parts.path.strip("/")
    if text and not (by_path or by_name):
        raise ValueError("expected unix:///folder/clamd.sock or tcp://scanner.example.org:3310")
    if by_name:
        port_of(text)
    return text


def mail_server(text: str) -> str:
    parts = urlsplit(text)
    if text and (parts.scheme != "smtp" or not parts.hostname):
        raise ValueError("expected an address such as smtp://user:password@mail.example.org:587")
    port_of(text)
    return text


def mail_address(text: str) -> str:
    name, _at, domain = text.partition("@")
    if not name or "." not in domain or any(c.isspace() for c in text):
        raise ValueError("expected an address such as contact@example.org")
    return text


def database(text: str) -> str:
    parts = urlsplit(text)
    if text and (parts.scheme not in {"postgresql", "postgres"} or not parts.path.strip("/")):
        raise ValueError(
            "expected an address such as postgresql://user:password@db.example.org:5432/hub"
        )
    port_of(text)
    return text


def engine(text: str) -> str:
    if text and text not in SEARCH_ENGINES:
        raise ValueError(f"expected one of {', '.join(SEARCH_ENGINES)}, or nothing")
    return text


def nodes(text: str) -> list[str]:
    nodes = [node.strip().rstrip("/") for node in text.split(",") if node.strip()]
    for node in nodes:
        parts = urlsplit(node)
        if parts.scheme not in {"http", "https"} or not parts.hostname or parts.query:
            raise ValueError("expected addresses such as https://search.example.org:9200")
        port_of(node)
    return nodes


def file(text: str) -> Path | None:
    path = folder(text) if text else None
    if path is not None and not path.is_file():
        raise ValueError("this file does not exist")
    return path


def index_name(text: str) -> str:
    if not re.fullmatch(r"[a-z][a-z0-9-]{0,60}", text):
        raise ValueError("expected small letters, digits and hyphens, a letter first")
    return text


def replicas(text: str) -> str:
    if not re.fullmatch(r"\d|\d-\d|0-all", text):
        raise ValueError("expected a number, or a range such as 0-1")
    return text


def secret(text: str) -> str:
    if text and len(text) < 50:
        raise ValueError("expected 50 characters or more")
    return text
