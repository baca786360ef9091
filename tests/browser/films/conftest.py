"""A hub with films of its own, and readers whose other sites answer from here."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Request, Route

from tests.browser.engine import chromium, reader
from tests.browser.films.places import HOST
from tests.live import LiveHub, served
from tests.prepared import manage

PLAYER = "<!doctype html><title>Lecteur</title><p>Le lecteur de l’autre site."


@pytest.fixture(scope="session")
def film_hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveHub]:
    """A hub with films of its own, served."""
    allowed = {"HUB_PEERTUBE_HOSTS": HOST}
    with served(tmp_path_factory.mktemp("films"), **allowed) as hub:
        script = "from tests.browser.films.pages import make; make()"
        settings = allowed | {"HUB_BASE_URL": hub.url, "DJANGO_SETTINGS_MODULE": "hub.settings.dev"}
        manage(hub.data_dir, "shell", "--no-imports", "-c", script, **settings)
        yield hub


@pytest.fixture(scope="module")
def browser(film_hub: LiveHub) -> Iterator[Browser]:
    with chromium() as started:
        yield started


@dataclass
class Watching:
    """A reader's page, what it asked of this site, and what it asked of others."""

    page: Page
    own: list[Request] = field(default_factory=list)
    others: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    @property
    def hosts(self) -> set[str]:
        return {urlsplit(address).netloc for address in self.others}

    def film(self, question: str) -> float:
        return float(self.page.evaluate(f"document.querySelector('video').{question}"))

    def wait_for(self, condition: str) -> None:
        """Asked again and again from here: the content policy lets no page evaluate a text."""
        for _ in range(150):
            if self.page.evaluate(f"(video => {condition})(document.querySelector('video'))"):
                return
            self.page.wait_for_timeout(100)
        raise AssertionError(f"this never came: {condition}")


@pytest.fixture
def watch(browser: Browser, film_hub: LiveHub) -> Iterator[Callable[..., Watching]]:
    """``watch("/videos/…/")``: the page, with players of other sites that answer from here."""
    with ExitStack() as readers:

        def opened(path: str, width: int = 1280, **options: object) -> Watching:
            page = readers.enter_context(reader(browser, film_hub.url, width=width, **options))
            watching = Watching(page)
            own = urlsplit(film_hub.url).netloc

            def answer(route: Route) -> None:
                watching.others.append(route.request.url)
                route.fulfill(body=PLAYER, content_type="text/html; charset=utf-8")

            page.route(lambda url: urlsplit(url).netloc not in (own, ""), answer)
            page.on("request", lambda request: watching.own.append(request))
            page.on("console", lambda said: watching.complaints.append(said.text))
            page.on("pageerror", lambda error: watching.complaints.append(str(error)))
            page.goto(path, wait_until="networkidle")
            return watching

        yield opened
