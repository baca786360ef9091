"""The keyboard alone reaches and works everything, and always shows where it stands."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.addresses import FORM, GUIDE, JOURNEY, KIT, VIDEO
from tests.browser.conftest import OpenPage

MOST_STOPS = 400
COPY = "/pratiques/p01-inviter-pas-seulement-convoquer/"
# Where the focus stands: its number in the order of the document, and whether it can be seen.
FOCUS = """() => {
  const e = document.activeElement;
  if (!e || e === document.body) return null;
  const ring = (style) => style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  const shown = [e, e.closest("label"), e.closest("article"), e.closest("li"), e.closest("form")].some((x) => x && (
    ring(getComputedStyle(x)) || ring(getComputedStyle(x, "::after")) || ring(getComputedStyle(x, "::before"))
  ));
  const box = e.getBoundingClientRect();
  const line = e.getClientRects()[0];
  const top = document.elementFromPoint(line.x + line.width / 2, line.y + line.height / 2);
  const own = top && (e.contains(top) || top.contains(e) || top.closest("label")?.contains(e));
  const all = [...document.querySelectorAll("*")];
  return {
    index: all.indexOf(e),
    name: `${e.tagName.toLowerCase()}.${e.getAttribute("class") || ""} “${
      (e.textContent.trim() || e.getAttribute("name") || "").slice(0, 40)}”`,
    ring: shown,
    inside: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
    covered: !own,
    main: Boolean(e.closest("main")),
    footer: Boolean(e.closest("footer")),
  };
}"""


def walk(page: Page) -> list[dict[str, Any]]:
    """Press Tab from the top of the page to its end; fail when the end never comes."""
    stops: list[dict[str, Any]] = []
    known: set[int] = set()
    while len(stops) < MOST_STOPS:
        page.keyboard.press("Tab")
        stop = page.evaluate(FOCUS)
        if stop is None or stop["index"] in known:
            return stops
        known.add(stop["index"])
        stops.append(stop)
    raise AssertionError(f"the end of the page is out of reach, last at {stops[-1]['name']}")


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until the focus stands on ``selector``."""
    wanted = page.locator(selector).first
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        if wanted.evaluate("e => e === document.activeElement"):
            return
    raise AssertionError(f"{selector} is out of reach")


@pytest.mark.parametrize("width", [375, 1280])
@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/ressources/?type=practice",
        "/glossaire/",
        GUIDE,
        JOURNEY,
        KIT,
        VIDEO,
        FORM,
        COPY,
        "/en/",
    ],
)
def test_a_walk_through_the_page(open_page: OpenPage, path: str, width: int) -> None:
    page = open_page(path, width=width, reduced_motion="reduce")
    stops = walk(page)
    assert stops[0]["name"].startswith("a.skip")
    assert [stop["name"] for stop in stops if not stop["ring"]] == [], "no focus ring"
    assert [stop["name"] for stop in stops if not stop["inside"]] == [], "out of sight"
    assert [stop["name"] for stop in stops if stop["covered"]] == [], "under something else"
    order = [stop["index"] for stop in stops]
    assert order == sorted(order)
    assert any(stop["main"] for stop in stops)
    assert stops[-1]["footer"], f"the walk ends at {stops[-1]['name']}, not in the footer"


def test_the_first_key_offers_to_skip_to_the_content(open_page: OpenPage) -> None:
    page = open_page(KIT)
    page.keyboard.press("Tab")
    expect(page.locator("a.skip")).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUS)["main"]


def test_search(open_page: OpenPage) -> None:
    page = open_page("/")
    tab_to(page, "main [type=search]")
    page.keyboard.type("quorum")
    page.keyboard.press("Enter")
    page.wait_for_url("**/ressources/?q=quorum")
    tab_to(page, ".card__title a")
    page.keyboard.press("Enter")
    page.wait_for_url("**/glossaire/quorum/")


def test_the_menu_of_a_phone(open_page: OpenPage) -> None:
    page = open_page("/kits/", width=375)
    tab_to(page, ".site-menu > summary")
    page.keyboard.press("Enter")
    expect(page.locator(".site-nav a").first).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    expect(page.locator(".site-nav a").first).to_be_hidden()
    expect(page.locator(".site-menu > summary")).to_be_focused()


def test_choose_a_value_of_a_facet(open_page: OpenPage) -> None:
    page = open_page("/ressources/")
    tab_to(page, "details.facet:not([open]) > summary")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    box = page.evaluate("[document.activeElement.name, document.activeElement.value]")
    page.keyboard.press("Space")
    tab_to(page, ".drawer__apply button")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/ressources/?*{box[0]}={box[1]}*")
    tab_to(page, ".chip")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: f"{box[0]}=" not in url)


def test_open_and_close_a_step_of_the_journey(open_page: OpenPage) -> None:
    page = open_page(JOURNEY)
    tab_to(page, ".moment-step__more > summary")
    link = page.locator(".moment-step__links a").first
    page.keyboard.press("Enter")
    expect(link).to_be_visible()
    page.keyboard.press("Tab")
    expect(link).to_be_focused()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Space")
    expect(link).to_be_hidden()


def test_narrow_the_glossary(open_page: OpenPage) -> None:
    page = open_page("/glossaire/")
    tab_to(page, "#term")
    before = page.locator("[data-term]:visible").count()
    page.keyboard.type("resolution")
    expect(page.locator("[data-term]:visible").first).to_contain_text("ésolution")
    assert 0 < page.locator("[data-term]:visible").count() < before
    expect(page.locator(".search__said")).to_contain_text("mot")
    page.keyboard.press("ControlOrMeta+A")
    page.keyboard.type("xyzzy")
    expect(page.locator("[data-term]:visible")).to_have_count(0)


def test_copy_a_text(open_page: OpenPage) -> None:
    page = open_page(COPY, permissions=["clipboard-read", "clipboard-write"])
    tab_to(page, "[data-copy]")
    page.keyboard.press("Enter")
    expect(page.locator("[data-copy-box] [role=status]").first).not_to_be_empty()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == page.locator("[data-copy-box] pre").first.inner_text().strip()


def test_play_the_video(open_page: OpenPage) -> None:
    page = open_page(VIDEO)
    page.route("https://**", lambda route: route.abort())
    tab_to(page, "[data-play]")
    page.keyboard.press("Enter")
    expect(page.locator("iframe")).to_be_focused()


def test_send_a_request(open_page: OpenPage) -> None:
    page = open_page(FORM)
    for name in ("coop", "name", "email", "message"):
        tab_to(page, f"[name={name}]")
        page.keyboard.type("clavier@vie-coop.example" if name == "email" else "Exemple")
    tab_to(page, "form.form button")
    page.keyboard.press("Enter")
    page.wait_for_url("**/demande-recue/")


def test_mistakes_are_announced_and_lead_to_their_fields(open_page: OpenPage) -> None:
    page = open_page(FORM)
    tab_to(page, "form.form button")
    page.keyboard.press("Enter")
    page.wait_for_load_state()
    tab_to(page, "[role=alert] a")
    page.keyboard.press("Enter")
    field = page.locator("#id_coop")
    expect(field).to_be_focused()
    expect(field).to_have_attribute("aria-invalid", "true")
    described = (field.get_attribute("aria-describedby") or "").split()
    assert "id_coop_error" in described
