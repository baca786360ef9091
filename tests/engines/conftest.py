"""The three engines, each on a real server: `stand` lends one to a block of a test."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.services.elasticsearch import Nodes
    from tests.services.postgres import Postgres


@pytest.fixture(scope="session")
def postgres_server() -> Iterator["Postgres"]:
    from tests.services import postgres

    with postgres.running() as server:
        yield server


@pytest.fixture(scope="session")
def node() -> Iterator["Nodes"]:
    """One real node of Elasticsearch, in its usual state."""
    from tests.services import elasticsearch

    with elasticsearch.running() as nodes:
        yield nodes


Stand = Callable[[str], AbstractContextManager[None]]


@pytest.fixture(scope="module")
def stand(
    request: pytest.FixtureRequest,
    copy_of_migrated: Callable[[], Path],
    django_db_setup: None,
    django_db_blocker: Any,
) -> Stand:
    """Lends a migrated database without content, and the engine of that name, for a block."""
    from tests.database import database_at, database_file
    from tests.engines.cluster import cluster_settings

    @contextmanager
    def lent(engine: str) -> Iterator[None]:
        if engine == "postgres":
            place = database_at(request.getfixturevalue("postgres_server").new_database())
        else:
            place = database_file(copy_of_migrated())
        with django_db_blocker.unblock(), place:
            if engine == "elasticsearch":
                with cluster_settings(request.getfixturevalue("node").urls):
                    yield
            else:
                yield

    return lent
