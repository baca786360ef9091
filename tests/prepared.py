"""The hub as ``make run`` prepares it, made once for a state of the code and then copied.

It is kept in ``.cache/prepared/``, in a folder named after the digest of everything it is made
from: any change of the code or of the content makes another one. ``PREPARED_HUB`` names a folder
to use instead, for whoever works on tests while the code does not hold still.
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
KEPT = ROOT / ".cache" / "prepared"
SOURCES = ("hub", "home", "resources", "search", "requirements.txt")
LEFT_OUT = {"__pycache__", "static", "locale", "fonts"}


def digest_of_sources() -> str:
    """A fingerprint of what decides the content of a prepared hub."""
    digest = hashlib.sha256()
    for name in SOURCES:
        top = ROOT / name
        files = sorted(top.rglob("*")) if top.is_dir() else [top]
        for path in files:
            relative = path.relative_to(ROOT)
            if path.is_file() and not LEFT_OUT & set(relative.parts):
                digest.update(f"{relative}\0".encode() + path.read_bytes())
    return digest.hexdigest()[:24]


@contextmanager
def _alone(name: str) -> Iterator[None]:
    """One process at a time: the others wait for what it makes."""
    KEPT.mkdir(parents=True, exist_ok=True)
    with (KEPT / name).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def prepared_folder() -> Path:
    """Return a data folder with the database, the files and the content; never write in it."""
    if given := os.environ.get("PREPARED_HUB"):
        return Path(given)
    with _alone("lock"):
        folder = KEPT / digest_of_sources()
        if not folder.exists():
            for old in KEPT.iterdir():
                if old.is_dir():
                    shutil.rmtree(old)
            made = KEPT / "unfinished"
            _prepare(made)
            made.rename(folder)
        return folder


def _prepare(folder: Path) -> None:
    command = [sys.executable, "manage.py", "run_hub", "--prepare-only"]
    done = subprocess.run(
        command,
        cwd=ROOT,
        env=clean_environment(folder),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"the hub could not be prepared:\n{done.stdout}\n{done.stderr}")


def clean_environment(folder: Path, **more: str) -> dict[str, str]:
    """The environment of a hub of its own in ``folder``, with no setting of this machine."""
    kept = {n: v for n, v in os.environ.items() if not n.startswith(("HUB_", "SEARCH_", "DJANGO_"))}
    return kept | {"HUB_DATA_DIR": str(folder)} | more


def copy_of_prepared(target: Path) -> Path:
    """Copy the prepared hub to ``target``, which may then be changed at will."""
    shutil.copytree(prepared_folder(), target, dirs_exist_ok=True)
    return target
