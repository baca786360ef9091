"""The files of the project, and the Python trees of its code."""

import ast
import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("hub", "home", "resources", "search", "tests")
PRODUCT = PACKAGES[:-1]


@cache
def tracked() -> tuple[Path, ...]:
    """Every file that git tracks or would track, relative to the root; all files without git."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    try:
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
        names = [name for name in done.stdout.split("\0") if name]
    except (OSError, subprocess.CalledProcessError):
        hidden = (".venv", ".git", ".cache", "var", "__pycache__")
        paths = [path.relative_to(ROOT) for path in ROOT.rglob("*")]
        names = [str(path) for path in paths if not set(hidden) & set(path.parts)]
    return tuple(sorted(Path(name) for name in set(names) if (ROOT / name).is_file()))


def python_files(*packages: str) -> list[Path]:
    """The hand-written modules of these packages (all by default): migrations are left out."""
    wanted = packages or PACKAGES
    return [
        path
        for path in tracked()
        if path.suffix == ".py" and path.parts[0] in wanted and "migrations" not in path.parts
    ]


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse((ROOT / path).read_text(encoding="utf-8"), filename=str(path))


def texts() -> list[tuple[Path, str]]:
    """Every tracked file that holds text."""
    found = []
    for path in tracked():
        try:
            found.append((path, (ROOT / path).read_text(encoding="utf-8")))
        except UnicodeDecodeError:
            continue
    return found
