"""Answers campaigns around their last moment, in a process whose server has a time zone of its own.

``python -m tests.deadline_child`` works on the database of its data folder, and prints as JSON, for each
deadline: what the database keeps, what the door says, and which of the last saves were taken.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from tests.prepared import ROOT, clean_environment

DEADLINES = [
    datetime(2027, 3, 28, 1, 30, tzinfo=UTC),  # 02:30 does not exist in Paris: half past three
    datetime(2026, 10, 25, 0, 30, tzinfo=UTC),  # 02:30 for the first time
    datetime(2026, 10, 25, 1, 30, tzinfo=UTC),  # and for the second
    datetime(2026, 9, 30, 21, 59, 59, 999000, tzinfo=UTC),  # 23:59:59.999
    datetime(2028, 2, 29, 22, 59, 59, 999000, tzinfo=UTC),  # the same of a leap day
]

LAST_SAVES = {
    "q-ce_qui_a_marche": timedelta(0),
    "q-ce_qui_a_moins_marche": timedelta(minutes=15),
    "q-conseil_a_un_pair": timedelta(minutes=15, milliseconds=1),
}


def run(folder: Path, zone: str) -> subprocess.Popen[bytes]:
    """Begin it on the hub in ``folder``, on a server in this zone."""
    own = clean_environment(folder, DJANGO_SETTINGS_MODULE="hub.settings.test", TZ=zone)
    return subprocess.Popen(
        [sys.executable, "-m", "tests.deadline_child"],
        cwd=ROOT,
        env=own,
        stdout=subprocess.PIPE,
    )


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    from django.utils import timezone

    now = timezone.now
    timezone.now = lambda: moment  # type: ignore[assignment]
    try:
        yield
    finally:
        timezone.now = now  # type: ignore[assignment]


def kept(slug: str) -> str:
    """The last moment as it stands in the database."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT closes_at FROM reports_campaign WHERE slug = %s", [slug])
        return str(cursor.fetchone()[0])


def around(number: int, end: datetime) -> dict[str, Any]:
    from tests import campaigns
    from tests.answering import Device

    opens, slug = end - timedelta(days=30), f"ag-{number}"
    with at(end - timedelta(minutes=1)):
        made = campaigns.campaign(slug=slug, opens_at=opens, closes_at=end, live=True)
        early, late = (
            Device(campaigns.participant(made, campaigns.coop(f"Coop {number}{name}")))
            for name in ("a", "b")
        )
        fields = early.begin().fields("recit")
        door = late.fields_of_form(late.get())
    told = []
    for name, more in LAST_SAVES.items():
        with at(end + more):
            told.append(early.fill("recit", {name: "Le pot."}, fields=fields).status_code)
    with at(end):
        late.post(late.home, door)
        words = late.get().get_text(" ", strip=True)
    return {
        "kept": kept(slug),
        "saves": told,
        "begun_too_late": made.answers.exclude(participant=early.participant).exists(),
        "door": words[words.index("Fermée") :][:70] if "Fermée" in words else words,
    }


def main() -> None:
    import django

    zone = os.environ["TZ"]
    django.setup()
    found = [around(number, end) for number, end in enumerate(DEADLINES)]
    sys.stdout.write(json.dumps({"zone": zone, "found": found}))


if __name__ == "__main__":
    main()
