"""The hub as ``make run`` prepares it, made once for a state of the code and then copied.

What is made is kept in ``.cache/prepared/``, in folders named after the digest of everything it
is made from: any change of the code or of the content makes another one. ``PREPARED_HUB`` names a
folder to use instead, for whoever works on tests while the code does not hold still.
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
KEPT = ROOT / ".cache" / "prepared"
MIGRATIONS = (
    "hub/core/migrations", "home/migrations", "resources/migrations",
    "resources/reports/migrations", "search/migrations",
    "search/engines", "requirements.txt",
)  # fmt: skip
SOURCES = ("hub", "home", "resources", "search", "requirements.txt")
LAST_KEPT = 4
LEFT_OUT = {"__pycache__", "static", "locale", "fonts"}


def digest_of(*names: str) -> str:
    """A fingerprint of these files, and of those in these folders."""
    digest = hashlib.sha256()
    for name in names:
        top = ROOT / name
        files = sorted(top.rglob("*")) if top.is_dir() else [top]
        for path in files:
            relative = path.relative_to(ROOT)
            if path.is_file() and not LEFT_OUT & set(relative.parts):
                digest.update(f"{relative}\0".encode() + path.read_bytes())
    return digest.hexdigest()[:24]


@contextmanager
def alone(name: str) -> Iterator[None]:
    """One process at a time: the others wait for what it makes."""
    KEPT.mkdir(parents=True, exist_ok=True)
    with (KEPT / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def migrated_folder() -> Path:
    """Return a data folder whose database has been migrated, and nothing else."""
    return kept("migrated", digest_of(*MIGRATIONS), lambda made: manage(made, "migrate"))


def prepared_folder(name: str) -> Path:
    """Return the data folder of a hub that is ready; never write in it.

    ``empty`` is the site as ``setup_site`` leaves it; ``loaded`` has the whole content, and what
    ``run_hub`` prepares besides.
    """
    if given := os.environ.get("PREPARED_HUB"):
        return Path(given) / name
    return kept("hub", digest_of(*SOURCES), prepare) / name


def prepare(folder: Path) -> None:
    """Make both hubs, the second from the first."""
    empty, loaded = folder / "empty", folder / "loaded"
    shutil.copytree(migrated_folder(), empty)
    manage(empty, "migrate")
    manage(empty, "setup_site")
    shutil.copytree(empty, loaded)
    manage(loaded, "run_hub", "--prepare-only")


def kept(kind: str, digest: str, make: Callable[[Path], None]) -> Path:
    """Return the folder of this kind and digest, made now unless it was before."""
    folder = KEPT / f"{kind}-{digest}"
    with alone(kind):
        if not folder.exists():
            shutil.rmtree(KEPT / f"unfinished-{kind}", ignore_errors=True)
            _forget_oldest(kind)
            made = KEPT / f"unfinished-{kind}"
            made.mkdir(parents=True)
            make(made)
            made.rename(folder)
    return folder


def _forget_oldest(kind: str) -> None:
    """Leave the last ones: another run may be copying one of them."""
    folders = sorted(KEPT.glob(f"{kind}-*"), key=lambda folder: folder.stat().st_mtime)
    for folder in folders[: -LAST_KEPT + 1]:
        shutil.rmtree(folder, ignore_errors=True)


def manage(folder: Path, *command: str, **settings: str) -> None:
    """Run a command on the hub in ``folder``; raises RuntimeError with what it said when it fails."""
    done = subprocess.run(
        [sys.executable, "manage.py", *command],
        cwd=ROOT,
        env=clean_environment(folder, **settings),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        said = f"{done.stdout}\n{done.stderr}"
        raise RuntimeError(f"the hub could not be prepared ({command[0]}):\n{said}")


def clean_environment(folder: Path, **more: str) -> dict[str, str]:
    """The environment of a hub of its own in ``folder``, with no setting of this machine."""
    kept = {n: v for n, v in os.environ.items() if not n.startswith(("HUB_", "SEARCH_", "DJANGO_"))}
    return kept | {"HUB_DATA_DIR": str(folder)} | more


def copy_of(name: str, target: Path) -> Path:
    """Copy a prepared hub to ``target``, which may then be changed at will."""
    shutil.copytree(prepared_folder(name), target, dirs_exist_ok=True)
    return target
