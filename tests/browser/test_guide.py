"""A guide read with the keyboard alone, its contents, and the texts for each legal form."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.addresses import GUIDE
from tests.browser.conftest import OpenPage
from tests.browser.test_keyboard import tab_to


def test_the_keyboard_alone_goes_from_the_guide_through_its_chapters(open_page: OpenPage) -> None:
    page = open_page(GUIDE, width=1280)
    tab_to(page, ".actions a[href*='/chapitre/']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/chapitre/pourquoi/")
    for slug in ("calendrier", "inviter"):
        tab_to(page, "a[rel=next]")
        page.keyboard.press("Enter")
        page.wait_for_url(f"**/chapitre/{slug}/")
    tab_to(page, "a[rel=prev]")
    page.keyboard.press("Enter")
    page.wait_for_url("**/chapitre/calendrier/")
    current = page.locator(".toc [aria-current=page]")
    expect(current).to_have_text(re.compile("Le calendrier à rebours"))


def test_the_contents_stay_in_sight_and_mark_the_section(open_page: OpenPage) -> None:
    page = open_page(f"{GUIDE}chapitre/voter/", width=1280)
    page.locator("#voter-sans-confusion").scroll_into_view_if_needed()
    page.evaluate("document.getElementById('voter-sans-confusion').scrollIntoView()")
    marked = page.locator(".toc [aria-current=location]")
    expect(marked).to_have_text("Voter sans confusion")
    expect(marked).to_be_in_viewport()
    page.evaluate("scrollTo(0, 0)")
    expect(page.locator(".toc [aria-current=location]")).to_have_count(0)


@pytest.mark.parametrize("script", [True, False])
def test_the_switch_changes_the_text_and_stays_from_chapter_to_chapter(
    open_page: OpenPage, script: bool
) -> None:
    page = open_page(f"{GUIDE}chapitre/resolutions/", java_script_enabled=script, width=375)
    labels = page.locator(".variant__label")
    expect(labels.filter(visible=True)).to_have_text(["En SCIC", "En SCP"])
    page.locator(".switch").get_by_role("link", name="SCP", exact=True).click()
    expect(labels.filter(visible=True)).to_have_text(["En SCP"])
    expect(page.locator(".switch")).to_be_in_viewport()
    for _chapter in range(4):
        page.locator("a[rel=next]").click()
    page.wait_for_url("**/chapitre/voter/?statut=scp")
    expect(labels.filter(visible=True)).to_have_text(["En SCP"])
    assert page.context.cookies() == []
    page.emulate_media(media="print")
    expect(labels.filter(visible=True)).to_have_text(["En SCIC", "En SCP"])


def test_a_reader_answers_with_the_keyboard_and_stays_on_the_page(open_page: OpenPage) -> None:
    page = open_page(f"{GUIDE}chapitre/voter/", java_script_enabled=False)
    tab_to(page, ".feedback summary")
    page.keyboard.press("Enter")
    tab_to(page, "#feedback-comment")
    page.keyboard.type("Très clair.")
    tab_to(page, ".feedback button[value=yes]")
    page.keyboard.press("Enter")
    page.wait_for_url("**/chapitre/voter/?avis=merci#avis")
    expect(page.locator("#avis")).to_be_in_viewport()
    expect(page.locator("#avis h2")).to_have_text("Merci")
    assert page.context.cookies() == []
