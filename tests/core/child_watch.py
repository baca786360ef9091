"""Looks at the child processes of this one from outside, as the system sees them."""

import os
import threading
import time
from pathlib import Path
from types import TracebackType
from typing import Self

CHILD = "hub.core.extraction.child"
INTERVAL = 0.005
PATIENCE = 10.0


def children() -> set[int]:
    """The processes that any thread of this one has started, the dead ones not yet reaped too."""
    found: set[int] = set()
    for listed in Path("/proc/self/task").glob("*/children"):
        try:
            found |= {int(pid) for pid in listed.read_text().split()}
        except OSError:
            continue  # the thread has ended
    return found


def child_reading(path: Path) -> int:
    """The child that reads this file, as soon as it has set its limits."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        for pid in children():
            if seen(pid, "fd/0") == str(path) and limits(pid).get("Max open files") == "16":
                return pid
        time.sleep(INTERVAL)
    raise AssertionError(f"nobody reads {path.name}")


def seen(pid: int, name: str) -> str:
    """Where a link of /proc leads; empty when the process is gone."""
    try:
        return os.readlink(f"/proc/{pid}/{name}")
    except OSError:
        return ""


def told(pid: int, name: str) -> str:
    """What a file of /proc says; empty when the process is gone."""
    try:
        return Path(f"/proc/{pid}/{name}").read_text()
    except OSError:
        return ""


def limits(pid: int) -> dict[str, str]:
    """The soft limits by the names that the system gives them."""
    lines = told(pid, "limits").splitlines()[1:]
    return {line[:26].strip(): line[26:].split()[0] for line in lines}


class PeakWatch:
    """Notes the largest address space of each child, by the file it reads. Bytes."""

    def __init__(self) -> None:
        self.peaks: dict[str, int] = {}
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._over.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._over.wait(INTERVAL):
            for pid in children():
                # Until it runs its own program, a child shares the memory of its parent.
                if CHILD in told(pid, "cmdline"):
                    self._note(seen(pid, "fd/0"), told(pid, "status"))

    def _note(self, path: str, status: str) -> None:
        for line in status.splitlines():
            if line.startswith("VmPeak:") and path:
                peak = int(line.split()[1]) * 1024
                self.peaks[path] = max(peak, self.peaks.get(path, 0))
