"""How the site reaches its cluster: https and its authority, an API key, several nodes."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.db import transaction

from hub.core import outbox
from search.engines import database_engine, engine_named
from search.engines.base import UnavailableError
from search.engines.elasticsearch import breaker
from search.engines.elasticsearch.building import build
from search.engines.elasticsearch.cluster import client, reaching
from search.engines.elasticsearch.engine import KIND, ClusterEngine
from tests.engines.cluster import cluster_settings
from tests.engines.recording import ask
from tests.live import free_port
from tests.search.loading import documents, load
from tests.services import elasticsearch


@pytest.fixture
def filled(stand):
    with stand("sqlite"):
        yield


def fill_and_compare():
    with transaction.atomic():
        load(documents())
    build()
    outbox.drain([KIND])
    found, exact = ask(ClusterEngine(), "assemblée"), ask(database_engine(), "assemblée")
    assert (found.total, found.facets) == (exact.total, exact.facets)


def test_a_node_behind_https_is_trusted_by_its_authority_and_only_by_it(filled):
    with elasticsearch.running(secure=True) as nodes:
        with cluster_settings(nodes.urls, ca_file=nodes.authority):
            fill_and_compare()
        with cluster_settings(nodes.urls), pytest.raises(UnavailableError, match="Tls"):
            ClusterEngine().health()


def test_the_api_key_goes_with_every_request(filled):
    seen = []

    class Answer(BaseHTTPRequestHandler):
        def do_POST(self):
            seen.append(self.headers.get("Authorization"))
            self.send_response(401)
            self.send_header("X-Elastic-Product", "Elasticsearch")
            self.send_header("Content-Length", "0")
            self.end_headers()

        do_GET = do_HEAD = do_POST

        def log_message(self, *args):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Answer) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        url = f"http://127.0.0.1:{server.server_address[1]}"
        with cluster_settings([url], api_key="a2V5"), pytest.raises(UnavailableError, match="401"):
            ClusterEngine().health()
        server.shutdown()
    assert seen == ["ApiKey a2V5"]


def test_a_node_that_refuses_is_left_for_the_next_one_at_once(filled, node):
    urls = [f"http://127.0.0.1:{free_port()}", *node.urls]
    with cluster_settings(urls):
        fill_and_compare()
        for _time in range(6):
            assert ask(engine_named(), "assemblée").total > 0
        assert not breaker.is_open


def test_every_trouble_has_one_name(filled):
    nowhere = cluster_settings([f"http://127.0.0.1:{free_port()}"])
    with nowhere, pytest.raises(UnavailableError, match="ConnectionError"), reaching():
        client().cluster.health()
