"""The browser and the served site. Nothing here may touch the database of this process: a thread
that drives a browser has no right to."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.addresses import open_suggestions
from tests.browser.combobox import BOXES
from tests.browser.engine import chromium, reader
from tests.live import LiveHub

OpenPage = Callable[..., Page]
HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A test of a real browser that fails is tried once more, and the run says how many were: what
    a busy machine paints late passes then, what is wrong fails twice. Nothing else is tried again.
    """
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.flaky(reruns=1))


@pytest.fixture(scope="module")
def browser(live_hub: LiveHub) -> Iterator[Browser]:
    """One browser for a module, closed with it so that other modules may use the database."""
    with chromium() as started:
        yield started


@pytest.fixture
def open_page(browser: Browser, live_hub: LiveHub) -> Iterator[OpenPage]:
    """``open_page("/path/", width=320, …)``: a new reader on that page; options as in `reader`."""
    with ExitStack() as readers:

        def opened(path: str, **options: Any) -> Page:
            page = readers.enter_context(reader(browser, live_hub.url, **options))
            page.goto(path)
            return page

        yield opened


@pytest.fixture
def suggesting(open_page: OpenPage) -> OpenPage:
    """``suggesting("text", "/path/", width=320, …)``: a page with suggestions under its search box."""

    def opened(text: str = "convoc", path: str = "/", **options: Any) -> Page:
        page = open_page(path, **options)
        open_suggestions(page, text, BOXES[path])
        return page

    return opened
