"""Run as ``python -m tests.security.gate_figures``: how fast the gate decides, and with how much memory.

Prints the share of good files taken in and of bad ones refused, the 50th and 95th percentiles and the
longest of all decisions, each in this process; then what the bombs cost, each in a process of its own.
"""

import io
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import django

BOMBS = (
    "bomb", "bomb in docx", "lying bomb", "crowd", "nested", "overlapping", "link",
    "30k square", "13k square", "11.3k square", "png bomb of one colour", "film too large",
)  # fmt: skip


def in_a_child(name: str, content: bytes) -> dict[str, object]:
    """What the gate says of a file, in how many seconds and with how many mebibytes more."""
    with tempfile.NamedTemporaryFile() as file:
        file.write(content)
        file.flush()
        command = [sys.executable, "-m", "tests.security.gate_child", file.name, name]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
    found: dict[str, object] = json.loads(done.stdout)
    return found


def main() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "hub.settings.test"
    django.setup()
    from hub.core.uploads import UploadRefused, check_upload
    from tests.security.bad_files import bad_files
    from tests.security.good_files import good_files

    good, bad = good_files(), bad_files()
    taken, seconds = {"good": 0, "bad": 0}, []
    files = [("good", *item) for item in good.items()] + [("bad", *item) for item in bad.values()]
    for kind, name, content in files:
        begun = time.perf_counter()
        try:
            check_upload(name, io.BytesIO(content))
            taken[kind] += 1
        except UploadRefused:
            pass
        seconds.append(time.perf_counter() - begun)
    cuts = statistics.quantiles(seconds, n=20)
    sys.stdout.write(f"good files taken in: {taken['good']} of {len(good)}" + "\n")
    sys.stdout.write(f"bad files refused: {len(bad) - taken['bad']} of {len(bad)}" + "\n")
    sys.stdout.write(
        f"decision: p50 {cuts[9]:.3f} s, p95 {cuts[18]:.3f} s, longest {max(seconds):.3f} s" + "\n"
    )
    for case in BOMBS:
        told = in_a_child(*bad[case])
        sys.stdout.write(f"{case}: {told['seconds']:.3f} s, +{told['grown']:.0f} MiB" + "\n")


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
    main()
