from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from resources.importing import NoPlaceError, import_records
from resources.records import read_records

SHOWN = 50


class Command(BaseCommand):
    help = (
        "Import resources from a file of JSON lines, one record a line. Records are known by "
        "their id: importing the same file again changes nothing. If a line is bad, nothing is "
        "imported and every bad line is named."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="Say what would be done.")

    def handle(self, *args: Any, file: Path, dry_run: bool, **options: Any) -> None:
        try:
            with file.open("rb") as lines:
                reading = read_records(lines)
        except OSError as error:
            raise CommandError(f"{file} cannot be read: {error.strerror}.") from error
        if reading.problems:
            raise CommandError(self._refusal(reading.problems))
        try:
            counts = import_records(reading.records, dry_run=dry_run)
        except (NoPlaceError, ValueError) as error:
            raise CommandError(f"Nothing was imported: {error}.") from error
        done = ", ".join(f"{counts[name]} {name}" for name in ("created", "changed", "unchanged"))
        self.stdout.write(f"Dry run, nothing was kept: {done}." if dry_run else f"Import: {done}.")

    @staticmethod
    def _refusal(problems: list[tuple[int, str]]) -> str:
        lines = [f"  line {number}: {reason}" for number, reason in problems[:SHOWN]]
        more = len(problems) - SHOWN
        lines += [f"  and {more} more"] if more > 0 else []
        return "Nothing was imported: these lines cannot be read.\n" + "\n".join(lines)
