"""Every template, at the width of a small phone and of a desk: what each page must keep to."""

import re
from pathlib import Path
from typing import ClassVar

import pytest
from playwright.sync_api import Browser

from tests.browser.addresses import ADDRESSES, Address
from tests.browser.elsewhere import SHOWN_ELSEWHERE
from tests.browser.visits import Visit, visit
from tests.live import LiveHub

TEMPLATES = Path(__file__).resolve().parent.parent.parent / "templates"
KIB = 1024
LARGEST_VIEW = 150 * KIB
LARGEST_SCRIPTS = 15 * KIB
LARGEST_SHIFT = 0.02
every_address = pytest.mark.parametrize("address", ADDRESSES, ids=lambda address: address.name)


class PageRules:
    """Each address is loaded once for a width; every test then judges what was written down."""

    width: ClassVar[int]
    others: ClassVar[list[int]] = []
    visits: ClassVar[dict[str, Visit]]

    @pytest.fixture
    def seen(
        self, request: pytest.FixtureRequest, browser: Browser, live_hub: LiveHub, address: Address
    ) -> Visit:
        is_again = getattr(request.node, "execution_count", 1) > 1
        if is_again or address.name not in self.visits:
            self.visits[address.name] = visit(
                browser, live_hub.url, address, self.width, self.others
            )
        return self.visits[address.name]

    @every_address
    def test_it_is_the_page_that_was_asked_for(self, seen: Visit, address: Address) -> None:
        assert (seen.status, seen.language) == (address.status, address.language)

    @every_address
    @pytest.mark.parametrize("scheme", ["light", "dark"])
    def test_axe_finds_nothing(self, seen: Visit, scheme: str) -> None:
        assert not seen.violations[scheme], "\n".join(seen.violations[scheme])

    @every_address
    def test_nothing_is_wider_than_the_window(self, seen: Visit) -> None:
        assert {width: found for width, found in seen.too_wide.items() if found} == {}

    @every_address
    def test_nothing_is_asked_of_another_site(self, seen: Visit, live_hub: LiveHub) -> None:
        assert seen.hosts() == {live_hub.url.removeprefix("http://")}

    @every_address
    def test_a_reader_gets_no_cookie(self, seen: Visit, address: Address) -> None:
        assert seen.cookies <= address.cookies

    @every_address
    def test_nothing_goes_wrong(self, seen: Visit) -> None:
        assert not seen.errors, "\n".join(seen.errors)

    @every_address
    def test_nothing_moves_while_loading(self, seen: Visit) -> None:
        assert seen.shift <= LARGEST_SHIFT

    @every_address
    def test_it_is_light(self, seen: Visit, address: Address) -> None:
        if address.steps:
            pytest.skip("several pages were loaded on the way")
        assert seen.weight <= LARGEST_VIEW
        assert 0 < seen.scripts <= LARGEST_SCRIPTS


class TestSmallPhone(PageRules):
    width = 320
    others = [768, 375]
    visits: ClassVar[dict[str, Visit]] = {}


class TestDesk(PageRules):
    width = 1280
    others = [1024]
    visits: ClassVar[dict[str, Visit]] = {}


def test_every_page_template_has_an_address() -> None:
    whole = re.compile(
        r"""extends "(base|500|resources/(frame|glossary_paper)|reports/answer_frame)\.html"|<!doctype"""
    )
    frames = {
        "base.html",
        "resources/frame.html",
        "resources/glossary_paper.html",
        "reports/answer_frame.html",
    }
    pages = {
        str(path.relative_to(TEMPLATES))
        for path in TEMPLATES.rglob("*.html")
        if whole.search(path.read_text(encoding="utf-8"))
    }
    shown = {address.template for address in ADDRESSES} | set(SHOWN_ELSEWHERE)
    assert pages - frames == shown
