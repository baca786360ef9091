"""The suggestions under the search boxes, for a screen reader and with the keyboard alone."""

from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.addresses import KIT, open_suggestions
from tests.browser.combobox import BOXES, OPTION, active, typed, words
from tests.browser.conftest import OpenPage


# -- What a screen reader is told ------------------------------------------------------------------
@pytest.mark.parametrize("width", [375, 1280])
@pytest.mark.parametrize("path", BOXES)
def test_each_box_is_a_combobox(open_page: OpenPage, path: str, width: int) -> None:
    page = open_page(path, width=width)
    field = page.locator(BOXES[path])
    listed = field.get_attribute("aria-controls")
    for name, value in {
        "role": "combobox",
        "aria-autocomplete": "list",
        "aria-expanded": "false",
    }.items():
        expect(field).to_have_attribute(name, value)
    open_suggestions(page, "quor", BOXES[path])
    expect(field).to_have_attribute("aria-expanded", "true")
    box = page.locator(f"[id='{listed}']")
    expect(box).to_have_attribute("role", "listbox")
    assert box.get_attribute("aria-label")
    field.press("Escape")
    expect(field).to_have_attribute("aria-expanded", "false")
    expect(field).to_have_value("quor")


def test_suggestions_stand_in_groups_that_are_named(suggesting: OpenPage) -> None:
    page = suggesting("convocaton")
    names = []
    for group in page.locator(".suggest [role=group]").all():
        names.append(page.locator(f"[id='{group.get_attribute('aria-labelledby')}']").inner_text())
        assert group.locator("> [role=option]").count() > 0
    assert names == ["Vouliez-vous dire", "Glossaire", "Ressources"]
    last = page.locator(".suggest [role=group]").last.locator("[role=option]").first
    assert last.locator(".suggest__type").inner_text() == "Bonne pratique"


def test_the_number_of_suggestions_is_said(open_page: OpenPage) -> None:
    page = open_page("/")
    said = page.locator("[role=status]:not(.selection-told)")
    expect(said).to_have_text("")
    typed(page, "convoc")
    expect(said).to_have_text("6 suggestions")
    page.locator("#q").fill("quor")
    expect(said).to_have_text("1 suggestion")
    page.locator("#q").fill("zzzzzz")
    expect(said).to_have_text("Aucune suggestion")
    page.locator("#q").fill("")
    expect(said).to_have_text("")


def test_a_page_in_another_language_is_read_in_its_own(suggesting: OpenPage) -> None:
    page = suggesting("visio", "/en/")
    expect(page.locator(f"{OPTION} .suggest__text").first).to_have_attribute("lang", "fr")


# -- The keyboard alone ----------------------------------------------------------------------------
def test_arrows_go_round_the_list(suggesting: OpenPage) -> None:
    page = suggesting()
    every = words(page)
    assert active(page) == ""
    walked = []
    for _option in every:
        page.keyboard.press("ArrowDown")
        walked.append(active(page))
    assert walked == every
    page.keyboard.press("ArrowDown")
    assert active(page) == every[0]
    page.keyboard.press("ArrowUp")
    assert active(page) == every[-1]
    expect(page.locator("#q")).to_be_focused()
    expect(page.locator("#q")).to_have_value("convoc")


def test_up_begins_at_the_end(suggesting: OpenPage) -> None:
    page = suggesting()
    page.keyboard.press("ArrowUp")
    assert active(page) == words(page)[-1]


@pytest.mark.parametrize(
    ("key", "place"), [("Home", 0), ("End", 6), ("ArrowLeft", 5), ("ArrowRight", 6)]
)
def test_keys_of_the_text_go_back_to_the_text(suggesting: OpenPage, key: str, place: int) -> None:
    page = suggesting()
    page.keyboard.press("ArrowDown")
    page.keyboard.press(key)
    assert active(page) == ""
    assert page.locator("#q").evaluate("field => field.selectionStart") == place
    expect(page.locator(OPTION).first).to_be_visible()


def test_typing_goes_back_to_the_text(suggesting: OpenPage) -> None:
    page = suggesting()
    page.keyboard.press("ArrowDown")
    page.keyboard.type("a")
    assert active(page) == ""
    expect(page.locator("#q")).to_have_value("convoca")


def test_escape_closes_the_list_and_only_the_list(suggesting: OpenPage) -> None:
    page = suggesting("quor", KIT, width=375)
    page.keyboard.press("Escape")
    expect(page.locator(".suggest")).to_be_hidden()
    expect(page.locator("#site-search")).to_be_focused()
    expect(page.locator("#site-search")).to_have_value("quor")
    expect(page.locator(".site-nav a").first).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".site-nav a").first).to_be_hidden()


def test_a_closed_list_opens_again(suggesting: OpenPage) -> None:
    page = suggesting()
    for keys, place in (("ArrowDown", 0), ("ArrowUp", -1), ("Alt+ArrowDown", None)):
        page.keyboard.press("Escape")
        expect(page.locator(".suggest")).to_be_hidden()
        page.keyboard.press(keys)
        expect(page.locator(OPTION).first).to_be_visible()
        assert active(page) == ("" if place is None else words(page)[place])
    page.keyboard.press("Alt+ArrowUp")
    expect(page.locator(".suggest")).to_be_hidden()


def test_down_asks_for_a_text_that_was_there_before(open_page: OpenPage) -> None:
    page = open_page("/ressources/?q=quorum")
    page.locator("#q").focus()
    expect(page.locator(".suggest")).to_be_hidden()
    page.keyboard.press("ArrowDown")
    expect(page.locator(OPTION).first).to_be_visible()
    assert active(page) == "Quorum"


def test_tab_leaves_the_box_and_closes_the_list(suggesting: OpenPage) -> None:
    page = suggesting()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    expect(page.locator(".suggest")).to_be_hidden()
    expect(page.locator(".search button")).to_be_focused()


def test_enter_goes_to_a_word_or_to_a_page(suggesting: OpenPage) -> None:
    page = suggesting()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/glossaire/convocation/")
    page = suggesting()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/documents/*-convocation-claire/")


def test_enter_searches_for_the_corrected_words_and_keeps_the_filters(open_page: OpenPage) -> None:
    page = open_page("/ressources/?type=practice")
    open_suggestions(page, "convocaton", "#q")
    page.keyboard.press("ArrowDown")
    assert active(page) == "convocation"
    page.keyboard.press("Enter")
    page.wait_for_url("**/ressources/?*q=convocation*")
    assert parse_qs(urlsplit(page.url).query) == {
        "q": ["convocation"], "type": ["practice"],
    }  # fmt: skip


def test_enter_without_a_choice_searches_for_what_was_typed(
    suggesting: OpenPage,
) -> None:
    page = suggesting("convoc")
    page.keyboard.press("Enter")
    page.wait_for_url("**/ressources/?q=convoc")
