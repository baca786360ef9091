"""The player of another site comes only when it is asked for, and from that site alone."""

from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.films.places import HOST, PEERTUBE, PEERTUBE_ID, YOUTUBE, YOUTUBE_ID

SITES = {
    YOUTUBE: ("www.youtube-nocookie.com", f"/embed/{YOUTUBE_ID}"),
    PEERTUBE: (HOST, f"/videos/embed/{PEERTUBE_ID}"),
}


@pytest.mark.parametrize("path", sorted(SITES))
def test_another_site_is_asked_for_nothing_before_the_click(watch, path):
    seen = watch(path)
    assert seen.others == []
    expect(seen.page.locator("iframe")).to_have_count(0)
    assert seen.page.context.cookies() == []
    expect(seen.page.locator("#consent")).to_contain_text(SITES[path][0])
    assert seen.page.locator("[data-play]").get_attribute("aria-describedby") == "consent"


@pytest.mark.parametrize("path", sorted(SITES))
def test_the_click_brings_its_player_at_its_moment_and_asks_nobody_else(watch, path):
    host, place = SITES[path]
    seen = watch(path)
    seen.page.locator("[data-play]").focus()
    seen.page.keyboard.press("Enter")
    frame = seen.page.frame_locator("iframe")
    expect(frame.get_by_text("Le lecteur de l’autre site.")).to_be_visible()
    address = urlsplit(seen.others[0])
    assert (address.netloc, address.path) == (host, place)
    assert parse_qs(address.query)["start"] == ["73"]
    assert seen.hosts == {host}
    assert seen.page.evaluate("localStorage.length") == 0
    assert seen.complaints == []


@pytest.mark.parametrize("path", sorted(SITES))
def test_a_time_of_the_transcript_loads_the_player_there(watch, path):
    seen = watch(path)
    seen.page.locator(".transcript [data-seconds='25']").click()
    expect(seen.page.locator("iframe")).to_have_count(1)
    seen.page.locator(".transcript [data-seconds='40']").click()
    expect(seen.page.locator("iframe")).to_have_count(1)
    asked = [parse_qs(urlsplit(address).query)["start"] for address in seen.others]
    assert asked == [["25"], ["40"]]
    expect(seen.page.locator(".transcript [aria-current]")).to_have_text("0:40")


def test_the_choice_is_remembered_only_when_asked_and_for_one_site(watch):
    seen = watch(YOUTUBE)
    always = seen.page.get_by_role("checkbox", name="Montrer les lecteurs de YouTube")
    always.check()
    assert seen.others == []
    seen.page.reload(wait_until="networkidle")
    expect(seen.page.locator("iframe")).to_have_count(1)
    assert "autoplay" not in seen.others[0]
    seen.page.goto(PEERTUBE, wait_until="networkidle")
    expect(seen.page.locator("iframe")).to_have_count(0)
    seen.page.goto(YOUTUBE, wait_until="networkidle")
    seen.page.get_by_role("checkbox").uncheck()
    assert seen.page.evaluate("localStorage.length") == 0
    seen.page.reload(wait_until="networkidle")
    expect(seen.page.locator("iframe")).to_have_count(0)


@pytest.mark.parametrize("path", sorted(SITES))
def test_the_outward_link_keeps_the_moment(watch, path):
    seen = watch(path, java_script_enabled=False)
    address = seen.page.locator(".player__note a[rel=external]").get_attribute("href") or ""
    assert "73s" in address
