"""Run as ``python -m tests.security.gate_child FILE NAME``: the gate alone, in a process of its own.

Prints JSON: "refused" (the sentence or ""), "seconds" and "grown", the mebibytes that the process
grew by while it decided.
"""

import json
import os
import sys
import time
from pathlib import Path

import django


def peak() -> float:
    """The most memory that was in use since ``forget_peak``, in mebibytes.

    Not ``ru_maxrss``: it begins with what the process that started this one had in use.
    """
    status = Path("/proc/self/status").read_text(encoding="ascii")
    line = next(line for line in status.splitlines() if line.startswith("VmHWM:"))
    return int(line.split()[1]) / 1024


def forget_peak() -> None:
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")


def main(path: str, name: str) -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "hub.settings.test"
    django.setup()
    from hub.core.uploads import UploadRefused, check_upload

    with Path(path).open("rb") as file:
        forget_peak()
        before, begun, refused = peak(), time.perf_counter(), ""
        try:
            check_upload(name, file)
        except UploadRefused as refusal:
            refused = str(refusal)
        told = {"refused": refused, "seconds": time.perf_counter() - begun}
    sys.stdout.write(json.dumps(told | {"grown": peak() - before}))


if __name__ == "__main__":
    main(*sys.argv[1:])
