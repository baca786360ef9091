"""Takes a backup of the embedded data while the site is used."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from hub.core.backup import taking
from hub.core.backup.manifest import BackupError


class Command(BaseCommand):
    help = (
        "Copy the database, the files and the key of the hub to a new folder, while people write."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, help="where to, a folder that does not exist yet")

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        if connection.vendor != "sqlite":
            raise CommandError(
                "The database is on a PostgreSQL server: save it with pg_dump, and the folders "
                "media, kits, guides and attachments of HUB_DATA_DIR after it (docs/operations.md)."
            )
        try:
            made = taking.take(Path(settings.DATA_DIR), folder)
        except (BackupError, OSError) as error:
            raise CommandError(f"There is no backup: {error}") from error
        rows = sum(made.rows.values())
        self.stdout.write(f"{folder}: {len(made.files)} files, {rows} rows, checked.")
        if made.secret_key == "environment":
            self.stdout.write("HUB_SECRET_KEY is not in it: keep it with the backup, elsewhere.")
