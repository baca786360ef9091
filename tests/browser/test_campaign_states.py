"""axe judges what a co-op meets when something is not as usual, in both languages, on a phone."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.test_answer_form import STORY, judged
from tests.campaign_child import invited
from tests.live import LiveHub

LANGUAGES = pytest.mark.parametrize("prefix", ["", "/en"])


def begun(open_page: OpenPage, link: str, section: str, **options: bool) -> Page:
    page = open_page(link, width=375, **options)
    page.locator("main form button").first.click()
    page.goto(re.sub("reponse/.*", f"reponse/{section}/", page.url))
    return page


@LANGUAGES
def test_two_texts_and_what_cannot_be_read(
    open_page: OpenPage, live_hub: LiveHub, prefix: str
) -> None:
    link = prefix + invited(live_hub.data_dir, f"Les Toits des états{prefix}")
    late = begun(open_page, link, "recit")
    first = open_page(link, width=375)
    first.goto(late.url)
    first.locator(STORY).fill("Le pot.")
    first.locator("button[name=on]").click()
    first.wait_for_url("**/reponse/outils/")
    late.locator(STORY).fill("La visite.")
    late.locator("button[name=on]").click()
    expect(late.locator(".two-texts")).to_be_visible()
    judged(late, script=True)
    late.goto(re.sub("recit", "horaire", late.url))
    late.locator("#q-duree-h").fill("longtemps")
    late.locator("button[name=on]").click()
    expect(late.locator(".notice--error")).to_be_focused()
    judged(late, script=True)
    late.goto(re.sub("reponse/.*", "relecture/", late.url))
    expect(late.locator("#to-settle")).to_be_visible()
    judged(late, script=True)
