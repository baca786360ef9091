"""Sends answers in processes that are killed on the way, each at its own statement.

``python -m tests.send_child`` works on the database of its data folder, and prints as JSON what is left
of each: whether the sending was acknowledged, and everything that a whole or a missing one would show.
"""

import json
import subprocess
import sys
import uuid
from functools import partial
from pathlib import Path
from typing import Any

from tests.killing import attempt
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
        done = attempt(partial(drafts.send, answer, uuid.uuid4()), point)
        found.append({"acknowledged": done is not None, **left_of(answer)})
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    main()
