"""A term explained where it stands: by mouse, keyboard and touch, and a plain link without script."""

from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage

PAGE, TERM = "/glossaire/pouvoir/", "/glossaire/convocation/"
DEFINITION = "Le courrier officiel qui appelle les associés"


def term(page: Page):
    return page.locator(f'.defined[href="{TERM}"]')


def test_hover_shows_the_definition_and_escape_closes_it(open_page: OpenPage) -> None:
    page = open_page(PAGE)
    term(page).hover()
    expect(page.get_by_role("tooltip")).to_contain_text(DEFINITION)
    page.keyboard.press("Escape")
    expect(page.locator(".bubble")).to_be_hidden()


def test_the_pointer_may_go_to_the_definition(open_page: OpenPage) -> None:
    page = open_page(PAGE)
    term(page).hover()
    page.locator(".bubble").hover()
    page.wait_for_timeout(600)
    expect(page.locator(".bubble")).to_be_visible()
    page.mouse.move(2, 2)
    expect(page.locator(".bubble")).to_be_hidden()


def test_the_focus_shows_the_definition_and_says_it(open_page: OpenPage) -> None:
    page = open_page(PAGE)
    term(page).focus()
    expect(page.locator(".bubble")).to_be_visible()
    expect(term(page)).to_have_accessible_description(page.locator(".bubble").inner_text())
    page.locator(".breadcrumb a").first.focus()
    expect(page.locator(".bubble")).to_be_hidden()
    term(page).focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{TERM}")


def test_a_first_tap_shows_the_definition_a_second_follows_the_link(open_page: OpenPage) -> None:
    page = open_page(PAGE, width=375, has_touch=True)
    term(page).tap()
    expect(page.locator(".bubble")).to_be_visible()
    box = page.locator(".bubble").bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 375
    term(page).tap()
    page.wait_for_url(f"**{TERM}")


def test_without_script_it_is_a_link_and_on_paper_a_word(open_page: OpenPage) -> None:
    page = open_page(PAGE, java_script_enabled=False)
    page.emulate_media(media="print")
    expect(term(page)).to_have_css("text-decoration-line", "none")
    page.emulate_media(media="screen")
    term(page).click()
    page.wait_for_url(f"**{TERM}")
