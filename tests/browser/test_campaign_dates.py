"""axe judges what a co-op meets before a campaign opens and after its end, in both languages, on a phone."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta

from playwright.sync_api import expect

from tests.browser.conftest import OpenPage
from tests.browser.test_answer_form import STORY, judged
from tests.browser.test_campaign_states import LANGUAGES, begun
from tests.campaign_child import invited
from tests.live import LiveHub

DATES = "opens_at = ?, closes_at = ?, evening_opens_at = ?"


@contextmanager
def dated(hub: LiveHub, opens: str, closes: str, evening: str | None = None) -> Iterator[None]:
    """The campaign with other dates; every test of this hub shares it, so they are put back."""
    campaign = "FROM reports_campaign WHERE slug = 'retours-ag-2026'"
    with closing(sqlite3.connect(hub.data_dir / "hub.sqlite3", timeout=20)) as database:
        query = f"SELECT opens_at, closes_at, evening_opens_at {campaign}"
        before = database.execute(query).fetchone()
        change = f"UPDATE reports_campaign SET {DATES} WHERE slug = 'retours-ag-2026'"
        with database:
            database.execute(change, [opens, closes, evening])
        try:
            yield
        finally:
            with database:
                database.execute(change, before)


@LANGUAGES
def test_before_the_opening_and_after_the_end(
    open_page: OpenPage, live_hub: LiveHub, prefix: str
) -> None:
    link = prefix + invited(live_hub.data_dir, f"Les Toits des dates{prefix}")
    page = begun(open_page, link, "recit")
    section, door = page.url, re.sub("reponse/.*", "", page.url)
    with dated(live_hub, "2099-09-01 07:00:00", "2099-12-01 07:00:00", "2020-03-01 07:00:00"):
        page.goto(door)
        judged(page, script=True)
        page.locator("main a[href$='/dix-minutes/']").click()
        page.locator("#q-conseil_a_un_pair").fill("Un bal.")
        page.locator("form.answer__form button").click()
        page.wait_for_url("**/dix-minutes/?fait=1")
        judged(page, script=True)
        page.goto(section)
        expect(page).to_have_url(re.compile("/relecture/$"))
        judged(page, script=True)
    page.goto(section)
    yesterday = datetime.now(UTC) - timedelta(days=1)
    with dated(live_hub, "2020-03-01 07:00:00", f"{yesterday:%Y-%m-%d %H:%M:%S}"):
        page.locator(STORY).evaluate("field => field.form.submit()")
        page.wait_for_load_state()
        expect(page.locator("h1")).to_have_text(
            re.compile("plus être modifiée|no longer be changed")
        )
        judged(page, script=True)
