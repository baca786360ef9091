"""Sends answers in processes that are killed on the way, each at its own statement.

``python -m tests.send_child`` works on the database of its data folder, and prints as JSON what is left
of each: whether the sending was acknowledged, and everything that a whole or a missing one would show.
"""

import json
import os
import signal
import subprocess
import sys
import uuid
from pathlib import Path
from typing import Any

from tests.prepared import ROOT, clean_environment

POINTS = 32  # a sending takes fewer statements: the last ones come after it
REQUIRED = {
    "date_ag": "2026-05-14",
    "type_ag": {"chosen": ["ago"]},
    "mode_ag": {"chosen": ["presentiel"]},
    "consent_niveau": "anonyme",
}


def run(folder: Path) -> list[dict[str, Any]]:
    """What is left after each point, on the hub in ``folder``."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.send_child"],
        cwd=ROOT,
        env=clean_environment(folder) | {"DJANGO_SETTINGS_MODULE": "hub.settings.test"},
        capture_output=True,
        check=True,
    )
    return list(json.loads(done.stdout))


def killed_at(point: int, answer: Any, says: int) -> None:
    """In a process of its own: send, say so once it is done, and be killed before a statement."""
    from django.db import connection

    from resources.reports import drafts

    left = [point]

    def watch(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if left[0] == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        left[0] -= 1
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        drafts.send(answer, uuid.uuid4())
    os.write(says, b"acknowledged")
    os.kill(os.getpid(), signal.SIGKILL)


def left_of(answer: Any) -> dict[str, Any]:
    from hub.core.models import OutboxItem

    answer.refresh_from_db()
    receipts = OutboxItem.objects.filter(key__startswith="answer-receipt")
    return {
        "state": answer.state,
        "sent": answer.sent_at is not None,
        "key": answer.send_key is not None,
        "events": answer.events.count(),
        "consents": answer.consents.count(),
        "receipts": sum(item.payload["data"]["answer"] == answer.pk for item in receipts),
    }


def main() -> None:
    import django

    django.setup()
    from django.db import connections

    from resources.reports import drafts
    from tests import campaigns

    season, found = campaigns.campaign(), []
    for point in range(POINTS):
        coop = campaigns.participant(season, campaigns.coop(f"Coop {point}"))
        answer = drafts.draft_of(coop)
        type(answer).objects.filter(pk=answer.pk).update(values=REQUIRED)
        connections.close_all()
        hears, says = os.pipe()
        if not (child := os.fork()):
            killed_at(point, answer, says)
        os.close(says)
        os.waitpid(child, 0)
        acknowledged = bool(os.read(hears, 100))
        found.append({"acknowledged": acknowledged, **left_of(answer)})
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    main()
