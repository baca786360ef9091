"""The glossary in front of a room: large, by keyboard or finger, without network once it is open."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage

ROOM = "/glossaire/salle/"
SOME = f"{ROOM}?t=quorum&t=pouvoir&t=age&t=nulle-part"
LEAST_CONTRAST = 7.0
# Of the height of a screen: letters of a title and of a text that are read from the last row.
TITLE, TEXT = 0.06, 0.04


def shown(page: Page) -> str:
    return page.locator(".room__term[data-shown] h2").inner_text()


def test_the_keyboard_goes_through_every_term_without_network(open_page: OpenPage) -> None:
    page = open_page(ROOM)
    titles = page.locator(".room__name").all_inner_texts()
    page.get_by_role("button", name="Commencer").press("Enter")
    page.context.set_offline(True)
    seen = []
    for _term in titles:
        seen.append(shown(page))
        page.keyboard.press("ArrowRight")
    assert seen == titles
    assert len(seen) > 48
    assert page.locator(".room__term:visible").count() == 1
    page.keyboard.press("Home")
    page.keyboard.press(" ")
    assert shown(page) == titles[1]
    page.keyboard.press("End")
    page.keyboard.press("ArrowLeft")
    assert shown(page) == titles[-2]
    page.keyboard.type("quor")
    expect(page.locator("[data-shown] h2")).to_have_text("Quorum")
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowRight")
    assert shown(page) == titles[titles.index("Quorum") + 1]
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Commencer")).to_be_focused()


def test_a_subset_has_an_address_and_says_where_it_is(open_page: OpenPage) -> None:
    page = open_page(f"{SOME}#pouvoir")
    assert shown(page) == "Pouvoir (procuration)"
    expect(page.locator("[data-room-place]")).to_have_text("2 sur 3")
    page.get_by_role("button", name="Suivant").click()
    expect(page.locator("[data-room-place]")).to_have_text("3 sur 3")
    page.reload()
    assert "AGE" in shown(page)
    page.locator("[data-room-find]").fill("zzz")
    expect(page.locator("[data-room-place]")).to_have_text("Aucun mot ne correspond.")


@pytest.mark.parametrize(("width", "height"), [(1280, 720), (1920, 1080)])
def test_letters_are_large_and_clear(open_page: OpenPage, width: int, height: int) -> None:
    page = open_page(f"{ROOM}#impartageabilite-des-reserves", width=width)
    page.set_viewport_size({"width": width, "height": height})
    for name, least in (("h2", TITLE), ("p", TEXT)):
        size, ink = page.locator(f"[data-shown] {name}").evaluate(
            "e => [parseFloat(getComputedStyle(e).fontSize), getComputedStyle(e).color]"
        )
        assert size >= least * height
        assert contrast(
            ink, page.locator(".room").evaluate("e => getComputedStyle(e).backgroundColor")
        )
    box = page.locator("[data-shown] p").bounding_box()
    assert box is not None
    assert box["x"] + box["width"] <= width


def contrast(one: str, other: str) -> bool:
    lights = sorted(luminance(colour) for colour in (one, other))
    return (lights[1] + 0.05) / (lights[0] + 0.05) >= LEAST_CONTRAST


def luminance(colour: str) -> float:
    parts = [int(part) / 255 for part in re.findall(r"\d+", colour)[:3]]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_a_finger_turns_the_page_and_buttons_are_large(open_page: OpenPage) -> None:
    page = open_page(f"{SOME}#quorum", width=375, has_touch=True)
    page.evaluate(
        """() => {
          const target = document.querySelector("[data-shown]");
          const at = (x) => new Touch({identifier: 1, target, clientX: x, clientY: 300});
          const send = (name, x) =>
            target.dispatchEvent(new TouchEvent(name, {changedTouches: [at(x)], bubbles: true}));
          send("touchstart", 300); send("touchend", 100);
        }"""
    )
    expect(page.locator("[data-room-place]")).to_have_text("2 sur 3")
    for button in page.locator(".room__bar button").all():
        box = button.bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= 44


def test_without_script_it_is_a_list_that_can_be_read(open_page: OpenPage) -> None:
    page = open_page(ROOM, java_script_enabled=False)
    assert page.locator(".room__term:visible").count() > 48
    expect(page.get_by_role("button", name="Commencer")).to_have_count(0)
    expect(page.locator(".room__bar")).to_be_hidden()


def test_a_page_leads_to_its_own_words(open_page: OpenPage) -> None:
    page = open_page("/glossaire/pouvoir/")
    page.get_by_role("link", name="Montrer les mots de cette page").click()
    page.wait_for_url("**/glossaire/salle/?t=*")
    assert 0 < page.locator(".room__term").count() < 20
    page = open_page(f"/en{ROOM}")
    expect(page.get_by_role("button", name="Begin")).to_be_visible()
