"""Whatever becomes of the cluster, readers are answered, exactly, and nobody waits for it twice."""

import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.db import transaction
from django.test import Client

from home.sample_corpus import records
from hub.core import outbox
from search.engines import database_engine
from search.engines.elasticsearch import breaker
from search.engines.elasticsearch.building import build
from search.engines.elasticsearch.cluster import client
from search.engines.elasticsearch.engine import KIND, ClusterEngine
from search.engines.elasticsearch.index import MAPPINGS, alias, new_name
from search.engines.elasticsearch.reconcile import reconcile
from search.indexing import remove_pages
from search.models import SearchDocument
from tests.engines.cluster import cluster_settings
from tests.engines.recording import FACETS, ask
from tests.live import free_port
from tests.search.loading import load

COUNT = 60
HANG = 10  # seconds: an answer that takes longer has not been protected at all


@pytest.fixture
def filled(stand) -> Iterator[None]:
    with stand("sqlite"):
        with transaction.atomic():
            load(records(COUNT, seed=5))
        yield


def answers(status: int, wait: float, seen: list[str]) -> type[BaseHTTPRequestHandler]:
    """A handler that notes every request and answers it like this."""
    body = json.dumps({"error": {"type": "made", "reason": "up"}, "status": status}).encode()

    class Answer(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            seen.append(self.path)
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            time.sleep(wait)
            self.send_response(status)
            self.send_header("X-Elastic-Product", "Elasticsearch")
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_GET = do_HEAD = do_PUT = do_POST

        def log_message(self, *args: object) -> None:
            pass

    return Answer


@contextmanager
def server(status: int, wait: float = 0) -> Iterator[tuple[str, list[str]]]:
    """A server that answers every request like this; yields its address and the requests it got."""
    seen: list[str] = []
    serving = ThreadingHTTPServer(("127.0.0.1", 0), answers(status, wait, seen))
    serving.daemon_threads = True
    threading.Thread(target=serving.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{serving.server_address[1]}", seen
    finally:
        serving.shutdown()
        serving.server_close()


@contextmanager
def refused() -> Iterator[str]:
    yield f"http://127.0.0.1:{free_port()}"


@contextmanager
def black_hole() -> Iterator[str]:
    with socket.socket() as deaf:
        deaf.bind(("127.0.0.1", 0))
        deaf.listen(50)
        yield f"http://127.0.0.1:{deaf.getsockname()[1]}"


@contextmanager
def answering(status: int, wait: float = 0) -> Iterator[str]:
    with server(status, wait) as (url, _seen):
        yield url


FAULTS: dict[str, Callable] = {
    "refused": refused,
    "black hole": black_hole,
    "slow": lambda: answering(200, wait=4),
    "too many requests": lambda: answering(429),
    "red": lambda: answering(503),
    "forbidden": lambda: answering(403),
    "no index": lambda: answering(404),
    "mapping conflict": lambda: answering(400),
}


def through_the_api(text: str, **parameters: str) -> dict:
    response = Client().get("/api/search", {"q": text, "size": "100", **parameters})
    assert response.status_code == 200
    return response.json()


@pytest.mark.parametrize("fault", FAULTS)
def test_readers_are_answered_from_the_database_and_wait_once(filled, fault):
    expected = through_the_api("assemblée")
    with FAULTS[fault]() as url, cluster_settings([url]):
        start = time.monotonic()
        assert through_the_api("assemblée") == expected
        assert time.monotonic() - start < HANG
        assert breaker.is_open
        assert breaker.reason


def test_while_it_is_left_alone_nothing_is_asked_of_it(filled):
    with server(503) as (url, seen), cluster_settings([url]):
        through_the_api("assemblée")
        asked = len(seen)
        assert asked > 0
        for text in ("vote", "conseil", ""):
            through_the_api(text)
        assert len(seen) == asked


def test_publishing_never_asks_the_cluster(filled):
    with server(503) as (url, seen), cluster_settings([url]):
        with transaction.atomic():
            fresh = load(records(5, seed=6))
            remove_pages(fresh[:2])
        assert seen == []
        assert outbox.waiting(KIND).count() == 5


def test_a_site_whose_cluster_fails_is_ready_and_says_that_it_is_degraded(filled):
    with FAULTS["refused"]() as url, cluster_settings([url]):
        response = Client().get("/readyz/")
        assert response.status_code == 200
        assert response.content.decode().splitlines() == ["ready", "degraded: search"]


def test_a_real_index_that_is_missing_a_part_or_is_of_another_kind_is_not_trusted(filled, node):
    expected = through_the_api("assemblée")
    nobody = {"index.routing.allocation.require._name": "nobody"}
    wrong = {"properties": {"title": {"type": "long"}}}
    for settings, mappings in ((nobody, MAPPINGS), ({}, wrong)):
        with cluster_settings(node.urls):
            client().options(request_timeout=30).indices.create(
                index=new_name(), settings=settings, mappings=mappings, aliases={alias(): {}},
                wait_for_active_shards="0",
            )  # fmt: skip
            assert through_the_api("assemblée") == expected
            assert breaker.is_open


def test_the_cluster_is_asked_again_by_itself_once_it_works(filled, node, monkeypatch):
    monkeypatch.setattr(breaker, "_every", 0.2)
    with cluster_settings(node.urls):
        through_the_api("assemblée")  # there is no index yet
        assert breaker.is_open
        build()
        wait_until(lambda: not breaker.is_open)
        assert through_the_api("assemblée") == through_the_api("assemblée", unknown="1")
        assert not breaker.is_open


def test_a_node_that_stops_answering_and_comes_back(filled, node, monkeypatch):
    monkeypatch.setattr(breaker, "_every", 0.2)
    with cluster_settings(node.urls):
        build()
        expected = through_the_api("assemblée")
        node.nodes[0].pause()
        try:
            start = time.monotonic()
            assert through_the_api("assemblée") == expected
            assert time.monotonic() - start < HANG
            assert breaker.is_open
            with transaction.atomic():
                gone = list(SearchDocument.objects.values_list("pk", flat=True))[:50]
                remove_pages(gone)
            while_away = through_the_api("")
        finally:
            node.nodes[0].resume()
        wait_until(lambda: not breaker.is_open)
        assert through_the_api("") == while_away
        assert while_away["total"] == COUNT - 50
        outbox.drain([KIND])
        assert through_the_api("") == while_away
        assert reconcile() == (0, 0, 0)


def test_a_thousand_changes_while_it_is_away_are_all_there_once_it_is_back(filled, node):
    with cluster_settings(node.urls) as name:
        build()
        with cluster_settings([f"http://127.0.0.1:{free_port()}"], index=name):
            with transaction.atomic():
                fresh = load(records(700, seed=8))
            with transaction.atomic():
                remove_pages(fresh[:300])
            outbox.drain([KIND])
            assert outbox.waiting(KIND).count() == 700
            assert outbox.waiting(KIND).filter(attempts__gt=0).count() == 0
        outbox.retry(outbox.waiting(KIND))
        outbox.drain([KIND])
        assert outbox.waiting(KIND).count() == 0
        assert reconcile() == (0, 0, 0)
        late, exact = (
            ask(engine, "", facet_names=FACETS) for engine in (ClusterEngine(), database_engine())
        )
        assert (late.total, late.facets) == (exact.total, exact.facets)


def wait_until(happened: Callable[[], bool], limit: float = 30) -> None:
    end = time.monotonic() + limit
    while not happened():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.05)
