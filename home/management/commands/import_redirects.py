from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from home.old_addresses.keys import page_keys
from home.old_addresses.planning import keep
from home.old_addresses.reading import ListRefusedError, read_list

SHOWN = 50


class Command(BaseCommand):
    """In the place of Wagtail's command of this name, which checks no target and keeps half a file."""

    help = (
        "Import old addresses from a CSV file of two columns, old and new, with ; or , between "
        "them. The new one is an address, page: and the key of a content file, or the number of a "
        "page. If a line is wrong, nothing is imported and every wrong line is named."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="Say what would be done.")

    def handle(self, *args: Any, file: Path, dry_run: bool, **options: Any) -> None:
        try:
            content = file.read_bytes()
        except OSError as error:
            raise CommandError(f"{file} cannot be read: {error.strerror}.") from error
        try:
            counts = keep(read_list(content), page_keys(), dry_run=dry_run)
        except ListRefusedError as error:
            raise CommandError(self._refusal(error.problems)) from error
        done = ", ".join(f"{counts[name]} {name}" for name in ("created", "changed", "unchanged"))
        self.stdout.write(f"Dry run, nothing was kept: {done}." if dry_run else f"Import: {done}.")

    @staticmethod
    def _refusal(problems: list[tuple[int, str]]) -> str:
        lines = [
            f"  line {number}: {reason}" if number else f"  {reason}"
            for number, reason in problems[:SHOWN]
        ]
        more = len(problems) - SHOWN
        lines += [f"  and {more} more"] if more > 0 else []
        return "Nothing was imported.\n" + "\n".join(lines)
