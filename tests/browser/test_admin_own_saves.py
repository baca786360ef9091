"""Pages that save themselves while one types, in a real browser: nobody is told of oneself, and a
save that was refused stays refused until its person asks for it again."""

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing

import pytest
from playwright.sync_api import Page, Response

from tests.live import LiveHub

SAVE = "footer button[type=submit] >> nth=0"
SETTLED = 3_000  # milliseconds before the form looks for what is typed
LONG_ENOUGH = 4_000  # milliseconds, for a save by itself: half a second after the last key
TOLD = "version plus récente"
SLOWLY = """() => {
  const real = window.fetch;
  window.fetch = async (...asked) => {
    const answer = await real(...asked);
    await new Promise((done) => setTimeout(done, 2000));
    return answer;
  };
}"""


@pytest.fixture
def ask(live_hub: LiveHub) -> Callable[..., list[tuple[object, ...]]]:
    def asked(query: str, *values: object) -> list[tuple[object, ...]]:
        with closing(sqlite3.connect(live_hub.data_dir / "hub.sqlite3", timeout=30)) as database:
            rows = database.execute(query, values).fetchall()
            database.commit()
            return rows

    return asked


@pytest.fixture
def practice(ask) -> str:
    [(pk,)] = ask("SELECT resourcepage_ptr_id FROM resources_practicepage ORDER BY 1 DESC LIMIT 1")
    return str(pk)


@pytest.fixture
def latest(ask, practice) -> Callable[[], str]:
    """The title in the last version of the page."""
    query = "SELECT content FROM wagtailcore_revision WHERE object_id = ? ORDER BY id DESC LIMIT 1"
    return lambda: json.loads(ask(query, practice)[0][0])["title"]


@pytest.fixture
def opened(open_page, ask, live_hub: LiveHub, practice) -> Callable[[], Page]:
    """The form of the page, in the browser of an editor who has just come in."""

    def signed_in() -> Page:
        ask("DELETE FROM axes_accessattempt")
        page = open_page("/admin/login/")
        page.fill("#id_username", live_hub.admin_name)
        page.fill("#id_password", live_hub.admin_password)
        page.click("button[type=submit]")
        page.wait_for_url("**/admin/")
        page.goto(f"/admin/pages/{practice}/edit/", wait_until="networkidle")
        return page

    return signed_in


def by_itself(response: Response) -> bool:
    asked = response.request
    return asked.method == "POST" and "json" in asked.headers.get("accept", "")


def write(page: Page, title: str) -> None:
    page.wait_for_timeout(SETTLED)
    page.fill("#id_title", title)
    page.keyboard.press("Tab")


def save(page: Page) -> None:
    with page.expect_navigation():
        page.click(SAVE)


def test_who_is_alone_is_not_told_of_the_saves_that_the_page_made_by_itself(opened, latest):
    page = opened()
    with page.expect_response(by_itself):
        write(page, "Ce que j’ai écrit")
    page.wait_for_timeout(500)
    save(page)
    assert TOLD not in page.inner_text("body")
    assert latest() == "Ce que j’ai écrit"


def test_a_save_by_hand_waits_for_the_one_under_way(opened, latest):
    page = opened()
    page.evaluate(SLOWLY)
    with page.expect_response(by_itself):
        write(page, "En même temps")
    save(page)
    assert TOLD not in page.inner_text("body")
    assert latest() == "En même temps"


def test_nothing_is_saved_by_itself_after_a_refusal(opened, latest):
    first, second = opened(), opened()
    write(first, "La première")
    save(first)
    write(second, "La seconde")
    save(second)
    assert TOLD in second.inner_text("body")
    second.wait_for_timeout(LONG_ENOUGH)
    assert latest() == "La première"
    save(second)
    assert TOLD not in second.inner_text("body")
    assert latest() == "La seconde"
