"""Everything a reader comes for works where scripts do not run."""

import zipfile
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.addresses import (
    ADDRESSES,
    FORM,
    GUIDE,
    JOURNEY,
    KIT,
    VIDEO,
    fill_and_send,
    send,
)
from tests.browser.conftest import OpenPage


@pytest.fixture
def plain(open_page: OpenPage) -> Callable[..., Page]:
    """Opens a page in a browser whose scripts are off."""
    return lambda path, **options: open_page(path, java_script_enabled=False, **options)


@pytest.mark.parametrize("width", [320, 1280])
def test_search_from_the_home_page(plain: OpenPage, width: int) -> None:
    page = plain("/", width=width)
    page.locator("main [type=search]").fill("quorum")
    page.locator("main [role=search] button").click()
    expect(page).to_have_url(f"{page.url.split('/ressources/')[0]}/ressources/?q=quorum")
    expect(page.locator(".card__title a").first).to_have_text("Quorum")


@pytest.mark.parametrize("width", [320, 1280])
def test_filter_then_remove_a_filter(plain: OpenPage, width: int) -> None:
    page = plain("/ressources/", width=width)
    drawer = page.locator("details.drawer > summary")
    if drawer.is_visible():
        drawer.click()
    opened = page.locator("details.facet[open]").first
    box = opened.locator("input[name=type][value=practice]")
    promised = box.locator("xpath=..").locator(".facet__count").inner_text()
    box.check()
    page.locator(".drawer__apply button").click()
    assert "type=practice" in page.url
    shown = page.locator("#results").inner_text()
    assert shown.split()[0] in promised
    page.locator(".chip").click()
    assert "type=practice" not in page.url
    expect(page.locator(".chip")).to_have_count(0)


def test_sort_and_turn_the_page(plain: OpenPage) -> None:
    page = plain("/ressources/")
    page.locator("#sort").select_option("alpha")
    page.locator(".library__sort button").click()
    assert "sort=alpha" in page.url
    first = page.locator(".card__title").first.inner_text()
    page.locator(".pages [rel=next]").click()
    assert "page=2" in page.url
    assert "sort=alpha" in page.url
    assert page.locator(".card__title").first.inner_text() != first


def test_words_typed_in_the_library_are_answered_by_relevance(plain: OpenPage) -> None:
    page = plain("/ressources/?type=glossary")
    page.locator("#q").fill("c’est quoi le quorum")
    page.locator("#q").press("Enter")
    page.wait_for_url("**q=*")
    assert page.locator("#sort option:checked").inner_text() == "Pertinence"
    expect(page.locator(".definition").first).to_contain_text("Quorum")


def test_download_the_kit(plain: OpenPage) -> None:
    page = plain(KIT)
    with page.expect_download() as waiting:
        page.locator("a[download].button--large").click()
    with zipfile.ZipFile(waiting.value.path()) as archive:
        assert archive.testzip() is None
        assert len(archive.namelist()) >= 8


def test_walk_through_the_guide(plain: OpenPage) -> None:
    page = plain(GUIDE)
    with page.expect_navigation():
        page.locator("main a[href*='/chapitre/']").first.click()
    walked = [page.url]
    while page.locator("a[rel=next]").count():
        with page.expect_navigation():
            page.locator("a[rel=next]").click()
        walked.append(page.url)
    assert len(set(walked)) == len(walked) >= 8
    page.locator("a[rel=prev]").click()
    assert page.url == walked[-2]


def test_the_contents_of_a_chapter_open_on_a_phone(plain: OpenPage) -> None:
    page = plain(f"{GUIDE}chapitre/convocation/", width=375)
    page.locator("details.toc > summary").click()
    expect(page.locator(".toc [aria-current=page]")).to_be_visible()


def test_a_request_with_mistakes_keeps_what_was_written(plain: OpenPage) -> None:
    page = plain(FORM)
    page.locator("[name=message]").fill("Un message à garder.")
    send(page)
    expect(page.locator("[name=message]")).to_have_value("Un message à garder.")
    page.locator(".notice--error a").first.click()
    assert page.url.endswith("#id_coop")
    assert page.title().startswith("Erreur")


def test_send_a_request(plain: OpenPage) -> None:
    page = plain(FORM)
    fill_and_send(page)
    assert page.url.endswith("/demande-recue/")
    expect(page.locator("h1")).to_be_visible()


def test_a_step_of_the_journey_has_an_address(plain: OpenPage) -> None:
    page = plain(JOURNEY)
    step = page.locator(".moment-step").nth(4)
    name = step.get_attribute("id")
    page.goto(f"{JOURNEY}#{name}")
    expect(step).to_be_in_viewport()
    step.locator("details > summary").click()
    link = step.locator("details a").first
    expect(link).to_be_visible()
    link.click()
    assert JOURNEY not in page.url


def test_the_video_is_reached_at_its_moment(plain: OpenPage) -> None:
    page = plain(VIDEO)
    address = page.locator(".player__note a[rel=external]").get_attribute("href")
    assert address is not None
    assert "t=73s" in address
    expect(page.locator("[data-play]")).to_be_hidden()
    expect(page.locator("#transcript")).to_be_visible()


def test_a_word_of_the_glossary_is_found_by_the_box(plain: OpenPage) -> None:
    page = plain("/glossaire/")
    page.locator("#term").fill("pouvoir")
    page.locator("main [role=search] button").click()
    assert "type=glossary" in page.url
    expect(page.locator(".card__title a").first).to_contain_text("Pouvoir")


def test_the_menu_opens_on_a_phone(plain: OpenPage) -> None:
    page = plain(KIT, width=375)
    page.locator(".site-menu > summary").click()
    page.locator(".site-nav a").last.click()
    assert page.url.endswith("/glossaire/")


def test_no_button_waits_for_a_script_that_never_runs(plain: OpenPage) -> None:
    page = plain("/ressources/?type=kit&type=dossier")
    for _ in range(2):
        page.locator(".pick[name=add]").first.click()
    chosen = ("/ma-selection/", "/ma-selection/partagee/?i=999999")
    one_each = {address.template: address.path for address in ADDRESSES if not address.steps}
    dead = []
    for path in (*chosen, *one_each.values()):
        page.goto(path)
        buttons = page.locator("button[type=button]").filter(visible=True)
        dead += [(path, words) for words in buttons.all_inner_texts()]
    assert dead == []
