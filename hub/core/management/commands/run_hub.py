"""From nothing to a served site, in one process: what ``make run`` calls."""

import os
import secrets
import shutil
import socket
import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError

from hub.core.management.commands.catalogues import compile_catalogues

SPACE_NEEDED = 300 * 1024 * 1024  # bytes
ADMIN_NAME = "admin"


class Command(BaseCommand):
    help = "Prepare the database and the content, then serve the site."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--prepare-only", action="store_true", help="Do not serve.")

    def handle(self, *args: Any, host: str, port: int, **options: Any) -> None:
        if not options["prepare_only"]:
            refuse_busy_port(host, port)
        refuse_full_disk(settings.DATA_DIR)
        self.stdout.write("Preparing the site: the first time takes a few minutes…")
        self.stdout.flush()
        try:
            prepare()
            password_file = self._first_administrator()
        except (OSError, DatabaseError, ValidationError) as error:
            raise CommandError(
                f"The site could not be prepared in {settings.DATA_DIR}: {error}. Once this is "
                "mended, run the same command again: it goes on where it stopped."
            ) from error
        if not options["prepare_only"]:
            self._announce(host, port, password_file)
            serve(host, port)

    def _first_administrator(self) -> Path:
        path = Path(settings.DATA_DIR) / "first-admin-password.txt"
        users = get_user_model()
        if not users.objects.filter(is_superuser=True).exists():
            password = secrets.token_urlsafe(18)
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(handle, "w", encoding="ascii") as file:
                file.write(f"{password}\n")
            users.objects.create_superuser(ADMIN_NAME, settings.DEFAULT_FROM_EMAIL, password)
            self.stdout.write(f"First administrator: {ADMIN_NAME}, password {password}")
            self.stdout.write("This password is shown once; change it after signing in.")
        return path

    def _announce(self, host: str, port: int, password_file: Path) -> None:
        local = "127.0.0.1" if host in {"0.0.0.0", "::"} else host
        shown = f"[{local}]" if ":" in local else local
        self.stdout.write(f"\nThe site:   http://{shown}:{port}/")
        self.stdout.write(f"The admin:  http://{shown}:{port}/admin/")
        if password_file.exists():
            self.stdout.write(f"Its first password ({ADMIN_NAME}) is in {password_file}")
        if host in {"0.0.0.0", "::"}:
            self.stdout.write("Other machines need its name in HUB_ALLOWED_HOSTS.")
        self.stdout.write("Ctrl+C stops.\n")
        self.stdout.flush()


def refuse_busy_port(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except (OSError, OverflowError) as error:
            raise CommandError(
                f"Port {port} of {host} cannot be used ({error}): stop what uses it, or choose "
                f"another one with make run PORT={port % 60000 + 1}."
            ) from error


def refuse_full_disk(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        free = shutil.disk_usage(folder).free
    except OSError as error:
        raise CommandError(f"The data folder {folder} cannot be used: {error}.") from error
    if free < SPACE_NEEDED:
        raise CommandError(
            f"Only {free // 2**20} MB are free in {folder} and 300 MB are needed: free some space, "
            "or choose another folder with HUB_DATA_DIR."
        )


def prepare() -> None:
    """Bring catalogues, database, site, content and static files up to date. Repeatable."""
    compile_catalogues()
    call_command("migrate", interactive=False, verbosity=0)
    call_command("setup_site", follow_address=True)
    # Silent: before the content, there is nothing to find.
    call_command("search_rebuild", if_needed=True, verbosity=0)
    call_command("load_content")
    call_command("build_kits")
    call_command("collectstatic", interactive=False, verbosity=0)


def serve(host: str, port: int) -> None:
    """Replace this process by the server, which starts the worker of the scheduled hours."""
    command = [
        sys.executable, "-m", "gunicorn", "hub.wsgi:application",
        "--bind", f"[{host}]:{port}" if ":" in host else f"{host}:{port}",
        "--config", str(settings.ROOT / "hub" / "gunicorn.py"),
    ]  # fmt: skip
    sys.stdout.flush()
    os.execv(command[0], command)
