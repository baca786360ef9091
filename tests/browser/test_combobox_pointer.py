"""The suggestions under the search boxes, by mouse and by touch, on any window."""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser.addresses import open_suggestions
from tests.browser.combobox import ASKED, BOXES, LINE, OPTION, typed, words
from tests.browser.conftest import OpenPage
from tests.browser.visits import AXE, AXE_SCRIPT, OPTIONS, SETTLED, TOO_WIDE, WATCH

TARGET = 44  # px


# -- Mouse and touch -------------------------------------------------------------------------------
def test_a_click_goes_there_and_keeps_the_focus_in_the_box(suggesting: OpenPage) -> None:
    page = suggesting()
    page.locator(".suggest__label").first.click()
    expect(page.locator("#q")).to_be_focused()
    expect(page.locator(OPTION).first).to_be_visible()
    page.locator(OPTION).nth(1).click()
    page.wait_for_url("**/documents/*-convocation-claire/")


def test_a_click_elsewhere_closes_the_list(suggesting: OpenPage) -> None:
    page = suggesting()
    page.locator("h1").click()
    expect(page.locator(".suggest")).to_be_hidden()
    expect(page.locator("#q")).to_have_value("convoc")


@pytest.mark.parametrize("path", BOXES)
def test_a_finger_finds_room_and_goes_there(suggesting: OpenPage, path: str) -> None:
    page = suggesting(
        "co" if path == "/en/" else "vi", path, width=375, has_touch=True, is_mobile=True
    )
    for option in page.locator(OPTION).all():
        box = option.bounding_box()
        assert box is not None
        assert box["height"] >= TARGET
        assert box["width"] >= 200
    chosen = page.locator(OPTION).first
    address = chosen.get_attribute("href")
    chosen.tap()
    page.wait_for_url(f"**{address}")


def drag_up(page: Page, x: float, y: float) -> None:
    """Draw a finger up the screen, as real touches."""
    wire = page.context.new_cdp_session(page)
    wire.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
    for step in range(1, 11):
        point = {"x": x, "y": y - 20 * step}
        wire.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [point]})
        page.wait_for_timeout(16)
    wire.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    page.wait_for_timeout(200)


def test_a_tap_elsewhere_closes_the_list_and_a_scroll_does_not(
    suggesting: OpenPage,
) -> None:
    page = suggesting("vi", width=375, has_touch=True, is_mobile=True)
    box = page.locator(OPTION).first.bounding_box()
    assert box is not None
    for x, y in ((box["x"] + 40, box["y"] + 10), (100, 250)):
        drag_up(page, x, y)
        assert page.evaluate("scrollY") > 0
        expect(page.locator(OPTION).first).to_be_visible()
        page.evaluate("scrollTo({ top: 0, behavior: 'instant' })")
    page.locator("h1").tap()
    expect(page.locator(".suggest")).to_be_hidden()


def test_hiding_the_keyboard_of_a_phone_leaves_the_list(suggesting: OpenPage) -> None:
    page = suggesting("vi", width=375, has_touch=True, is_mobile=True)
    page.locator("#q").evaluate("field => field.blur()")
    expect(page.locator(OPTION).first).to_be_visible()


# -- What it never does ----------------------------------------------------------------------------
def test_a_title_is_words_and_an_address_stays_on_the_site(open_page: OpenPage) -> None:
    page = open_page("/")
    hostile = "<img src=x onerror='window.hacked=1'><b>Titre</b>"
    lines = [
        LINE | {"text": hostile, "url": "/guides/", "type_label": hostile, "type": '"><script>'},
        LINE | {"text": "Ailleurs", "url": "https://elsewhere.example/"},
        LINE | {"text": "Programme", "url": "javascript:window.hacked=1"},
    ]
    page.route(ASKED, lambda route: route.fulfill(json={"suggestions": lines}))
    typed(page, "convoc")
    expect(page.locator(OPTION)).to_have_count(1)
    assert words(page) == [hostile]
    assert page.locator(".suggest :is(img, b, script)").count() == 0
    assert page.evaluate("window.hacked") is None
    assert urlsplit(page.locator(OPTION).evaluate("option => option.href")).path == "/guides/"


def test_without_script_it_is_a_plain_box(open_page: OpenPage) -> None:
    page = open_page("/ressources/", java_script_enabled=False)
    field = page.locator("#q")
    assert field.get_attribute("role") is None
    expect(page.locator(".suggest")).to_be_hidden()
    field.fill("quorum")
    field.press("Enter")
    page.wait_for_url("**/ressources/?*q=quorum*")


@pytest.mark.parametrize("width", [320, 640, 1280])
@pytest.mark.parametrize("path", BOXES)
def test_nothing_moves_nor_sticks_out(open_page: OpenPage, path: str, width: int) -> None:
    page = open_page(path, width=width)
    page.add_init_script(WATCH)
    page.reload()
    before = page.evaluate("document.querySelector('main').getBoundingClientRect().height")
    open_suggestions(page, "convocaton", BOXES[path])
    assert page.evaluate(SETTLED)["shift"] <= 0.02
    assert page.evaluate(TOO_WIDE) == []
    page.keyboard.press("Escape")
    after = page.evaluate("document.querySelector('main').getBoundingClientRect().height")
    assert after == before


@pytest.mark.parametrize("path", BOXES)
def test_larger_text_keeps_the_list_in_the_window(suggesting: OpenPage, path: str) -> None:
    page = suggesting("quor", path, width=1280)
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert page.evaluate(TOO_WIDE) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", BOXES)
def test_axe_finds_nothing_in_the_open_list(suggesting: OpenPage, path: str, scheme: str) -> None:
    page = suggesting("convocaton" if path != "/en/" else "quorrum", path, color_scheme=scheme)
    page.keyboard.press("ArrowDown")
    page.evaluate(AXE_SCRIPT)
    assert page.evaluate(AXE, OPTIONS) == []


def test_forced_colours_show_where_the_keyboard_stands(suggesting: OpenPage) -> None:
    page = suggesting(forced_colors="active")
    page.keyboard.press("ArrowDown")
    colours = page.locator(OPTION).evaluate_all(
        "options => options.map((option) => getComputedStyle(option).backgroundColor)"
    )
    assert colours[0] not in colours[1:]
    assert page.locator(".suggest").evaluate("e => getComputedStyle(e).borderStyle") == "solid"
