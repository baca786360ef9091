"""A hub that really serves: gunicorn, a port of its own, a copy of the prepared data."""

import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.prepared import ROOT, clean_environment, copy_of, manage

START_LIMIT = 60  # seconds
# One process, and no limit on requests: a test that wants some says so.
SETTINGS = {
    "DJANGO_SETTINGS_MODULE": "hub.settings.dev",
    "HUB_WORKERS": "1",
    "HUB_RATE_LIMIT": "0",
}


@dataclass(frozen=True)
class LiveHub:
    """Where a served hub answers, where its data lives, who may sign in as administrator."""

    url: str
    data_dir: Path
    admin_name: str
    admin_password: str
    settings: dict[str, str] = field(default_factory=dict)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def served(data_dir: Path, **environment: str) -> Iterator[LiveHub]:
    """Serve a copy of the prepared hub, made in ``data_dir``, for the time of the block."""
    copy_of("loaded", data_dir)
    port = free_port()
    with closing(sqlite3.connect(data_dir / "hub.sqlite3")) as database, database:
        database.execute("UPDATE wagtailcore_site SET hostname = '127.0.0.1', port = ?", [port])
    manage(data_dir, "collectstatic", "--no-input", "--verbosity", "0")
    manage(data_dir, "run_worker", "--once")  # reads the files of the kit
    with serving(data_dir, port, **environment) as hub:
        yield hub


@contextmanager
def serving(data_dir: Path, port: int, **environment: str) -> Iterator[LiveHub]:
    """Serve the hub in ``data_dir``, ready as it is, for the time of the block."""
    url = f"http://127.0.0.1:{port}"
    settings = SETTINGS | {"HUB_BASE_URL": url} | environment
    command = [
        sys.executable, "-m", "gunicorn", "hub.wsgi:application", "--bind", f"127.0.0.1:{port}",
        "--config", "hub/gunicorn.py",
    ]  # fmt: skip
    own = clean_environment(data_dir, **settings)
    log = (data_dir / "server.log").open("wb")
    server = subprocess.Popen(command, cwd=ROOT, env=own, stdout=log, stderr=log)
    try:
        _wait_for(f"{url}/healthz/", server, data_dir)
        password = (data_dir / "first-admin-password.txt").read_text(encoding="ascii").strip()
        yield LiveHub(url, data_dir, "admin", password, environment)
    finally:
        server.terminate()
        server.wait(timeout=30)
        log.close()


def _wait_for(url: str, server: "subprocess.Popen[bytes]", data_dir: Path) -> None:
    end = time.monotonic() + START_LIMIT
    while time.monotonic() < end:
        if server.poll() is not None:
            break
        try:
            with urllib.request.urlopen(url, timeout=5) as answer:
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError(f"the hub did not start:\n{(data_dir / 'server.log').read_text()}")
