"""``python -m tests.benchmarks.campaign_results``: the results of 160 co-ops over three seasons.

A database of its own is filled with invented answers to the whole default questionnaire; the pages
are asked for through Django’s client, as an editor-in-chief. Shows the median and the fastest of
several rounds, in milliseconds of CPU, the fastest by the clock on the wall, and the queries of a page.
Nothing here fails: numbers are for people.
"""

import os
import statistics
import tempfile
import time
from datetime import timedelta
from typing import Any

COOPS, SEASONS, ROUNDS = 160, (2024, 2025, 2026), 15


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="vie-coop-bench-") as folder:
        os.environ["HUB_DATA_DIR"] = folder
        os.environ["DJANGO_SETTINGS_MODULE"] = "hub.settings.test"
        import django

        django.setup()
        from django.db import connection
        from django.test.utils import setup_test_environment

        setup_test_environment()
        connection.creation.create_test_db(verbosity=0)
        _measure()


def _measure() -> None:
    from django.core.management import call_command
    from django.test import Client
    from django.urls import reverse
    from django.utils import timezone

    from tests.reports.seasons import coops, season

    call_command("setup_site", verbosity=0)
    organisations = coops(COOPS)
    for year in SEASONS:
        ended = timezone.now() - timedelta(days=30 + 365 * (SEASONS[-1] - year))
        made = season(year, organisations, opens_at=ended - timedelta(days=60), closes_at=ended)
    client = Client()
    client.force_login(_editor(), backend="django.contrib.auth.backends.ModelBackend")
    of = [made.pk]
    for name, address in (
        ("figures, all answers", reverse("campaign_results:figures", args=of)),
        ("figures, one status", reverse("campaign_results:figures", args=of) + "?only=statut:scic"),
        (
            "figures, one region",
            reverse("campaign_results:figures", args=of) + "?only=region:auvergne_rhone_alpes",
        ),
        ("two questions", reverse("campaign_results:cross", args=of) + "?rows=lieu&columns=jour"),
        ("seasons", reverse("campaign_results:trends", args=of) + "?question=lieu"),
        ("follow-up of the invitations", f"/admin/invitations/{made.pk}/tracker/"),
        ("queue of moderation", reverse("moderation:index")),
        ("comparator, three seasons", reverse("practice_comparator")),
    ):
        _show(client, name, address)


def _editor() -> Any:
    from django.contrib.auth import get_user_model

    return get_user_model().objects.create_superuser("bench", "bench@example.org", "x" * 20)


def _show(client: object, name: str, address: str) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    times, walls = [], []
    for _round in range(ROUNDS):
        with CaptureQueriesContext(connection) as queries:
            start, began = time.process_time(), time.monotonic()
            response = client.get(address)  # type: ignore[attr-defined]
            times.append((time.process_time() - start) * 1000)
            walls.append((time.monotonic() - began) * 1000)
        assert response.status_code == 200, response
    print(
        f"{name:28} median {statistics.median(times):6.0f} ms  fastest {min(times):6.0f} ms  "
        f"on the wall {min(walls):6.0f} ms  "
        f"{len(queries):3} queries  {len(response.content) / 1024:5.0f} KiB"
    )


if __name__ == "__main__":
    main()
