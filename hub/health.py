"""Says whether the process lives, and whether it can do its work."""

import os
import tempfile
from datetime import timedelta

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from hub.core import outbox
from search.engines import engine_named

LONGEST_WAIT = timedelta(minutes=5)


@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers: nothing else is looked at."""
    return HttpResponse("ok\n", content_type="text/plain")


@never_cache
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """Database, migrations and storage: 200, or 503 with the names of those that fail.

    What the site can do without for a while is told too, and still answers 200: the search of a
    cluster, which the database replaces, and tasks that wait for too long. Neither a version nor a
    detail is told: this page is public.
    """
    vital = {"database": _database, "migrations": _migrations, "storage": _storage}
    failed = [name for name, check in vital.items() if not check()]
    if failed:
        text = f"failing: {', '.join(failed)}\n"
        return HttpResponse(text, status=503, content_type="text/plain")
    weak = [name for name, check in {"search": _search, "tasks": _tasks}.items() if not check()]
    text = f"ready\ndegraded: {', '.join(weak)}\n" if weak else "ready\n"
    return HttpResponse(text, content_type="text/plain")


def _database() -> bool:
    """The database takes a write lock, then lets it go."""
    try:
        with connection.cursor() as cursor:
            if connection.vendor == "sqlite":
                cursor.execute("BEGIN IMMEDIATE")
                cursor.execute("ROLLBACK")
            else:
                cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


def _migrations() -> bool:
    try:
        executor = MigrationExecutor(connection)
    except DatabaseError:
        return False
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def _storage() -> bool:
    try:
        with tempfile.NamedTemporaryFile(dir=settings.DATA_DIR) as file:
            file.write(os.urandom(512))
    except OSError:
        return False
    return True


def _search() -> bool:
    return engine_named().health().ok


def _tasks() -> bool:
    waited = outbox.oldest_wait()
    return waited is None or waited < LONGEST_WAIT
