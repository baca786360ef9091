"""The whole questionnaire in a browser the size of a phone, with the keyboard alone."""

import re
import sqlite3
import sys
from contextlib import closing

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.answer_typist import Typist
from tests.browser.conftest import OpenPage
from tests.browser.engine import reader
from tests.browser.visits import AXE, OPTIONS, TOO_WIDE
from tests.campaign_child import invited
from tests.live import LiveHub

MOST_MINUTES = 15
STORY = "#q-ce_qui_a_marche"


def judged(page: Page) -> None:
    """Nothing wider than the window; axe finds nothing."""
    assert page.evaluate(TOO_WIDE) == []
    page.evaluate(AXE_SCRIPT)
    assert page.evaluate(AXE, OPTIONS) == []


def stored(hub: LiveHub, coop: str) -> tuple[str, str]:
    with closing(sqlite3.connect(hub.data_dir / "hub.sqlite3")) as database:
        query = (
            'SELECT a.state, a."values" FROM reports_answer a JOIN resources_organisation o'
            " ON o.id = a.organisation_id WHERE o.name = ?"
        )
        return database.execute(query, [coop]).fetchone()


def begun(page: Page, link: str) -> None:
    page.goto(link)
    judged(page)
    page.locator("main form button").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/reponse/**")


@pytest.mark.parametrize("script", [False, True])
def test_the_whole_questionnaire_with_the_keyboard_resumed_elsewhere_and_sent(
    browser: Browser, live_hub: LiveHub, script: bool
) -> None:
    coop = f"Les Toits {'avec' if script else 'sans'} script"
    link = invited(live_hub.data_dir, coop)
    options = {"width": 375, "java_script_enabled": script}
    told = Typist()
    for stop_after in (7, 30):
        with reader(browser, live_hub.url, **options) as page:
            begun(page, link)
            told.page = page
            for _number in range(stop_after):
                if "/reponse/" not in page.url:
                    break
                judged(page)
                told.section()
                before = page.url
                page.keyboard.press("Enter")
                page.wait_for_url(lambda url, before=before: url != before)
            if "/reponse/" in page.url:
                continue  # stopped in the middle; another device takes over
            judged(page)
            assert page.locator("#to-settle").count() == 0
            page.locator("main form button").focus()
            page.keyboard.press("Enter")
            page.wait_for_url("**/envoi/")
            judged(page)
            page.goto(page.url.replace("/envoi/", "/recu/"))
            judged(page)
    state, values = stored(live_hub, coop)
    assert state == "received"
    assert "les gens sont restés parler" in values
    sys.stdout.write(f"\n{told.words}\n")
    assert told.minutes <= MOST_MINUTES


def test_what_is_typed_is_saved_without_any_button(open_page: OpenPage, live_hub: LiveHub) -> None:
    link = invited(live_hub.data_dir, "Les Toits du script")
    page = open_page(link, width=375)
    page.locator("main form button").first.click()
    page.goto(re.sub("reponse/.*", "reponse/recit/", page.url))
    page.locator(STORY).fill("Le pot du soir.")
    expect(page.locator("[data-saved]")).to_have_text(re.compile(r"^Enregistré à \d\d:\d\d$"))
    expect(page.locator(f"{STORY}-count")).to_have_text(re.compile("^Encore 1.185 signes$"))
    other = open_page(link, width=375)
    other.goto(page.url)
    expect(other.locator(STORY)).to_have_value("Le pot du soir.")


def test_a_question_appears_as_soon_as_it_is_called_for(
    open_page: OpenPage, live_hub: LiveHub
) -> None:
    page = open_page(invited(live_hub.data_dir, "Les Toits qui changent"), width=375)
    page.locator("main form button").first.click()
    page.goto(re.sub("reponse/.*", "reponse/horaire/", page.url))
    expect(page.locator("#q-horaire_raison")).to_be_hidden()
    page.locator("label[for=q-horaire_change]").click()
    expect(page.locator("#q-horaire_raison")).to_be_visible()
    page.locator("#q-horaire_raison").fill("Trop tard le soir.")
    page.get_by_role("button", name="Continuer").click()
    page.wait_for_url("**/reponse/lieu/")


def test_without_a_connection_words_are_kept_here_and_sent_once_later(
    open_page: OpenPage, live_hub: LiveHub
) -> None:
    coop = "Les Toits hors ligne"
    page = open_page(invited(live_hub.data_dir, coop), width=375)
    page.locator("main form button").first.click()
    page.goto(re.sub("reponse/.*", "reponse/recit/", page.url))
    page.context.set_offline(True)
    page.locator(STORY).fill("Écrit dans le train.")
    expect(page.locator("[data-saved]")).to_contain_text("Pas de connexion")
    page.get_by_role("button", name="Continuer").click()
    expect(page.locator(STORY)).to_have_value("Écrit dans le train.")
    page.context.set_offline(False)
    expect(page.locator("[data-saved]")).to_contain_text("Enregistré à")
    assert "Écrit dans le train." in stored(live_hub, coop)[1]
    assert page.evaluate("localStorage.length") == 0


def unavailable(route: Route) -> None:
    """The hub shows pages and takes nothing."""
    if route.request.method == "POST":
        route.fulfill(status=503)
    else:
        route.continue_()


def test_words_that_could_not_leave_come_back_with_the_page(
    open_page: OpenPage, live_hub: LiveHub
) -> None:
    coop = "Les Toits fermés trop tôt"
    page = open_page(invited(live_hub.data_dir, coop), width=375)
    page.locator("main form button").first.click()
    page.goto(re.sub("reponse/.*", "reponse/recit/", page.url))
    page.route("**/reponse/**", unavailable)
    page.locator(STORY).fill("Le serveur dormait.")
    expect(page.locator("[data-saved]")).to_contain_text("Pas de connexion")
    address = page.url
    page.on("dialog", lambda dialog: dialog.accept())  # the warning of a page that is not saved
    page.goto("about:blank")
    page.unroute("**/reponse/**")
    page.goto(address)
    expect(page.locator(STORY)).to_have_value("Le serveur dormait.")
    expect(page.locator("[data-saved]")).to_contain_text("Enregistré à")
    assert "Le serveur dormait." in stored(live_hub, coop)[1]
