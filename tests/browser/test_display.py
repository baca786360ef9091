"""Larger text, paper, calm: the same pages for the ways people set their screens."""

from itertools import pairwise

import pytest
from django.template.loader import render_to_string
from playwright.sync_api import Page, Route, expect

from tests.browser.addresses import ADDRESSES, GUIDE, JOURNEY, KIT, VIDEO
from tests.browser.conftest import OpenPage
from tests.browser.visits import AXE, AXE_SCRIPT, OPTIONS, TOO_WIDE

MOVING = """() => [...document.querySelectorAll("*")].flatMap((e) =>
  ["", "::before", "::after"].map((part) => [e, part, getComputedStyle(e, part || null)])
).filter(([, , style]) => {
  const longest = (value) => Math.max(...value.split(",").map((time) => parseFloat(time)));
  return longest(style.transitionDuration) > 0.02
    || (style.animationName !== "none" && longest(style.animationDuration) > 0.02);
}).map(([e, part]) => `${e.tagName.toLowerCase()}.${e.getAttribute("class") || ""}${part}`)"""
HIDDEN_TEXT = """() => [...document.querySelectorAll("main h2, main h3, main p, main li, main td, main th")]
  .filter((e) => !e.closest("nav, .no-print, .needs-script, [hidden]") && e.textContent.trim()
    && !e.classList.contains("visually-hidden") && !e.checkVisibility())
  .map((e) => e.textContent.trim().slice(0, 60))"""
# A line taller than its box, or a box that cuts its words.
CUT_TEXT = """() => [...document.querySelectorAll("h1, h2, h3, a, button, summary, label, p, dt, dd")]
  .filter((e) => {
    const style = getComputedStyle(e);
    if (e.closest(".visually-hidden, .skip") || style.webkitLineClamp !== "none") return false;
    return e.checkVisibility() && style.overflowX === "hidden" && e.scrollWidth > e.clientWidth + 1;
  }).map((e) => e.textContent.trim().slice(0, 60))"""


def test_nothing_is_lost_at_twice_the_size(open_page: OpenPage) -> None:
    """A window of 1280 px zoomed to 200 % has 640 px of room."""
    page = open_page("/", width=640, device_scale_factor=2)
    lost = {}
    for address in ADDRESSES:
        if not address.steps:
            page.goto(address.path)
            if found := page.evaluate(TOO_WIDE) + page.evaluate(CUT_TEXT):
                lost[address.name] = found
    assert lost == {}


@pytest.mark.parametrize("path", ["/", "/ressources/", JOURNEY, KIT])
def test_larger_text_of_the_browser_is_followed(open_page: OpenPage, path: str) -> None:
    """Readers who set 32 px instead of 16 get it, without a page wider than the window."""
    page = open_page(path)
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)") >= 32
    assert page.evaluate(TOO_WIDE) == []


@pytest.mark.parametrize(
    "path", [f"{GUIDE}imprimer/", JOURNEY, KIT, "/documents/ag-coop-ou-ag-copro/"]
)
def test_paper_shows_everything(open_page: OpenPage, path: str) -> None:
    page = open_page(path)
    page.emulate_media(media="print")
    assert page.evaluate(HIDDEN_TEXT) == []
    for part in ("header.site-header", "footer.site-footer"):
        expect(page.locator(part)).to_be_hidden()


def test_the_whole_guide_is_printed(open_page: OpenPage) -> None:
    page = open_page(GUIDE)
    chapters = page.locator("main a[href*='/chapitre/']").evaluate_all(
        "links => [...new Set(links.map((link) => link.pathname.split('/').at(-2)))]"
    )
    page.goto(f"{GUIDE}imprimer/")
    page.emulate_media(media="print")
    for slug in chapters:
        expect(page.locator(f"section#{slug}")).to_be_visible()
    assert len(chapters) >= 8
    assert page.pdf().startswith(b"%PDF")


@pytest.mark.parametrize("path", ["/", "/ressources/", GUIDE, JOURNEY, VIDEO])
def test_nothing_moves_for_those_who_ask_for_calm(open_page: OpenPage, path: str) -> None:
    page = open_page(path, reduced_motion="reduce")
    assert page.evaluate(MOVING) == []
    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"


@pytest.mark.parametrize("path", ["/", KIT, JOURNEY, "/glossaire/"])
def test_forced_colours_keep_the_focus_and_the_icons(open_page: OpenPage, path: str) -> None:
    page = open_page(path, forced_colors="active")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    style = "getComputedStyle(document.activeElement).outlineStyle"
    assert page.evaluate(style) != "none"
    assert page.evaluate(TOO_WIDE) == []


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("path", ["/", "/en/"])
def test_axe_finds_nothing_in_the_open_menu(open_page: OpenPage, path: str, width: int) -> None:
    page = open_page(path, width=width)
    page.locator(".site-menu").evaluate("menu => { menu.open = true; }")
    page.evaluate(AXE_SCRIPT)
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        assert page.evaluate(AXE, OPTIONS) == []
    assert page.evaluate(TOO_WIDE) == []


APART = 8  # pixels between two things to press or to write in
WRITTEN = [{"name": f"q-{n}", "text": "Un pot le soir.", "is_words": True} for n in range(2)]


@pytest.fixture(params=["500.html", "507.html"])
def broken(open_page: OpenPage, request: pytest.FixtureRequest) -> Page:
    """The page of a failure, given to the browser in place of the home page."""
    given_back = WRITTEN if request.param == "507.html" else []
    body = render_to_string(request.param, {"language": "fr", "fields": given_back})

    def answer(route: Route) -> None:
        route.fulfill(status=500, content_type="text/html; charset=utf-8", body=body)

    page = open_page("/accessibilite/", width=320)
    page.route("**/a-propos/", answer)
    page.goto("/a-propos/")
    return page


def test_the_page_of_a_failure(broken: Page) -> None:
    expect(broken.locator("h1")).to_be_visible()
    assert broken.evaluate(TOO_WIDE) == []
    assert broken.locator("body").evaluate("e => getComputedStyle(e).fontFamily") != ""
    boxes = [one.bounding_box() for one in broken.locator("main textarea, main .button").all()]
    for above, below in pairwise(box for box in boxes if box):
        assert below["y"] - above["y"] - above["height"] >= APART
    broken.evaluate(AXE_SCRIPT)
    for scheme in ("light", "dark"):
        broken.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        assert broken.evaluate(AXE, OPTIONS) == []


@pytest.mark.parametrize("width", [320, 375])
def test_the_files_of_a_kit_fit_in_a_small_phone_and_show_their_first_page_when_asked(
    open_page: OpenPage, width: int
) -> None:
    page = open_page(KIT, width=width)
    assert page.evaluate(TOO_WIDE) == []
    edge = page.locator("#inside").evaluate("e => e.parentElement.getBoundingClientRect().right")
    for item in page.locator(".kit-item").all():
        assert item.evaluate("e => e.getBoundingClientRect().right") <= edge + 1
    page.locator(".kit-item__preview a").first.click()
    assert page.evaluate("document.images[0].naturalWidth") > 0
