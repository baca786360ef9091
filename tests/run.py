"""Runs every check of the project, the tests last: ``make test`` and ``make lint``.

Usage: python tests/run.py [--lint]. Each step says its name and its time; a step that fails shows
what it said, and the others still run. Exit code 1 when anything failed.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "hub.settings.production",
    "HUB_BASE_URL": "https://hub.example",
    "HUB_SECRET_KEY": "k9-Zr_4tVb7Lq2Xw8Nf5Jd1Hs6Gc3Py0Mu-Ea_Ti7Ro4Wk2Bz8",
}


@dataclass(frozen=True)
class Step:
    """One command, and what it proves."""

    title: str
    command: list[str]
    settings: dict[str, str] = field(default_factory=dict)


def tool(name: str, *arguments: str) -> list[str]:
    return [str(BIN / name), *arguments]


def manage(*arguments: str) -> list[str]:
    return [sys.executable, "manage.py", *arguments]


STEPS = [
    Step("Types are right in the pure modules (mypy)", tool("mypy")),
    Step("Code is clean (ruff)", tool("ruff", "check", "--output-format", "concise")),
    Step("Code is laid out (ruff format)", tool("ruff", "format", "--check", "--quiet")),
    Step("Templates are clean (djlint)", tool("djlint", "templates", "--lint", "--quiet")),
    Step("Imports follow one direction (import-linter)", tool("lint-imports")),
    Step("Django's checks pass", manage("check", "--fail-level", "WARNING")),
    Step("Models and migrations agree", manage("makemigrations", "--check", "--dry-run")),
    Step(
        "Production settings are safe (check --deploy)",
        manage("check", "--deploy", "--fail-level", "WARNING"),
        PRODUCTION,
    ),
    Step("Message catalogues are complete", manage("catalogues", "--check")),
    Step("The lock follows pyproject.toml", [sys.executable, "tests/lock.py"]),
]


@contextmanager
def environment() -> Iterator[dict[str, str]]:
    """The settings of no particular machine, over a data folder that disappears."""
    kept = {n: v for n, v in os.environ.items() if not n.startswith(("HUB_", "SEARCH_", "DJANGO_"))}
    with tempfile.TemporaryDirectory(prefix="vie-coop-") as folder:
        yield kept | {"HUB_DATA_DIR": folder, "PYTHONPATH": str(ROOT)}


def run(step: Step, settings: dict[str, str]) -> bool:
    start = time.monotonic()
    done = subprocess.run(
        step.command,
        cwd=ROOT,
        env=settings | step.settings,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    passed = done.returncode == 0
    seconds = time.monotonic() - start
    lines = [f"{'ok  ' if passed else 'FAIL'}  {step.title}  ({seconds:.0f} s)"]
    if not passed or "could not be" in done.stdout:
        lines += [f"      {line}" for line in done.stdout.strip().splitlines()[-60:]]
    print("\n".join(lines), flush=True)
    return passed


def lint() -> list[str]:
    """Run every step that is not a test; return the titles of those that failed."""
    with environment() as settings, ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        results = list(pool.map(lambda step: run(step, settings), STEPS))
    return [step.title for step, passed in zip(STEPS, results, strict=True) if not passed]


def pytest(*names: str, **settings: str) -> int:
    """Run tests in random order, a worker a core; pytest's closing line is the last one."""
    workers = min(4, os.cpu_count() or 1)
    spread = ["--numprocesses", str(workers), "--dist", "loadscope"]
    command = [sys.executable, "-m", "pytest", *spread, *names]
    return subprocess.run(command, cwd=ROOT, env=os.environ | settings, check=False).returncode


def tests() -> bool:
    """Run every test, those of the search on PostgreSQL first; True when all passed."""
    print("The tests of the search, on PostgreSQL:", flush=True)
    on_postgres = pytest("tests/search", VIE_COOP_TEST_ON="postgres")
    print("Every test:", flush=True)
    return not (pytest() | on_postgres)


def main(only_lint: bool) -> int:
    failed = lint()
    for title in failed:
        print(f"Failed: {title}.")
    if not failed:
        print("Style, layers, types, settings, catalogues and lock are right.")
    sys.stdout.flush()
    passed = only_lint or tests()
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main("--lint" in sys.argv[1:]))
