"""Brings answers in from a file that an export wrote."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from resources.reports.exports import importing
from resources.reports.exports.columns import Columns
from resources.reports.models import Campaign


class Command(BaseCommand):
    help = "Compare the answers of a file (.json, .csv, .xlsx, .ods) with a campaign; add the new ones."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("campaign", help="its address, for instance retours-ag-2026")
        parser.add_argument("--dry-run", action="store_true", help="compare and write nothing")

    def handle(self, *args: Any, file: Path, campaign: str, dry_run: bool, **options: Any) -> None:
        into = Campaign.objects.filter(slug=campaign).first()
        if into is None:
            raise CommandError(f"There is no campaign {campaign}.")
        try:
            found = importing.records(file, Columns(into.shape))
            outcome = importing.compared(found, into)
        except (OSError, ValueError) as error:
            raise CommandError(f"The file cannot be read: {error}") from error
        self._tell(outcome)
        if outcome.problems:
            raise CommandError("Nothing was written.")
        if not dry_run:
            self.stdout.write(f"added: {importing.add(outcome.new, into)}")

    def _tell(self, outcome: importing.Outcome) -> None:
        for problem in outcome.problems:
            self.stderr.write(problem)
        for name, keys in outcome.different.items():
            self.stdout.write(f"{name} differs, and stays as it is here: {', '.join(keys)}")
        counts = {
            "new": outcome.new,
            "same": outcome.same,
            "different": outcome.different,
            "problems": outcome.problems,
        }
        self.stdout.write(", ".join(f"{name}: {len(part)}" for name, part in counts.items()))
