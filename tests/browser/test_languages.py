"""Two languages that say which one they are: nobody lands on the other one by surprise."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.addresses import (
    CLOSED_CAMPAIGN,
    ENGLISH,
    ENGLISH_JOURNEY,
    ENGLISH_KIT,
    FRENCH,
    GUIDE,
    JOURNEY,
    KIT,
)
from tests.browser.conftest import OpenPage

# What a co-op reads before it answers, and what anybody reads of all of them.
CAMPAIGNS = [
    (path, f"/en{path}")
    for path in (CLOSED_CAMPAIGN, "/campagnes/comparer/", "/campagnes/donnees/")
]
# Links that lead to the other language without a word of it in them, or on their card.
SURPRISES = """(own) => [...document.querySelectorAll("a[href]")].filter((a) => {
  const url = new URL(a.href);
  if (url.origin !== location.origin || url.pathname.match(/^\\/(apercus|fichiers|static)\\//)) return false;
  const language = url.pathname === "/en" || url.pathname.startsWith("/en/") ? "en" : "fr";
  const name = language === "en" ? "English" : "Français";
  return language !== own && !(a.closest("article.card") || a).textContent.includes(name);
}).map((a) => `${a.getAttribute("href")} “${a.textContent.trim().slice(0, 50)}”`)"""


def plain_addresses(language: str) -> list[str]:
    listed = FRENCH if language == "fr" else ENGLISH
    return [address.path for address in listed if not address.steps]


@pytest.fixture
def reading(open_page: OpenPage) -> Page:
    return open_page("/", java_script_enabled=True)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_link_to_the_other_language_says_so(reading: Page, language: str) -> None:
    found = {}
    for path in plain_addresses(language):
        reading.goto(path)
        if surprises := reading.evaluate(SURPRISES, language):
            found[path] = surprises
    assert found == {}


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_foreign_title_is_marked_and_labelled(reading: Page, language: str) -> None:
    """The mark is for screen readers, the label for everybody."""
    other = "fr" if language == "en" else "en"
    for path in plain_addresses(language):
        reading.goto(path)
        for card in reading.locator(f"article.card:has(a[hreflang={other}])").all():
            assert card.locator("a").first.get_attribute("lang") == other
            expect(
                card.locator(".badge", has_text="English" if other == "en" else "Français")
            ).to_be_visible()


def test_a_french_page_without_translation_says_so(open_page: OpenPage) -> None:
    page = open_page(GUIDE)
    expect(page.locator(".language")).to_contain_text("qu’en français")
    assert page.locator("a[href^='/en/']").count() == 0
    assert page.locator("link[rel=alternate][hreflang=en]").count() == 0


@pytest.mark.parametrize(
    ("french", "english"),
    [
        (KIT, ENGLISH_KIT),
        (JOURNEY, ENGLISH_JOURNEY),
        ("/plan-du-site/", "/en/plan-du-site/"),
        *CAMPAIGNS,
    ],
)
def test_there_and_back(open_page: OpenPage, french: str, english: str) -> None:
    page = open_page(french)
    for code, path in (("en", english), ("fr", french)):
        page.locator(f".language a[hreflang={code}]").click()
        page.wait_for_url(f"**{path}")
        expect(page.locator("html")).to_have_attribute("lang", code)
    assert page.context.cookies() == []


def test_the_pages_name_their_translation_to_search_engines(open_page: OpenPage) -> None:
    page = open_page(KIT)
    there = page.locator("link[rel=alternate][hreflang=en]").get_attribute("href") or ""
    assert there.endswith(ENGLISH_KIT)
    page.goto(there)
    back = page.locator("link[rel=alternate][hreflang=fr]").get_attribute("href") or ""
    assert back.endswith(KIT)


def test_an_english_page_links_to_a_french_one_with_its_name(open_page: OpenPage) -> None:
    page = open_page("/en/practices/")
    results = page.locator("article.card")
    assert results.count() > 0
    expect(results.first.locator(".badge", has_text="Français")).to_be_visible()
    assert results.first.locator("a").get_attribute("lang") == "fr"


def test_the_language_of_the_browser_never_chooses(open_page: OpenPage) -> None:
    page = open_page("/", extra_http_headers={"Accept-Language": "en"})
    expect(page.locator("html")).to_have_attribute("lang", "fr")
    assert page.url.endswith("/")
    assert "/en/" not in page.url


def test_a_missing_page_answers_in_the_language_of_its_address(open_page: OpenPage) -> None:
    page = open_page("/en/no-such-page/", extra_http_headers={"Accept-Language": "fr"})
    expect(page.locator("h1")).to_contain_text("page", ignore_case=True)
    expect(page.locator("html")).to_have_attribute("lang", "en")
    assert page.locator("main a[href='/en/']").count() >= 1
