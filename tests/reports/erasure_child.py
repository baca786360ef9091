"""Plants a word in a hub of its own, or erases it, as a process that then ends."""

import sys

import django
from django.core.management import call_command

django.setup()

from hub.core import outbox  # noqa: E402
from resources.reports import erasure  # noqa: E402
from resources.reports.models import Answer  # noqa: E402
from tests.reports.planting import WORD, planted  # noqa: E402
from tests.words import tables_with  # noqa: E402

if sys.argv[1] == "plant":
    planted()
    outbox.drain(["mail"])
elif sys.argv[1] == "erase":
    erasure.erase(Answer.objects.get(), who="co-op")
    call_command("run_worker", once=True)
else:
    print(tables_with(WORD))  # noqa: T201
