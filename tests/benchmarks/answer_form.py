"""``python -m tests.benchmarks.answer_form [CASES]``: forms that nobody would fill in, posted to the hub.

10,000 of them unless said otherwise, over HTTP through Django’s client, on a prepared hub of its own.
Prints how often each status was answered, and the time. An error of the hub stops it with its form.
"""

import logging
import os
import sys
import tempfile
import time
from pathlib import Path

CASES = 10_000


def main(cases: int) -> None:
    from tests.prepared import copy_of

    with tempfile.TemporaryDirectory(prefix="vie-coop-bench-") as folder:
        os.environ["HUB_DATA_DIR"] = str(copy_of("empty", Path(folder) / "hub"))
        os.environ["DJANGO_SETTINGS_MODULE"] = "hub.settings.test"
        import django

        django.setup()
        from django.test.utils import setup_test_environment

        from tests.reports.fuzzing import fuzz

        setup_test_environment()
        logging.disable(logging.WARNING)  # each form that is refused is one
        wall, spent = time.monotonic(), time.process_time()
        found = fuzz(cases)
        wall, spent = time.monotonic() - wall, time.process_time() - spent
        told = ", ".join(f"{status}: {count:,}" for status, count in sorted(found.items()))
        print(f"{sum(found.values()):,} forms, {wall:.0f} s, {spent:.0f} s of CPU; {told}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else CASES)
