"""What a co-op sees and does about its data, on a phone, with the keyboard alone."""

import sqlite3
from contextlib import closing

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, Page, expect

from tests.browser.engine import reader
from tests.browser.visits import AXE, OPTIONS, TOO_WIDE
from tests.campaign_child import invited
from tests.live import LiveHub


def judged(page: Page, script: bool) -> None:
    """Nothing wider than the window; axe, which is a script, finds nothing."""
    assert page.evaluate(TOO_WIDE) == []
    if not script:
        return
    page.evaluate(AXE_SCRIPT)
    assert page.evaluate(AXE, OPTIONS) == []


def addresses(hub: LiveHub, coop: str) -> int:
    with closing(sqlite3.connect(hub.data_dir / "hub.sqlite3")) as database:
        query = (
            "SELECT count(*) FROM reports_contact c JOIN reports_participant p ON"
            " p.id = c.participant_id JOIN resources_organisation o ON o.id = p.organisation_id"
            " WHERE o.name = ?"
        )
        return int(database.execute(query, [coop]).fetchone()[0])


@pytest.mark.parametrize("script", [False, True])
def test_a_co_op_takes_its_data_and_erases_it(
    browser: Browser, live_hub: LiveHub, script: bool
) -> None:
    coop = f"Coop effacée {'avec' if script else 'sans'} script"
    link = invited(live_hub.data_dir, coop)
    with reader(browser, live_hub.url, width=320, java_script_enabled=script) as page:
        page.goto(link)
        page.goto(f"{page.url.rstrip('/')}/reponse/mes-donnees/")
        judged(page, script)
        with page.expect_download() as download:
            page.locator("form[action$='/copie/'] button").press("Enter")
        assert download.value.suggested_filename.endswith("-donnees.zip")
        page.locator("a[href$='/effacer/']").press("Enter")
        page.wait_for_url("**/effacer/")
        judged(page, script)
        page.locator("main form button").press("Enter")  # not ticked: nothing goes
        expect(page.locator("[role=alert]")).to_be_visible()
        judged(page, script)
        assert addresses(live_hub, coop)
        page.locator("#id_sure").press("Space")
        page.locator("main form button").press("Enter")
        page.wait_for_url("**/donnees/effacees/")
        judged(page, script)
    assert addresses(live_hub, coop) == 0
