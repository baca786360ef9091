"""Keeps the lock files in step with ``pyproject.toml``.

Usage: python tests/lock.py [--write]. Without ``--write`` it says whether locking again would
change a file. The registry is the one this machine's pip uses; no lock file names it.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCKS = {
    "requirements.txt": [],
    "requirements-dev.txt": ["--group", "dev", "-c", "requirements.txt"],
}
OPTIONS = [
    "--universal", "--python-version", "3.11", "--generate-hashes", "--no-emit-index-url",
    "--no-header", "--quiet",
]  # fmt: skip
UNREACHABLE = (
    "failed to fetch",
    "dns error",
    "error sending request",
    "timed out",
    "connect error",
)


class LockError(Exception):
    """The lock could not be computed; the message says why in one sentence."""


def pip_settings() -> dict[str, str]:
    """Return the variables that make uv look where pip is told to look."""
    command = [sys.executable, "-m", "pip", "config", "list"]
    lines = subprocess.run(command, capture_output=True, text=True, check=False).stdout.splitlines()
    settings = dict(line.split("=", 1) for line in lines if "=" in line)
    settings = {name.split(".", 1)[-1]: value.strip("'\"") for name, value in settings.items()}
    found = {"UV_NATIVE_TLS": "true"}
    for name, variable in (
        ("index-url", "UV_DEFAULT_INDEX"),
        ("extra-index-url", "UV_INDEX"),
        ("find-links", "UV_FIND_LINKS"),
        ("cert", "SSL_CERT_FILE"),
    ):
        if settings.get(name):
            found[variable] = settings[name]
    return found


def compiled(name: str, folder: Path) -> str:
    """Return what the lock file ``name`` should hold, starting from the versions it pins now."""
    output = folder / name
    output.write_bytes((ROOT / name).read_bytes() if (ROOT / name).exists() else b"")
    command = ["uv", "pip", "compile", "pyproject.toml", *LOCKS[name], *OPTIONS, "-o", str(output)]
    environment = pip_settings() | dict(os.environ)
    environment["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{environment.get('PATH', '')}"
    done = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        if any(words in done.stderr.lower() for words in UNREACHABLE):
            raise LockError("the package registry cannot be reached")
        raise LockError(f"uv refused: {done.stderr.strip()}")
    return output.read_text(encoding="utf-8")


def main(write: bool) -> int:
    stale = []
    with tempfile.TemporaryDirectory() as folder:
        for name in LOCKS:
            try:
                text = compiled(name, Path(folder))
            except LockError as error:
                print(f"The lock could not be {'made' if write else 'checked'}: {error}.")
                return 1 if write or "refused" in str(error) else 0
            if (ROOT / name).read_text(encoding="utf-8") != text:
                stale.append(name)
                if write:
                    (ROOT / name).write_text(text, encoding="utf-8")
    if write:
        print(f"Written: {', '.join(stale)}." if stale else "Nothing changed.")
        return 0
    if stale:
        print(f"{', '.join(stale)} no longer follows pyproject.toml: run make lock.")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main("--write" in sys.argv[1:]))
