"""Hubs filled with invented documents, to be measured: one folder, one database, one engine each."""

import os
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.prepared import ROOT, clean_environment, copy_of, manage


@dataclass
class Hub:
    """A hub to measure: where its data is, and the settings that choose its database and engine."""

    engine: str
    size: int
    folder: Path
    settings: dict[str, str] = field(default_factory=dict)
    figures: dict[str, Any] = field(default_factory=dict)

    def environment(self) -> dict[str, str]:
        own = {"DJANGO_SETTINGS_MODULE": "hub.settings.test", "PYTHONPATH": str(ROOT)}
        return clean_environment(self.folder, **own, **self.settings)

    def run(self, *command: str) -> str:
        """Run Python in this hub; return what it printed."""
        done = subprocess.run(
            [sys.executable, *command],
            cwd=ROOT, env=self.environment(), stdout=subprocess.PIPE, text=True, check=True,
        )  # fmt: skip
        return done.stdout

    def timed(self, *command: str) -> tuple[float, float]:
        """Run Python in this hub; return the seconds it took and its largest memory in MiB."""
        with self.started(*command) as process:
            return finished(process)

    def started(self, *command: str) -> "subprocess.Popen[bytes]":
        return subprocess.Popen(
            [sys.executable, *command], cwd=ROOT, env=self.environment(), stdout=subprocess.DEVNULL
        )


def finished(process: "subprocess.Popen[bytes]", since: float | None = None) -> tuple[float, float]:
    """Wait for a process; return the seconds since a moment (now) and its largest memory in MiB."""
    start = time.monotonic() if since is None else since
    _pid, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{process.args} ended with code {process.returncode}")
    return time.monotonic() - start, usage.ru_maxrss / 1024


def prepare(hub: Hub) -> None:
    """The hub as ``setup_site`` leaves it."""
    if hub.settings.get("HUB_DATABASE_URL"):
        hub.folder.mkdir(parents=True, exist_ok=True)
        manage(hub.folder, "migrate", **hub.settings)
        manage(hub.folder, "setup_site", **hub.settings)
    else:
        copy_of("empty", hub.folder)


def fill(hub: Hub) -> None:
    """Publish the invented pages, and note what it cost."""
    seconds, memory = hub.timed("manage.py", "make_pages", str(hub.size))
    hub.figures |= {"import s": seconds, "import MiB": memory}
