"""Puts a backup in an empty data folder."""

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from hub.core.backup import restoring
from hub.core.backup.manifest import BackupError


class Command(BaseCommand):
    help = "Put a backup in the data folder (HUB_DATA_DIR), which must be empty."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, help="a folder that backup_hub made")

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        if connection.vendor != "sqlite":
            raise CommandError(
                "The database is on a PostgreSQL server: put it back with pg_restore."
            )
        known = set(known_migrations())
        try:
            told = restoring.restore(folder, Path(settings.DATA_DIR), known)
        except (BackupError, OSError) as error:
            raise CommandError(f"Nothing was put back: {error}") from error
        self.stdout.write(
            f"{settings.DATA_DIR}: {len(told.files)} files, the state of {told.made_at}."
            " Start the site: manage.py run_hub."
        )
        if told.secret_key == "environment":
            self.stdout.write("Give it the HUB_SECRET_KEY that it had: it is not in the backup.")


def known_migrations() -> Iterator[str]:
    """Those of this code, by the names of their files: importing some of them opens the database."""
    for app in apps.get_app_configs():
        name, _explicit = MigrationLoader.migrations_module(app.label)
        try:
            package = import_module(name) if name else None
        except ModuleNotFoundError:
            continue
        for module in iter_modules(package.__path__) if package else ():
            yield f"{app.label}.{module.name}"
