"""Real films, made by the tests, played in a real browser."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.films.places import FILM, PEERTUBE, SHORT


def test_nothing_of_the_film_is_asked_before_it_is_started(watch):
    seen = watch(FILM)
    assert not [r.url for r in seen.own if "/fichiers/" in r.url]
    assert seen.others == []
    assert seen.page.context.cookies() == []


def test_the_film_plays_from_its_button_with_the_keyboard_alone(watch):
    seen = watch(FILM)
    button = seen.page.get_by_role("button", name="Regarder ici")
    button.focus()
    seen.page.keyboard.press("Enter")
    seen.wait_for("!video.paused && video.currentTime > 0.2")
    expect(button).to_be_hidden()
    assert seen.page.evaluate("document.activeElement.tagName") == "VIDEO"
    assert seen.film("duration") == 90
    assert seen.film("videoWidth") == 160
    assert seen.complaints == []
    assert seen.hosts == set()


def test_it_is_asked_for_in_parts(watch):
    seen = watch(FILM)
    with seen.page.expect_response(lambda answer: "/fichiers/video/" in answer.url) as asked:
        seen.page.locator("[data-play]").click()
    assert asked.value.status == 206
    assert asked.value.headers["content-type"] == "video/webm"
    assert asked.value.headers["content-range"].startswith("bytes 0-")


def test_an_mp4_plays_as_well(watch):
    seen = watch(SHORT)
    seen.page.locator("[data-play]").click()
    seen.wait_for("video.currentTime > 0.2")
    assert seen.film("duration") == 8


def test_a_time_of_the_transcript_moves_the_film_and_its_passage_is_marked(watch):
    seen = watch(FILM)
    time = seen.page.locator(".transcript [data-seconds='73']")
    time.click()
    seen.wait_for("!video.paused && video.currentTime >= 73 && video.currentTime < 80")
    expect(time).to_have_attribute("aria-current", "true")
    expect(seen.page.locator(".transcript [aria-current]")).to_have_count(1)
    chapter = seen.page.locator(".moments [aria-current]")
    expect(chapter).to_contain_text("La convivialité")
    seen.page.locator(".transcript [data-seconds='25']").click()
    seen.wait_for("video.currentTime >= 25 && video.currentTime < 35")
    expect(seen.page.locator(".transcript [aria-current]")).to_have_text("0:25")


def test_the_mark_follows_what_is_said(watch):
    seen = watch(FILM)
    seen.page.locator(".transcript [data-seconds='55']").click()
    seen.wait_for("video.currentTime >= 55")
    seen.page.evaluate("document.querySelector('video').currentTime = 72.5")
    expect(seen.page.locator(".transcript [aria-current]")).to_have_text("1:13")


def test_a_chapter_moves_the_film(watch):
    seen = watch(FILM)
    seen.page.locator(".moments [data-seconds='10']").click()
    seen.wait_for("video.currentTime >= 10 && video.currentTime < 20")


def test_an_address_with_a_moment_starts_there_after_the_click(watch):
    seen = watch(f"{FILM}#t=73")
    expect(seen.page.locator("[id='t=73']")).to_be_in_viewport()
    expect(seen.page.locator("[data-from]")).to_have_text("à partir de 1:13")
    assert not [r.url for r in seen.own if "/fichiers/" in r.url]
    seen.page.locator("[data-play]").click()
    seen.wait_for("!video.paused && video.currentTime >= 73")


def test_the_captions_of_the_language_of_the_page_are_shown(watch):
    seen = watch(FILM)
    seen.page.locator(".transcript [data-seconds='73']").click()
    seen.wait_for("video.currentTime >= 73.2 && video.textTracks[0].activeCues?.length")
    tracks = seen.page.evaluate(
        "[...document.querySelector('video').textTracks].map(t => [t.language, t.mode, t.kind])"
    )
    assert tracks == [["fr", "showing", "captions"], ["en", "disabled", "captions"]]
    said = seen.page.evaluate("document.querySelector('video').textTracks[0].activeCues[0].text")
    assert said == "Ce qui est dit à 73 secondes."
    assert seen.complaints == []


def test_the_link_to_this_minute_is_copied(watch):
    seen = watch(FILM, permissions=["clipboard-read", "clipboard-write"])
    seen.page.locator(".transcript [data-seconds='40']").click()
    seen.wait_for("video.currentTime >= 40")
    seen.page.evaluate("document.querySelector('video').pause()")
    button = seen.page.get_by_role("button", name="Copier le lien à cette minute")
    button.click()
    expect(seen.page.locator(".watch__link [role=status]")).to_contain_text("Lien copié")
    copied = seen.page.evaluate("navigator.clipboard.readText()")
    address, _, moment = copied.partition("#t=")
    assert address == seen.page.url.partition("#")[0]
    assert 40 <= int(moment) <= 45


def test_the_text_to_enclose_is_copied_in_one_click_and_can_be_selected_without_script(watch):
    seen = watch(FILM, permissions=["clipboard-read", "clipboard-write"])
    seen.page.get_by_role("button", name="Copier le texte").click()
    expect(seen.page.locator(".copy [role=status]")).to_have_text("Texte copié")
    copied = seen.page.evaluate("navigator.clipboard.readText()")
    assert "Le film de l’assemblée" in copied
    assert copied.endswith(FILM)
    plain = watch(FILM, java_script_enabled=False)
    assert plain.page.locator(".copy pre").inner_text() == copied
    expect(plain.page.get_by_role("button", name="Copier le texte")).to_be_hidden()


def test_without_script_the_film_has_its_own_controls_and_times_lead_into_it(watch):
    seen = watch(FILM, java_script_enabled=False)
    expect(seen.page.locator("video[controls]")).to_be_visible()
    expect(seen.page.locator("[data-play]")).to_be_hidden()
    address = seen.page.locator(".transcript [data-seconds='73']").get_attribute("href") or ""
    assert address.endswith(".webm#t=73")
    assert seen.page.get_by_role("link", name="Télécharger la vidéo").is_visible()


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("path", [FILM, PEERTUBE])
def test_the_page_fits_and_has_nothing_that_keeps_a_reader_out(watch, path, width):
    seen = watch(path, width=width)
    found = Axe().run(seen.page)
    assert found.violations_count == 0, found.generate_report()
    assert seen.page.evaluate("document.documentElement.scrollWidth") <= width
    short = seen.page.evaluate(
        """[...document.querySelectorAll('.watch :is(a, button, label)')]
           .filter(e => e.checkVisibility() && e.getBoundingClientRect().height < 44)
           .map(e => e.outerHTML)"""
    )
    assert short == []


def test_the_transcript_stands_beside_the_player_on_a_wide_screen(watch):
    seen = watch(FILM)
    player = seen.page.locator(".player").bounding_box()
    words = seen.page.locator(".watch__words").bounding_box()
    assert words["x"] >= player["x"] + player["width"]
    assert words["y"] < player["y"] + player["height"]


def test_paper_shows_the_whole_transcript_and_the_address(watch):
    seen = watch(FILM)
    seen.page.emulate_media(media="print")
    last = seen.page.locator(".transcript p").last
    expect(last).to_be_visible()
    box = seen.page.locator(".transcript").bounding_box()
    assert last.bounding_box()["y"] < box["y"] + box["height"]
    expect(seen.page.locator(".watch .print-only")).to_contain_text(FILM)
    expect(seen.page.locator(".player")).to_be_hidden()
