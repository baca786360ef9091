"""Tries to make a page that saves by itself lose a sign."""

import re

from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import OpenPage
from tests.browser.test_answer_form import STORY, stored, unavailable
from tests.campaign_child import invited
from tests.live import LiveHub

ADVICE = "#q-conseil_a_un_pair"
SAVED = re.compile(r"^Enregistré à \d\d:\d\d$")
PATIENCE = 30_000  # milliseconds: the page waits 2 s, 5 s, 15 s between its attempts
# Word quotes, dashes and spaces, emoji of several parts, Arabic, a line turned about, markup.
ODD = "« L’AG » – “oui” … 👩‍👩‍👧 🇫🇷 \u202eabc\u202c مرحبا <b>&amp;</b> é\u0301\n\tfin"


def story_page(open_page: OpenPage, link: str) -> Page:
    page = open_page(link, width=375)
    page.locator("main form button").first.click()
    page.goto(re.sub("reponse/.*", "reponse/recit/", page.url))
    return page


def test_what_word_and_phones_write_comes_back_sign_by_sign(
    open_page: OpenPage, live_hub: LiveHub
) -> None:
    coop = "Les Toits des signes"
    page = story_page(open_page, invited(live_hub.data_dir, coop))
    page.locator(STORY).fill(ODD)
    expect(page.locator("[data-saved]")).to_have_text(SAVED)
    page.reload()
    expect(page.locator(STORY)).to_have_value(ODD)
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        page.locator(STORY).fill("a\0b")  # a sign that no text holds: the rest stays
    page.wait_for_function("localStorage.length === 0")
    page.reload()
    expect(page.locator(STORY)).to_have_value("ab")


def test_a_text_too_long_is_kept_whole_and_said_beside_its_field(
    open_page: OpenPage, live_hub: LiveHub
) -> None:
    page = story_page(open_page, invited(live_hub.data_dir, "Les Toits bavards"))
    long = "Nous avons parlé. " * 1111 + "fin"
    page.locator(STORY).fill(long)
    counted = page.locator(f"{STORY}-count")
    expect(counted).to_have_text(re.compile(r"^18.801 signes en trop$"))
    expect(page.locator("[data-saved]")).to_have_text(SAVED)
    page.reload()
    expect(page.locator(STORY)).to_have_value(long)
    page.get_by_role("button", name="Continuer").click()
    expect(page.locator(".notice--error")).to_be_focused()
    expect(page.locator(f"{STORY}-error")).to_contain_text("trop long de 18801 signes")
    expect(page.locator(STORY)).to_have_value(long)
    page.locator(STORY).fill("🙂" * 1200)  # as many signs as the hub counts
    expect(counted).to_have_text("Encore 0 signes")
    page.get_by_role("button", name="Continuer").click()
    page.wait_for_url("**/reponse/outils/")


def test_an_error_of_the_hub_while_typing_loses_nothing(
    open_page: OpenPage, live_hub: LiveHub
) -> None:
    coop = "Les Toits en panne"
    page = story_page(open_page, invited(live_hub.data_dir, coop))
    asked = []

    def fails_twice(route: Route) -> None:
        if route.request.method == "POST":
            asked.append(route.request)
            if len(asked) <= 2:
                route.fulfill(status=500, body="<h1>Oups</h1>")
                return
        route.continue_()

    page.route("**/reponse/**", fails_twice)
    page.locator(STORY).press_sequentially("Un pot, une visite,", delay=30)
    expect(page.locator("[data-saved]")).to_contain_text("Pas de connexion")
    page.locator(STORY).press_sequentially(" un bal.", delay=30)
    expect(page.locator("[data-saved]")).to_have_text(SAVED, timeout=PATIENCE)
    assert stored(live_hub, coop)[1]["ce_qui_a_marche"] == "Un pot, une visite, un bal."
    assert page.locator("[data-saved]").get_attribute("role") == "status"


def test_two_tabs_without_a_connection_keep_both_texts(
    open_page: OpenPage, live_hub: LiveHub
) -> None:
    coop = "Les Toits à deux onglets"
    first = story_page(open_page, invited(live_hub.data_dir, coop))
    second = first.context.new_page()
    second.goto(first.url)
    address = first.url
    first.context.route("**/reponse/**", unavailable)
    for tab, field, words in ((first, STORY, "Le pot."), (second, ADVICE, "Tôt.")):
        tab.locator(field).fill(words)
        expect(tab.locator("[data-saved]")).to_contain_text("Pas de connexion")
        tab.on("dialog", lambda dialog: dialog.accept())
    for tab in (first, second):
        tab.goto("about:blank")
    first.context.unroute("**/reponse/**")
    first.goto(address)
    expect(first.locator("[data-saved]")).to_have_text(SAVED)
    first.wait_for_function("localStorage.length === 0")
    values = stored(live_hub, coop)[1]
    assert (values["ce_qui_a_marche"], values["conseil_a_un_pair"]) == ("Le pot.", "Tôt.")
