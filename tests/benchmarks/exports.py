"""How long the exports of a campaign take, and how much memory: `python -m tests.benchmarks.exports`.

Each export runs in a process of its own, on a database of its own: 10,000 answers to the whole
default questionnaire, then 160. Prints a table.
"""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

COUNTS = (160, 10_000)
FORMATS = ("csv", "xlsx", "ods", "json")


def main() -> None:
    from tests.prepared import clean_environment, copy_of

    with tempfile.TemporaryDirectory() as folder:
        for count in COUNTS:
            data = copy_of("empty", Path(folder) / str(count))
            own = clean_environment(data, DJANGO_SETTINGS_MODULE="hub.settings.dev")
            run = [sys.executable, "-m", "tests.benchmarks.exports"]
            subprocess.run([*run, "fill", str(count)], env=own, check=True)
            for name in FORMATS:
                said = subprocess.run([*run, name], env=own, check=True, capture_output=True)
                print(count, name, said.stdout.decode().strip(), flush=True)


def fill(count: int) -> None:
    from django.utils import timezone

    from resources.reports.models import Answer
    from tests import campaigns

    campaign = campaigns.campaign()
    values = full_answer(campaign.shape)
    sent_at = timezone.now() - timedelta(hours=1)
    rows = (
        Answer(
            campaign=campaign,
            coop_name=f"Coop {n}",
            state="received",
            sent_at=sent_at,
            values=values,
        )
        for n in range(count)
    )
    Answer.objects.bulk_create(rows, batch_size=500)


def full_answer(shape: Any) -> dict[str, Any]:
    """An answer to every question, texts of an ordinary length."""
    from tests.answered import answered

    return {question.key: answered(question) for question in shape if question.is_answered}


def measure(kind: str) -> None:
    """Seconds, peak above the memory of the process at rest in MiB, size of the file in MiB."""
    from resources.reports.exports.sending import write
    from resources.reports.exports.table import Table
    from resources.reports.models import Campaign

    table = Table(Campaign.objects.get())
    len(table.header)
    with tempfile.TemporaryFile() as file:
        before, began = peak(), time.monotonic()
        write(table, kind, file)
        spent = time.monotonic() - began
        size = file.tell() / 2**20
    figures = {
        "seconds": round(spent, 1),
        "MiB more": round(peak() - before),
        "MiB": round(size, 1),
    }
    print(json.dumps(figures | {"columns": len(table.header)}))


def peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    if "DJANGO_SETTINGS_MODULE" not in os.environ:
        main()
    else:
        import django

        django.setup()
        fill(int(sys.argv[2])) if sys.argv[1] == "fill" else measure(sys.argv[1])
