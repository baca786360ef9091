"""Packs kits in a process of its own, which can be killed at a chosen moment or kept from writing.

``python -m tests.kit_child POINT`` runs one round of the worker; at POINT it kills itself as the
system would, without a word.
"""

import os
import resource
import signal
import subprocess
import sys
from pathlib import Path

from tests.prepared import ROOT, clean_environment

POINTS = (
    "before the first file", "in the middle", "before it takes its name", "once it has its name",
    "before the row is kept", "once the row is kept",
)  # fmt: skip


def run_worker(folder: Path, point: str = "", longest_file: int | None = None) -> int:
    """One round on the hub in ``folder``; return the exit code. ``longest_file`` is in bytes."""

    def limited() -> None:
        if longest_file is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (longest_file, longest_file))

    done = subprocess.run(
        [sys.executable, "-m", "tests.kit_child", point],
        cwd=ROOT,
        env=clean_environment(folder) | {"DJANGO_SETTINGS_MODULE": "hub.settings.test"},
        preexec_fn=limited,
        capture_output=True,
        check=False,
    )
    return done.returncode


def die(*_arguments: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def watch(point: str) -> None:
    """Die at this point of the next zip. Python itself says what it opens and renames."""
    begun, opened = False, 0

    def hook(event: str, arguments: tuple) -> None:
        nonlocal begun, opened
        path = str(arguments[0]) if arguments else ""
        zipped = path.endswith(".part") and "/kits/" in path  # other tasks write aside too
        begun = begun or (event == "tempfile.mkstemp" and zipped)
        if not begun or event == "os.kill":
            return
        opened += event == "open" and "/documents/" in path
        renamed = event == "open" and path.endswith("/kits") and opened
        if (
            (point == POINTS[0] and opened == 1)
            or (point == POINTS[1] and opened == 6)
            or (point == POINTS[2] and event == "os.rename" and zipped)
            or (point == POINTS[3] and renamed)
        ):
            die()

    sys.addaudithook(hook)


def main(point: str) -> None:
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import transaction

    from resources.kit_versions import version_made

    def in_the_transaction(**_options: object) -> None:
        if point == POINTS[4]:
            die()
        transaction.on_commit(die)

    if point in POINTS[4:]:
        version_made.connect(in_the_transaction)
    elif point:
        watch(point)
    call_command("run_worker", once=True)


if __name__ == "__main__":
    main(sys.argv[1])
