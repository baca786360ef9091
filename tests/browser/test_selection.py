"""A reader sets resources aside, orders them, shares and downloads them: with and without script."""

import io
import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.addresses import KIT
from tests.browser.conftest import OpenPage
from tests.logos import LOGOS

LIST = "/ressources/?type=kit&type=dossier&sort=alpha"
SMALLEST = 44  # pixels of a target


@pytest.mark.parametrize("width", [375, 1280])
def test_a_card_is_added_without_leaving_the_page_and_told(open_page: OpenPage, width: int) -> None:
    page = open_page(LIST, width=width)
    page.evaluate("window.stays = true")
    expect(page.locator("[data-selection-count]")).to_be_hidden()
    button = page.locator(".pick").first
    box = button.bounding_box()
    assert box is not None
    assert box["height"] >= SMALLEST
    button.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#selection-form [role=status]")).to_contain_text("1 ressource")
    expect(page.locator("[data-selection-count]")).to_have_text("1")
    expect(button).to_contain_text("Retirer de ma sélection")
    expect(button).to_be_focused()
    assert page.evaluate("window.stays")
    page.keyboard.press("Enter")
    expect(page.locator("[data-selection-count]")).to_be_hidden()


def test_the_same_works_where_scripts_do_not_run(open_page: OpenPage) -> None:
    page = open_page(LIST, java_script_enabled=False, width=375)
    assert page.context.cookies() == []
    for _ in range(3):
        page.locator(".pick[name=add]").first.click()
        assert page.url.endswith(LIST)
    assert [cookie["name"] for cookie in page.context.cookies()] == ["selection"]
    page.locator(".selection-link").click()
    titles = page.locator(".chosen__title").all_inner_texts()
    assert len(titles) == 3
    page.locator("button[name=down]").first.click()
    assert page.locator(".chosen__title").all_inner_texts() == [titles[1], titles[0], titles[2]]
    page.locator("button[name=remove]").last.click()
    expect(page.locator(".chosen__title")).to_have_count(2)
    page.locator("button[name=restore]").click()
    expect(page.locator(".chosen__title")).to_have_count(3)


def test_enter_in_the_title_saves_the_title(open_page: OpenPage) -> None:
    page = with_a_kit(open_page)
    page.locator(".chosen-name > summary").click()
    page.locator("#selection-title").fill("Pour la réunion du 12")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Pour la réunion du 12")
    expect(page.locator(".chosen__title")).to_have_count(1)


def test_the_zip_is_downloaded_under_its_name(open_page: OpenPage) -> None:
    page = with_a_kit(open_page)
    with page.expect_download() as started:
        page.locator("a[href*='/ma-selection/telecharger/']").click()
    assert started.value.suggested_filename == "ma-selection.zip"
    with zipfile.ZipFile(started.value.path()) as archive:
        assert archive.testzip() is None
        assert "LISEZ-MOI.html" in archive.namelist()


def test_whoever_gets_the_address_adds_the_list_to_theirs(open_page: OpenPage) -> None:
    sender = with_a_kit(open_page)
    address = sender.locator(".copy__text").inner_text()
    other = open_page(LIST)
    other.locator(".card:not(:has-text('Kit AG')) .pick").first.click()
    expect(other.locator("[data-selection-count]")).to_have_text("1")
    other.goto(address)
    expect(other.locator(".chosen__title")).to_have_count(1)
    expect(other.locator("[data-selection-count]")).to_have_text("1")
    other.locator("button[name=copy]").click()
    expect(other.locator("[data-selection-count]")).to_have_text("2")


def test_the_printed_list_spells_its_addresses(open_page: OpenPage) -> None:
    page = with_a_kit(open_page)
    page.emulate_media(media="print")
    expect(page.locator(".chosen__address").first).to_be_visible()
    assert KIT in page.locator(".chosen__address").first.inner_text()
    expect(page.locator("button[name=remove]").first).to_be_hidden()


def test_two_pressed_before_the_first_answer_are_both_kept(open_page: OpenPage) -> None:
    page = open_page(LIST)
    page.evaluate(
        "for (const button of [...document.querySelectorAll('.pick')].slice(0, 2)) button.click()"
    )
    expect(page.locator("[data-selection-count]")).to_have_text("2")


def test_a_server_that_is_away_is_told(open_page: OpenPage) -> None:
    page = open_page(LIST)
    page.route("**/ma-selection/changer/", lambda route: route.abort())
    page.locator(".pick").first.click()
    expect(page.locator("#selection-form [role=status]")).to_contain_text("Rien n’a changé")


@pytest.mark.parametrize("scripts", [True, False])
def test_a_co_op_gets_the_invitation_in_its_colours(
    open_page: OpenPage, tmp_path: Path, scripts: bool
) -> None:
    page = open_page("/documents/invitation/", width=375, java_script_enabled=scripts)
    page.locator("a[href*='/a-vos-couleurs/']").click()
    page.locator("[name=name]").fill("Coopérative d’Été")
    picture = {"name": "logo.png", "mimeType": "image/png", "buffer": LOGOS["plain"][1]}
    page.locator("[name=logo]").set_input_files(files=[picture])
    with page.expect_download() as started:
        page.locator("form.form button").click()
    assert started.value.suggested_filename.endswith("-cooperative-dete.docx")
    content = Path(started.value.path()).read_bytes()
    assert zipfile.is_zipfile(io.BytesIO(content))
    assert page.context.cookies() == []


def with_a_kit(open_page: OpenPage) -> Page:
    page = open_page(KIT)
    page.locator(".resource-head .pick").click()
    expect(page.locator("[data-selection-count]")).to_have_text("1")
    page.locator(".selection-link").click()
    page.wait_for_load_state()
    return page
