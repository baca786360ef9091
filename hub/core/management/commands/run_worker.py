"""What must happen without a reader: pages published and withdrawn at their hour."""

import signal
import threading
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser
from django.db import DatabaseError, close_old_connections

INTERVAL = 30  # seconds


class Command(BaseCommand):
    help = "Publish and withdraw scheduled pages, every 30 seconds (--once: one round, then stop)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        stopped = threading.Event()
        if not options["once"]:
            for number in (signal.SIGINT, signal.SIGTERM):
                signal.signal(number, lambda *_args: stopped.set())
        while True:
            self._round()
            if options["once"] or stopped.wait(INTERVAL):
                return

    def _round(self) -> None:
        """A database that is busy or away costs this round, not the worker."""
        close_old_connections()
        try:
            call_command("publish_scheduled", stdout=self.stdout)
        except DatabaseError as error:
            self.stderr.write(f"This round was left out: {error}")
