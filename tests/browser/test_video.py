"""Another site is asked for nothing before the reader wants its player."""

from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.addresses import VIDEO
from tests.browser.conftest import OpenPage

PLAYER = "www.youtube-nocookie.com"


@pytest.fixture
def asked(open_page: OpenPage) -> tuple[Page, list[str]]:
    """The page of the video, and the hosts of other sites asked since (none answers)."""
    page = open_page("/")
    own = urlsplit(page.url).netloc
    hosts: list[str] = []

    def refuse(route: Route) -> None:
        hosts.append(urlsplit(route.request.url).netloc)
        route.abort()

    page.route(lambda url: urlsplit(url).netloc != own, refuse)
    page.goto(VIDEO, wait_until="networkidle")
    return page, hosts


def test_nothing_is_asked_before_the_click(asked: tuple[Page, list[str]]) -> None:
    page, hosts = asked
    assert hosts == []
    expect(page.locator("iframe")).to_have_count(0)
    assert page.context.cookies() == []


def test_the_click_brings_the_player_at_its_moment(asked: tuple[Page, list[str]]) -> None:
    page, hosts = asked
    refused: list[str] = []
    page.on("console", lambda message: refused.append(message.text))
    page.locator("[data-play]").click()
    frame = page.locator("iframe")
    expect(frame).to_have_count(1)
    address = urlsplit(frame.get_attribute("src") or "")
    assert address.netloc == PLAYER
    assert parse_qs(address.query)["start"] == ["73"]
    assert frame.get_attribute("title")
    page.wait_for_timeout(200)
    assert set(hosts) == {PLAYER}
    assert not [text for text in refused if "Content Security Policy" in text]


def test_the_player_takes_the_room_of_its_picture(asked: tuple[Page, list[str]]) -> None:
    page, _ = asked
    before = page.locator(".player").bounding_box()
    page.locator("[data-play]").click()
    expect(page.locator("iframe")).to_be_visible()
    assert page.locator(".player").bounding_box() == before


def test_a_chapter_starts_the_player_at_its_own_moment(asked: tuple[Page, list[str]]) -> None:
    page, _ = asked
    chapter = page.locator("[data-seconds]").last
    seconds = chapter.get_attribute("data-seconds")
    chapter.click()
    source = page.locator("iframe").get_attribute("src") or ""
    assert parse_qs(urlsplit(source).query)["start"] == [seconds]


@pytest.mark.parametrize(("moment", "label"), [("73", "1:13"), ("3725", "1:02:05")])
def test_an_address_with_a_moment_shows_it_and_starts_there(
    asked: tuple[Page, list[str]], moment: str, label: str
) -> None:
    """The passage that begins last before a moment is the one that is shown."""
    page, hosts = asked
    page.goto(f"{VIDEO}#t={moment}", wait_until="networkidle")
    expect(page.locator("[id='t=73']")).to_be_in_viewport()
    expect(page.locator("[data-from]")).to_have_text(f"à partir de {label}")
    assert hosts == []
    page.locator("[data-play]").click()
    source = page.locator("iframe").get_attribute("src") or ""
    assert parse_qs(urlsplit(source).query)["start"] == [moment]


def test_a_moment_asked_for_later_is_followed(asked: tuple[Page, list[str]]) -> None:
    page, hosts = asked
    page.evaluate("location.hash = '#t=80'")
    expect(page.locator("[data-from]")).to_have_text("à partir de 1:20")
    assert hosts == []
