"""A page of another site, in a real browser: it reads the API and nothing else."""

import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.engine import reader
from tests.live import LiveHub

READ = """async ([address, options]) => {
  try {
    const answer = await fetch(address, options);
    return [answer.status, (await answer.text()).length > 0];
  } catch (error) { return ["refused", false]; }
}"""


class Silent(SimpleHTTPRequestHandler):
    def log_message(self, *_arguments: object) -> None:
        """Nothing: the tests say what matters."""


@pytest.fixture
def elsewhere(tmp_path: Path, browser: Browser) -> Iterator[Page]:
    """A page that stands on another origin."""
    (tmp_path / "index.html").write_text("<!doctype html><title>Autre site</title>")
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Silent, directory=str(tmp_path)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with reader(browser, f"http://127.0.0.1:{server.server_port}") as page:
        page.goto("/")
        yield page
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("path", ["/api/search?q=quorum", "/en/api/search", "/api/search?page=0"])
def test_the_api_is_read(elsewhere: Page, live_hub: LiveHub, path: str) -> None:
    status, whole = elsewhere.evaluate(READ, [live_hub.url + path, {}])
    assert status in (200, 400)
    assert whole


@pytest.mark.parametrize(
    ("path", "options"),
    [
        ("/", {}),
        ("/ressources/?q=quorum", {}),
        ("/flux.atom", {}),
        ("/admin/login/", {}),
        ("/api/search", {"credentials": "include"}),
        ("/api/search", {"method": "DELETE"}),
        ("/api/search", {"headers": {"X-Own": "1"}}),
    ],
)
def test_nothing_else_is(elsewhere: Page, live_hub: LiveHub, path: str, options: dict) -> None:
    assert elsewhere.evaluate(READ, [live_hub.url + path, options]) == ["refused", False]
