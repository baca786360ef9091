"""A date typed in the admin, in a real browser: the calendar leaves it as it is typed."""

import sqlite3
from contextlib import closing

import pytest
from playwright.sync_api import Page

from tests.live import LiveHub

ADD = "/admin/snippets/search/promotedanswer/add/"


@pytest.fixture
def form(open_page, live_hub: LiveHub) -> Page:
    # Another test of this site shows what too many failed attempts lead to.
    with closing(sqlite3.connect(live_hub.data_dir / "hub.sqlite3", timeout=30)) as database:
        database.execute("DELETE FROM axes_accessattempt")
        database.commit()
    page = open_page("/admin/login/")
    page.fill("#id_username", live_hub.admin_name)
    page.fill("#id_password", live_hub.admin_password)
    page.click("button[type=submit]")
    page.wait_for_url("**/admin/")
    page.goto(ADD)
    return page


@pytest.mark.parametrize("typed", ["31/12/2026", "15/01/2027", "31/02/2027", "pas une date"])
def test_what_is_typed_stays(form: Page, typed: str) -> None:
    form.click("#id_ends_on")
    form.keyboard.type(typed)
    form.keyboard.press("Tab")
    assert form.input_value("#id_ends_on") == typed


def test_the_calendar_writes_the_day_first(form: Page) -> None:
    form.click("#id_starts_on")
    form.keyboard.type("15/01/2027")
    form.keyboard.press("Tab")
    form.click("#id_starts_on")
    form.locator(".xdsoft_datetimepicker:visible td[data-date='20'][data-month='0']").click()
    assert form.input_value("#id_starts_on") == "20/01/2027"


def test_what_is_no_date_is_refused(form: Page) -> None:
    form.fill("#id_queries", "salle")
    form.click("#id_ends_on")
    form.keyboard.type("pas une date")
    form.keyboard.press("Tab")
    with form.expect_navigation():
        form.eval_on_selector("#w-editor-form", "form => form.requestSubmit()")
    assert form.input_value("#id_ends_on") == "pas une date"
    assert "date valide" in form.inner_text("main")
