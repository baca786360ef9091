"""Says whether the process lives, and whether it can do its work."""

import os
import tempfile

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe


@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers: nothing else is looked at."""
    return HttpResponse("ok\n", content_type="text/plain")


@never_cache
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """Database, migrations and storage: 200, or 503 with the names of those that fail.

    Neither a version nor a detail is told: this page is public.
    """
    checks = {"database": _database, "migrations": _migrations, "storage": _storage}
    failed = [name for name, check in checks.items() if not check()]
    text = f"failing: {', '.join(failed)}\n" if failed else "ready\n"
    return HttpResponse(text, status=503 if failed else 200, content_type="text/plain")


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
