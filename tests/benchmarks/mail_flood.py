"""``python -m tests.benchmarks.mail_flood [MAILS]``: the opening of a campaign of 10,000 co-ops.

Through a real mail server of this machine, that dies with one message of fifty in hand, refuses one of
thirty for now and stalls twice. Prints how many were lost, and how many came twice.
"""

import os
import sys
import tempfile
import time
from pathlib import Path

MAILS = 10_000


def main(count: int) -> None:
    from tests.prepared import copy_of

    with tempfile.TemporaryDirectory(prefix="vie-coop-bench-") as folder:
        os.environ["HUB_DATA_DIR"] = str(copy_of("empty", Path(folder) / "hub"))
        os.environ["DJANGO_SETTINGS_MODULE"] = "hub.settings.test"
        import django

        django.setup()
        from django.conf import settings

        from tests.mailboxes import free_port
        from tests.reports.mail_floods import flood

        wall, spent = time.monotonic(), time.process_time()
        print(flood(count, free_port(settings)))
        wall, spent = time.monotonic() - wall, time.process_time() - spent
        print(f"{wall:.0f} s, {spent:.0f} s of CPU, the mail server included")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else MAILS)
