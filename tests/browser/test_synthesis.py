"""From the list of campaigns to a published synthesis, as an editor does; then as readers see it."""

import sqlite3
from contextlib import closing

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.visits import AXE, AXE_SCRIPT, OPTIONS, TOO_WIDE
from tests.live import LiveHub

# The site comes with the synthesis of 2025; nobody has written that of 2024.
ADDRESS = "/syntheses/synthese-retours-ag-2024-exemple/"


@pytest.fixture
def published(open_page: OpenPage, live_hub: LiveHub) -> str:
    """The synthesis of the season 2024, drafted and published in the administration, once."""
    page = open_page(ADDRESS)
    if page.locator("h1").inner_text().startswith("Synthèse"):
        return ADDRESS
    sign_in(page, live_hub)
    with closing(sqlite3.connect(live_hub.data_dir / "hub.sqlite3", timeout=30)) as database:
        query = "SELECT id FROM reports_campaign WHERE season = 2024"
        (campaign,) = database.execute(query).fetchone()
    page.goto(f"/admin/campagnes/{campaign}/synthese/")
    page.get_by_role("button", name="Rédiger la synthèse").click()
    expect(page.locator(".messages")).to_contain_text("La synthèse est rédigée", timeout=60_000)
    # The button waits in a menu that opens under the pointer; the keyboard reaches it as well.
    page.locator("button[name=action-publish]").dispatch_event("click")
    expect(page.locator(".messages")).to_contain_text("publi", timeout=60_000)
    page.context.clear_cookies()
    return ADDRESS


def sign_in(page: Page, hub: LiveHub) -> None:
    # Another test of this site shows what too many failed attempts lead to.
    with closing(sqlite3.connect(hub.data_dir / "hub.sqlite3", timeout=30)) as database:
        database.execute("DELETE FROM axes_accessattempt")
        database.commit()
    page.goto("/admin/login/")
    page.fill("#id_username", hub.admin_name)
    page.fill("#id_password", hub.admin_password)
    page.click("button[type=submit]")
    page.wait_for_url("**/admin/")


@pytest.mark.parametrize("width", [320, 375, 1280])
def test_axe_finds_nothing_and_nothing_is_too_wide(
    open_page: OpenPage, published: str, width: int
) -> None:
    page = open_page(published, width=width)
    assert page.evaluate(TOO_WIDE) == []
    page.evaluate(AXE_SCRIPT)
    assert page.evaluate(AXE, OPTIONS) == []


def test_each_sentence_leads_to_its_data_without_a_script(
    open_page: OpenPage, published: str
) -> None:
    page = open_page(published, width=375, java_script_enabled=False)
    link = page.locator(".synthesis-source").first
    target = link.get_attribute("href")
    assert target is not None
    link.click()
    expect(page.locator(target)).to_be_visible()
    expect(page.get_by_text("Licence Ouverte 2.0")).to_be_visible()
