"""The steps of the journey printed as cards: four on a sheet, whole, and each leads back."""

import io
from math import ceil

import pypdfium2
import pytest
import segno
from PIL import Image
from playwright.sync_api import Page

from tests.browser.addresses import ENGLISH_JOURNEY, JOURNEY
from tests.browser.conftest import OpenPage

A4 = (595, 842)  # points
OVERFLOWING = """() => [...document.querySelectorAll(".step-card")]
  .filter((card) => card.scrollHeight > card.clientHeight || card.scrollWidth > card.clientWidth
    || [...card.querySelectorAll("*")].some((part) =>
      part.getBoundingClientRect().bottom > card.getBoundingClientRect().bottom + 0.5))
  .map((card) => card.querySelector("h2").textContent)"""


def printed(page: Page) -> pypdfium2.PdfDocument:
    return pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True))


@pytest.mark.parametrize(
    "path", [f"{JOURNEY}cartes/", f"{JOURNEY}cartes/?phase=avant", f"{ENGLISH_JOURNEY}cartes/"]
)
def test_four_cards_stand_on_each_sheet_and_none_is_cut(open_page: OpenPage, path: str) -> None:
    page = open_page(path, width=1280)
    titles = page.locator(".step-card h2").all_inner_texts()
    document = printed(page)
    assert len(document) == ceil(len(titles) / 4)
    assert tuple(round(side) for side in document[0].get_size()) == A4
    for number, sheet in enumerate(document):
        said = " ".join(sheet.get_textpage().get_text_bounded().split())
        for title in titles[number * 4 : number * 4 + 4]:
            assert " ".join(title.split()) in said, title
    page.emulate_media(media="print")
    assert page.evaluate(OVERFLOWING) == []


def test_the_longest_step_that_an_editor_may_write_fits(open_page: OpenPage) -> None:
    page = open_page(f"{JOURNEY}cartes/", width=1280)
    page.evaluate(
        """() => {
          const card = document.querySelector(".step-card");
          const words = (length) => "coopérateur ".repeat(40).slice(0, length);
          card.querySelector(".step-card__title").textContent = words(150);
          card.querySelector(".step-card__goal").textContent = words(250);
          card.querySelector(".step-card__who span").textContent = words(150);
          const list = card.querySelector(".step-card__practices");
          card.classList.add("step-card--dense"); // as for any step of that length, see below
          list.innerHTML = `<li>${words(90)}</li>`.repeat(3) + "<li>et 2 autres pratiques</li>";
        }"""
    )
    page.emulate_media(media="print")
    assert page.evaluate(OVERFLOWING) == []
    assert len(printed(page)) == ceil(page.locator(".step-card").count() / 4)


def modules(picture: bytes, side: int) -> list[list[int]]:
    """The squares of a drawn code, read in the middle of each."""
    image = Image.open(io.BytesIO(picture)).convert("L")
    step = image.width / side
    return [
        [
            int(image.getpixel((int((x + 0.5) * step), int((y + 0.5) * step))) < 128)
            for x in range(side)
        ]
        for y in range(side)
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_each_code_leads_to_its_step(open_page: OpenPage, scheme: str) -> None:
    page = open_page(f"{JOURNEY}cartes/", width=1280, color_scheme=scheme, device_scale_factor=3)
    for card in page.locator(".step-card").all()[:6]:
        address = card.locator("a").get_attribute("href") or ""
        expected = segno.make(address, error="m", micro=False)
        side = expected.symbol_size(border=2)[0]
        quiet = [[0] * side] * 2
        rows = [[0, 0, *map(int, row), 0, 0] for row in expected.matrix]
        assert modules(card.locator(".qr").screenshot(), side) == [*quiet, *rows, *quiet]
        path = address.partition("://")[2].partition("/")[2]
        page_of_step = page.context.new_page()
        assert page_of_step.goto(f"/{path}").status == 200
        assert page_of_step.locator(f"#{address.rpartition('#')[2]}").count() == 1
        page_of_step.close()


def test_the_cards_of_one_phase_are_chosen_by_the_address(open_page: OpenPage) -> None:
    page = open_page(f"{JOURNEY}cartes/", java_script_enabled=False)
    every = page.locator(".step-card").count()
    page.locator(".switch__link").nth(2).click()
    page.wait_for_url("**/cartes/?phase=avant")
    assert 0 < page.locator(".step-card").count() < every
    assert page.locator(".switch__link[aria-current]").inner_text() == "Avant"
