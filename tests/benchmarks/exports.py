"""How long the exports of a campaign take, and how much memory: `python -m tests.benchmarks.exports`.

Each export runs in a process of its own, on a database of its own, filled with answers to every
question of the default questionnaire: three seasons of 160 co-ops, exported one after the other, then
10,000 answers of one season. The fastest of several rounds is kept, in seconds and in seconds of CPU.
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

SIZES = ((160, 3, 5), (10_000, 1, 1))  # answers of a season, seasons, rounds
FORMATS = ("csv", "xlsx", "ods", "json")


def main() -> None:
    from tests.prepared import clean_environment, copy_of

    with tempfile.TemporaryDirectory() as folder:
        for count, seasons, rounds in SIZES:
            data = copy_of("empty", Path(folder) / str(count))
            own = clean_environment(data, DJANGO_SETTINGS_MODULE="hub.settings.dev")
            run = [sys.executable, "-m", "tests.benchmarks.exports"]
            subprocess.run([*run, "fill", str(count), str(seasons)], env=own, check=True)
            for name in FORMATS:
                asked = [*run, name, str(rounds)]
                said = subprocess.run(asked, env=own, check=True, capture_output=True)
                print(f"{count} × {seasons}", name, said.stdout.decode().strip(), flush=True)


def fill(count: int, seasons: int) -> None:
    for year in range(2027 - seasons, 2027):
        _season(year, count)


def _season(year: int, count: int) -> None:
    from django.utils import timezone

    from resources.reports.models import Answer
    from tests import campaigns

    campaign = campaigns.campaign(season=year, slug=f"ag-{year}")
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


def measure(kind: str, rounds: int) -> None:
    """Seconds, peak above the memory of the process at rest in MiB, size of the files in MiB."""
    from resources.reports.exports.table import Table
    from resources.reports.models import Campaign

    len(Table(Campaign.objects.first()).header)
    before = peak()
    taken = [_written(kind) for _round in range(rounds)]
    figures = {
        "seconds": round(min(wall for wall, _cpu, _size in taken), 1),
        "of CPU": round(min(cpu for _wall, cpu, _size in taken), 1),
        "MiB more": round(peak() - before),
        "MiB": round(taken[0][2], 1),
    }
    print(json.dumps(figures))


def _written(kind: str) -> tuple[float, float, float]:
    """Every season once: seconds, seconds of CPU, MiB."""
    from resources.reports.exports.sending import write
    from resources.reports.exports.table import Table
    from resources.reports.models import Campaign

    wall, spent, size = time.monotonic(), time.process_time(), 0
    for campaign in Campaign.objects.all():
        with tempfile.TemporaryFile() as file:
            write(Table(campaign), kind, file)
            size += file.tell()
    return time.monotonic() - wall, time.process_time() - spent, size / 2**20


def peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    if "DJANGO_SETTINGS_MODULE" not in os.environ:
        main()
    else:
        import django

        django.setup()
        told, *numbers = sys.argv[1:]
        fill(*map(int, numbers)) if told == "fill" else measure(told, *map(int, numbers))
