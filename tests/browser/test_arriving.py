"""The page while it arrives: in pieces, or without its fonts. What is read stays where it is."""

import re

import pytest
from playwright.sync_api import Page, Route

from tests.browser.addresses import FORM
from tests.browser.conftest import OpenPage
from tests.browser.visits import TOO_WIDE

WIDTHS = [320, 375, 740, 1024, 1280]
ENLARGED_FROM = 640  # px: where text of twice the size has the room of a phone
PIECES = [
    '<a class="selection-link"', '<details class="site-menu"', '<div class="language"', "<nav",
    '<main id="',
]  # fmt: skip
# Where the boxes that stand in the header and below it are, in whole px.
PLACES = """() => Object.fromEntries(
  [...document.querySelectorAll(".brand__name, .site-search input, .site-nav li, .breadcrumb")]
    .filter((box) => box.checkVisibility())
    .map((box, index) => {
      const { x, y } = box.getBoundingClientRect();
      return [`${index} ${box.tagName} ${box.className}`, [Math.round(x), Math.round(y)]];
    })
)"""


def arrived_until(page: Page, path: str, part: str) -> dict[str, list[int]]:
    """Where the boxes stand when only ``part`` of the page at ``path`` has come."""

    def answer(route: Route) -> None:
        route.fulfill(body=part, content_type="text/html; charset=utf-8")

    page.route(f"**{path}", answer)
    page.goto(path)
    places: dict[str, list[int]] = page.evaluate(PLACES)
    page.unroute(f"**{path}")
    return places


@pytest.mark.parametrize("width", [375, 1280])
@pytest.mark.parametrize("path", [FORM, "/kits/ag/"])
def test_the_header_stays_while_the_rest_of_it_comes(
    open_page: OpenPage, path: str, width: int
) -> None:
    page = open_page("/healthz/", width=width)
    answer = page.goto(path)
    assert answer is not None
    whole, at_last = answer.text(), page.evaluate(PLACES)
    ends = [whole.index(mark) for mark in PIECES]
    for end in [*ends, whole.index("</nav>", ends[-1])]:
        here = arrived_until(page, path, whole[:end])
        assert here == {box: at_last[box] for box in here}, re.sub(r"\s+", " ", whole[:end])[-80:]


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("path", [FORM, "/", "/en/"])
def test_without_its_fonts_nothing_sticks_out(open_page: OpenPage, path: str, width: int) -> None:
    page = open_page("/healthz/", width=width)
    page.route("**/*.woff2", lambda route: route.abort())
    page.goto(path)
    page.evaluate("document.fonts.ready")
    for size in ("100%", "200%")[: 1 if width < ENLARGED_FROM else 2]:
        page.evaluate(f"document.documentElement.style.fontSize = '{size}'")
        assert page.evaluate(TOO_WIDE) == [], size
