"""A real browser tells that a search was seen and that a result was opened; without script, nothing."""

import sqlite3
import time
from contextlib import closing

from tests.browser.conftest import OpenPage
from tests.live import LiveHub

PATIENCE = 10  # seconds

# The site is shared with the other browser tests: each query below is typed by one test only.


def counted(hub: LiveHub, query: str) -> list[tuple[int, int, int]]:
    """What the site counted of a query: searches, without result, clicks."""
    with closing(sqlite3.connect(f"file:{hub.data_dir}/hub.sqlite3?mode=ro", uri=True)) as database:
        rows = database.execute(
            "SELECT searches, without_result, clicks FROM search_searchcount WHERE query = ?",
            [query],
        )
        return rows.fetchall()


def wait_for(hub: LiveHub, query: str, expected: list[tuple[int, int, int]]) -> None:
    end = time.monotonic() + PATIENCE
    while counted(hub, query) != expected and time.monotonic() < end:
        time.sleep(0.1)
    assert counted(hub, query) == expected


def test_a_search_and_a_click_on_a_result_are_counted(open_page: OpenPage, live_hub: LiveHub):
    page = open_page("/ressources/?q=convocation+envoyee")
    wait_for(live_hub, "convocation envoyee", [(1, 0, 0)])
    page.locator(".card a").first.click()
    page.wait_for_load_state()
    assert "/ressources/" not in page.url
    wait_for(live_hub, "convocation envoyee", [(1, 0, 1)])
    assert page.context.cookies() == []


def test_going_through_the_results_is_one_search_and_one_click(
    open_page: OpenPage, live_hub: LiveHub
):
    page = open_page("/ressources/?q=assemblee+vivante")
    wait_for(live_hub, "assemblee vivante", [(1, 0, 0)])
    page.goto("/ressources/?q=assemblee+vivante&page=2")
    for _time in range(2):
        with page.context.expect_page() as opened:
            page.locator(".card a").first.click(modifiers=["Control"])
        opened.value.close()
    wait_for(live_hub, "assemblee vivante", [(1, 0, 1)])


def test_a_search_without_result_is_counted_as_such(open_page: OpenPage, live_hub: LiveHub):
    open_page("/ressources/?q=xylophoniste")
    wait_for(live_hub, "xylophoniste", [(1, 1, 0)])


def test_without_script_nothing_is_counted_and_the_search_works(
    open_page: OpenPage, live_hub: LiveHub
):
    page = open_page("/ressources/?q=procuration+ecrite", java_script_enabled=False)
    assert page.locator(".card").count()
    page.locator(".card a").first.click()
    page.wait_for_load_state()
    time.sleep(1)
    assert counted(live_hub, "procuration ecrite") == []


def test_the_script_is_small(live_hub: LiveHub):
    (script,) = (live_hub.data_dir / "static" / "core" / "js").glob("search-count.js")
    assert script.stat().st_size <= 1024
