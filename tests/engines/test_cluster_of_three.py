"""Three nodes, one of which dies at a time while thousands of documents are published and searched."""

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import transaction

from home.sample_corpus import records
from hub.core import outbox
from search.engines import database_engine, engine_named
from search.engines.elasticsearch import breaker
from search.engines.elasticsearch.engine import KIND
from search.engines.elasticsearch.reconcile import reconcile
from search.models import SearchDocument
from tests.database import database_file
from tests.engines.cluster import cluster_settings
from tests.engines.recording import ask
from tests.prepared import ROOT, clean_environment
from tests.search.loading import load
from tests.services import elasticsearch

DOCUMENTS, BATCH = 5_000, 100
QUERIES = ("assemblée", "conseil d'administration", "vote", "")
LIMIT = 300  # seconds


@contextmanager
def worker(folder: Path, nodes: elasticsearch.Nodes, index: str) -> Iterator[None]:
    """The real worker, in a process of its own."""
    settings = {
        "DJANGO_SETTINGS_MODULE": "hub.settings.test",
        "SEARCH_ENGINE": "elasticsearch",
        "SEARCH_URL": ",".join(nodes.urls),
        "SEARCH_INDEX": index,
        "SEARCH_SHARDS": "2",
        "SEARCH_REPLICAS": "1",
    }
    with (folder / "worker.log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "manage.py", "run_worker"],
            cwd=ROOT, env=clean_environment(folder, **settings), stdout=log, stderr=log,
        )  # fmt: skip
        try:
            yield
        finally:
            process.terminate()
            process.wait(timeout=60)


@pytest.fixture
def place(copy_of_migrated, django_db_setup, django_db_blocker) -> Iterator[Path]:
    path = copy_of_migrated()
    with django_db_blocker.unblock(), database_file(path):
        yield path.parent


def master(nodes: elasticsearch.Nodes) -> elasticsearch.Node:
    found = nodes.ask("/_cluster/state/master_node,nodes")
    name = found["nodes"][found["master_node"]]["name"]
    return next(node for node in nodes.nodes if node.name == name)


def compare() -> bool:
    """Ask as a reader does and compare with the rows; True when the cluster itself answered."""
    for text in QUERIES:
        found = ask(engine_named(), text, limit=10)
        exact = ask(database_engine(), text, limit=10)
        assert (found.total, found.facets) == (exact.total, exact.facets)
        assert [hit.page_id for hit in found.hits] == [hit.page_id for hit in exact.hits]
    return not breaker.is_open


def settle(what: str) -> None:
    """Wait until the worker has sent everything."""
    end = time.monotonic() + LIMIT
    while outbox.waiting(KIND).exists():
        assert time.monotonic() < end, f"{what}: {outbox.waiting(KIND).count()} tasks still wait"
        time.sleep(0.2)


def test_a_node_may_die_and_the_master_too(place, monkeypatch):
    monkeypatch.setattr(breaker, "_every", 0.5)
    with (
        elasticsearch.running(3) as nodes,
        cluster_settings(nodes.urls, replicas="1", shards=2) as name,
    ):
        with worker(place, nodes, name):
            answered = publish_while_nodes_die(nodes)
            settle("after the last document")
        nodes.wait_for(3, "green")
        assert reconcile() == (0, 0, 0)
        assert SearchDocument.objects.count() == DOCUMENTS
        assert compare()
    assert answered > DOCUMENTS / BATCH / 4


def publish_while_nodes_die(nodes: elasticsearch.Nodes) -> int:
    """Publish everything; return how many rounds of searches the cluster answered itself."""
    dead: elasticsearch.Node | None = None
    answered = 0
    made = records(DOCUMENTS, seed=9)
    for number in range(DOCUMENTS // BATCH):
        with transaction.atomic():
            load([next(made) for _one in range(BATCH)])
        if number == 2:
            settle("before any node dies")
        if number in (12, 32):
            chief = master(nodes)
            dead = chief if number == 32 else next(n for n in nodes.nodes if n is not chief)
            dead.kill()
        if number in (22, 44) and dead:
            dead.start()
            dead = None
        answered += compare()
    return answered
