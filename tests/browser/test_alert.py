"""A reader asks for an alert and confirms it, from the results to the mailbox, without a script."""

import email
import re
import time
from email.message import Message
from email.policy import default
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from resources.alert_views import AlertForm
from tests.browser.conftest import OpenPage
from tests.browser.visits import AXE, AXE_SCRIPT, OPTIONS, TOO_WIDE
from tests.live import LiveHub

PATIENCE = 30  # seconds: the worker has its turn every second


def mail_to(hub: LiveHub, address: str) -> Message:
    """The first message in the mailbox of this address."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        for path in Path(hub.data_dir / "mail").glob("*.log"):
            for text in path.read_text(encoding="utf-8").split("-" * 79):
                message = email.message_from_string(text.strip(), policy=default)
                if message["To"] == address and message.get_content().strip():
                    return message
        time.sleep(0.2)
    raise AssertionError(f"no message came for {address}")


def judged(page: Page) -> None:
    """Nothing wider than the window; with a script of its own, axe finds nothing."""
    assert page.evaluate(TOO_WIDE) == []
    page.evaluate(AXE_SCRIPT)
    assert page.evaluate(AXE, OPTIONS) == []


@pytest.mark.parametrize(("width", "script"), [(320, True), (1280, True), (375, False)])
def test_from_the_results_to_the_mailbox(
    open_page: OpenPage, live_hub: LiveHub, width: int, script: bool
) -> None:
    address = f"camille-{width}@coop.example"
    page = open_page("/ressources/?q=quorum&type=guide", width=width, java_script_enabled=script)
    assert page.context.cookies() == []
    page.get_by_role("link", name="M’avertir par mail").click()
    expect(page.locator(".lead")).to_contain_text("quorum · Guide")
    page.locator("[name=email]").fill(address)
    page.wait_for_timeout(AlertForm.shortest_filling * 1000 + 1100)
    page.get_by_role("button", name="Demander l’alerte").click()
    expect(page.locator("h1")).to_have_text("Regardez dans votre messagerie")
    body = mail_to(live_hub, address).get_content()
    link = re.search(rf"{re.escape(live_hub.url)}/alerte/confirmation/\S+", body)
    assert link is not None
    page.context.clear_cookies()
    page.goto(link[0])
    if script:
        judged(page)
    page.get_by_role("button", name="Je confirme").click()
    expect(page.locator("h1")).to_have_text("Votre alerte est active")
    if script:
        judged(page)
    assert page.context.cookies() == []
    page.get_by_role("link", name="Voir les résultats").click()
    assert page.url.endswith("/ressources/?q=quorum&type=guide")


def test_the_data_of_the_results_is_run_by_nobody_and_refused_by_nobody(
    open_page: OpenPage,
) -> None:
    page = open_page("/")
    messages: list[str] = []
    page.on("console", lambda message: messages.append(message.text))
    page.on("pageerror", lambda error: messages.append(str(error)))
    for path in ("/", "/ressources/?q=quorum", "/guides/", "/en/resources/?q=</script><b>"):
        page.goto(path)
        data = page.locator("script[type='application/ld+json']").inner_text()
        assert page.evaluate("text => JSON.parse(text)['@context']", data) == "https://schema.org"
    assert messages == []
