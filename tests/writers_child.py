"""Many processes that save answers at once, while others read them, on one SQLite file.

``python -m tests.writers_child TRANSACTIONS`` works on the database of its data folder: eight writers with
so many saves each, sixteen readers until they are done. Prints as JSON what failed, and how long a save took.
"""

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from tests.prepared import ROOT, clean_environment

WRITERS, READERS = 8, 16
PAUSE = 0.1  # seconds between two reads: they look for locks, not for the last of the processor


def run(folder: Path, transactions: int) -> dict[str, Any]:
    """What became of it, on the hub in ``folder``."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.writers_child", str(transactions)],
        cwd=ROOT,
        env=clean_environment(folder) | {"DJANGO_SETTINGS_MODULE": "hub.settings.test"},
        capture_output=True,
        check=True,
    )
    return dict(json.loads(done.stdout))


def save(draft: Any, number: int) -> None:
    from resources.reports import drafts
    from resources.reports.questionnaire.merging import Typed

    section = draft.campaign.shape.section("recit")
    shown = getattr(draft, "shown", {})  # what its page carries since its last save
    posted = Typed({"q-ce_qui_a_marche": [f"Le pot {number}."]})
    draft.shown = drafts.save(draft, section, posted, shown).seen


def read(draft: Any, number: int) -> None:
    draft.refresh_from_db()
    list(type(draft).objects.values_list("pk", "values")[:50])
    time.sleep(PAUSE)


def at_work(work: Any, draft: Any, count: int | None, says: int, last: int) -> None:
    """In a process of its own: work so many times, or until ``last`` is closed; say what was seen."""
    times, errors, number = [], [], 0
    os.set_blocking(last, False)
    while number < count if count is not None else not _is_over(last):
        began = time.monotonic()
        try:
            work(draft, number)
        except Exception as error:  # whatever it is, it is counted
            errors.append(f"{type(error).__name__}: {error}")
        times.append(time.monotonic() - began)
        number += 1
    with os.fdopen(says, "w") as pipe:
        json.dump({"times": times, "errors": errors}, pipe)
    os._exit(0)


def _is_over(last: int) -> bool:
    try:
        return os.read(last, 1) == b""
    except BlockingIOError:
        return False


def main(transactions: int) -> None:
    import django

    django.setup()
    from django.db import connections

    from resources.reports import drafts
    from tests import campaigns

    season = campaigns.campaign()
    coops = [campaigns.participant(season, campaigns.coop(f"Coop {n}")) for n in range(WRITERS)]
    begun = [drafts.draft_of(coop) for coop in coops]
    connections.close_all()
    last, held = os.pipe()
    writers = [_begun(save, draft, transactions, last, held) for draft in begun]
    readers = [_begun(read, begun[n % WRITERS], None, last, held) for n in range(READERS)]
    written = [_heard(one) for one in writers]
    os.close(held)
    told = written + [_heard(one) for one in readers]
    slow = sorted(spent for one in written for spent in one["times"])
    found = {
        "saves": len(slow),
        "reads": sum(len(one["times"]) for one in told[WRITERS:]),
        "errors": [error for one in told for error in one["errors"]],
        "versions": [type(d).objects.get(pk=d.pk).version for d in begun],
        "p99_ms": round(slow[int(len(slow) * 0.99)] * 1000),
    }
    sys.stdout.write(json.dumps(found))


def _begun(work: Any, draft: Any, count: int | None, last: int, held: int) -> tuple[int, int]:
    hears, says = os.pipe()
    if not (process := os.fork()):
        os.close(held)
        os.close(hears)
        at_work(work, draft, count, says, last)
    os.close(says)
    return process, hears


def _heard(begun: tuple[int, int]) -> dict[str, Any]:
    process, hears = begun
    with os.fdopen(hears) as pipe:
        told = json.load(pipe)
    os.waitpid(process, 0)
    return dict(told)


if __name__ == "__main__":
    main(int(sys.argv[1]))
