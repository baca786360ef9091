"""Erases what campaigns have kept long enough, or says what would be."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone, translation

from resources.reports import retention


class Command(BaseCommand):
    help = (
        "Erase drafts, refused answers and contacts whose time is over; the worker does it daily."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="list what would go, and when")

    def handle(self, *args: Any, dry_run: bool, **options: Any) -> None:
        with translation.override("en"):
            if not dry_run:
                done = retention.apply()
                self.stdout.write(f"erased: {sum(due.count for due in done)}")
                return
            for due in retention.plan():
                day = timezone.localtime(due.at).date().isoformat() if due.at else "no date yet"
                self.stdout.write(f"{due.campaign.slug}: {due.rule.label}: {due.count} now ({day})")
