"""What happens without a reader: tasks that wait, and what comes by the clock."""

import signal
import threading
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import DatabaseError, close_old_connections

from hub.core import jobs, outbox

INTERVAL = 1  # seconds


class Command(BaseCommand):
    help = "Do the tasks that wait and the regular jobs, until told to stop (--once: one round)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="one round, then stop")

    def handle(self, *args: Any, **options: Any) -> None:
        stopped = threading.Event()
        if not options["once"]:
            for number in (signal.SIGINT, signal.SIGTERM):
                signal.signal(number, lambda *_args: stopped.set())
        self._round(once=options["once"])
        while not options["once"] and not stopped.wait(INTERVAL):
            close_old_connections()
            self._round(once=False)

    def _round(self, *, once: bool) -> None:
        """A database that is busy or away costs this round, not the worker."""
        try:
            jobs.run_due(once=once)
            outbox.drain()
        except DatabaseError as error:
            self.stderr.write(f"This round was left out: {error}")
