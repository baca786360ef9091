"""Starts the browser, and opens readers' windows in it that forget everything when closed."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
WAIT = 15_000  # milliseconds: a busy machine is slow, a missing element never comes


@contextmanager
def chromium() -> Iterator[Browser]:
    """The system's Chromium, without a window, for the time of the block."""
    path = next((found for name in NAMES if (found := shutil.which(name))), None)
    if path is None:
        raise RuntimeError("Chromium is missing: run sh tests/install_chromium.sh")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def reader(browser: Browser, url: str, width: int = 1280, **options: Any) -> Iterator[Page]:
    """A new reader's page on the site at ``url``: no cookie, nothing cached, ``width`` px wide."""
    height = 740 if width < 700 else 900
    context = browser.new_context(
        base_url=url, viewport={"width": width, "height": height}, locale="fr-FR", **options
    )
    context.set_default_timeout(WAIT)
    try:
        yield context.new_page()
    finally:
        context.close()
