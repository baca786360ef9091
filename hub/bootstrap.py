"""Makes the environment with the standard library alone: it runs before anything is installed.

Usage: python bootstrap.py VENV REQUIREMENTS. Safe to run again after an interruption: an
environment whose own Python does not start is made anew.
"""

import os
import subprocess
import sys
from pathlib import Path

OLDEST = (3, 11)


def stop(sentence: str) -> None:
    raise SystemExit(f"Stopped: {sentence}")


def run(command: list[str], sentence: str) -> None:
    try:
        subprocess.run(command, check=True)
    except (OSError, subprocess.CalledProcessError):
        stop(sentence)


def python_works(python: Path) -> bool:
    if not python.exists():
        return False
    command = [str(python), "-m", "pip", "--version"]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def main(venv: str, requirements: str) -> None:
    if sys.version_info < OLDEST:
        found = ".".join(map(str, sys.version_info[:3]))
        stop(
            f"Python 3.11 or newer is needed and {found} was found; try make run PYTHON=python3.12."
        )
    python = Path(venv) / "bin" / "python"
    if not python_works(python):
        print("Making the Python environment…", flush=True)
        run(
            [sys.executable, "-m", "venv", "--clear", venv],
            "the environment could not be made; check the free space and that the venv module "
            "of Python is installed (python3-venv on Debian).",
        )
    print(f"Installing what {requirements} lists…", flush=True)
    os.environ["PIP_DISABLE_PIP_VERSION_CHECK"] = "1"
    run(
        [str(python), "-m", "pip", "install", "--quiet", "--require-hashes", "-r", requirements],
        "the packages could not be installed; see the message above, check the network and the "
        "free space, then run the same command again.",
    )


if __name__ == "__main__":
    if sys.version_info[0] < 3 or len(sys.argv) != 3:
        stop("usage: python bootstrap.py VENV REQUIREMENTS")
    main(sys.argv[1], sys.argv[2])
