"""A term explained where it stands: by mouse, keyboard and touch, and a plain link without script."""

import re

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


# -- A choice that lasts -------------------------------------------------------------------------
OFF, ON = "Ne plus souligner les mots du glossaire", "Expliquer les mots du glossaire"


def lines_under(page: Page) -> set[str]:
    script = "words => words.map(word => getComputedStyle(word).textDecorationLine)"
    return set(page.locator(".defined").evaluate_all(script))


def test_a_reader_may_ask_for_plain_words_and_for_explanations_again(open_page: OpenPage) -> None:
    page = open_page(PAGE)
    assert lines_under(page) == {"underline"}
    page.get_by_role("button", name=OFF).press("Enter")
    assert lines_under(page) == {"none"}
    expect(term(page)).to_have_count(0)
    page.locator(".defined").first.hover()
    expect(page.locator(".bubble")).to_be_hidden()
    page.get_by_role("button", name=ON).press("Enter")
    assert lines_under(page) == {"underline"}
    term(page).focus()
    expect(page.locator(".bubble")).to_be_visible()


def test_the_choice_holds_on_every_page_before_anything_shows_and_leaves_no_cookie(
    open_page: OpenPage,
) -> None:
    page = open_page(PAGE)
    page.get_by_role("button", name=OFF).click()
    # Without the modules, which come after the first picture: the choice stands all the same.
    page.route(re.compile(r"/terms\.[^/]*js"), lambda route: route.abort())
    page.goto("/glossaire/quorum/")
    assert lines_under(page) == {"none"}
    assert page.context.cookies() == []


def test_without_script_no_choice_is_offered(open_page: OpenPage) -> None:
    page = open_page(PAGE, java_script_enabled=False)
    expect(page.get_by_role("button", name=OFF)).to_have_count(0)


def test_a_screen_reader_says_the_definition_once(open_page: OpenPage) -> None:
    page = open_page(PAGE)
    term(page).focus()
    expect(page.locator(".bubble")).to_be_visible()
    session = page.context.new_cdp_session(page)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    links = [n for n in nodes if n.get("description", {}).get("value", "").startswith(DEFINITION)]
    assert [link["role"]["value"] for link in links] == ["link"]
    assert DEFINITION not in links[0]["name"]["value"]
    announced = page.locator("[aria-live], [role=status], [role=alert]")
    assert not any(DEFINITION in text for text in announced.all_text_contents())


# -- On paper --------------------------------------------------------------------------------------
def test_definitions_are_gathered_at_the_end_of_the_page_on_paper_alone(
    open_page: OpenPage,
) -> None:
    page = open_page(PAGE, java_script_enabled=False)
    gathered = page.locator(".terms-shown")
    expect(gathered).to_be_hidden()
    page.emulate_media(media="print")
    expect(gathered).to_be_visible()
    expect(gathered).to_contain_text(DEFINITION)
    words = gathered.locator("dt").all_inner_texts()
    assert (
        len(words)
        == len(set(words))
        == len(set(page.locator(".defined").evaluate_all("links => links.map(link => link.href)")))
    )
