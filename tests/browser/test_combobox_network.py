"""What the search boxes ask while a reader types, and what they do without an answer."""

import json
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, Request, Route, expect

from tests.browser.combobox import ASKED, LINE, OPTION, typed, words
from tests.browser.conftest import OpenPage

PATIENCE = 4_000  # milliseconds, as in suggest.js
Wire = tuple[Page, list[str], list[str]]


# -- The network -----------------------------------------------------------------------------------
@pytest.fixture
def wire(open_page: OpenPage) -> Wire:
    """The home page, the texts it asked for and those it gave up."""
    page = open_page("/")
    asked: list[str] = []
    given_up: list[str] = []

    def note(log: list[str], request: Request) -> None:
        if "/api/suggest" in request.url:
            log.append(parse_qs(urlsplit(request.url).query)["q"][0])

    page.on("request", lambda request: note(asked, request))
    page.on("requestfailed", lambda request: note(given_up, request))
    return page, asked, given_up


def test_a_word_typed_in_one_go_is_asked_once(wire: Wire) -> None:
    page, asked, _given_up = wire
    typed(page, "convocation")
    expect(page.locator(OPTION).first).to_be_visible()
    assert asked == ["convocation"]
    page.keyboard.press("Backspace")
    page.keyboard.press("Backspace")
    page.wait_for_timeout(100)
    assert asked == ["convocation"]
    page.wait_for_timeout(300)
    assert asked == ["convocation", "convocati"]


def test_nothing_is_asked_under_two_characters(wire: Wire) -> None:
    page, asked, _given_up = wire
    for text in ("c", " c ", "", "   "):
        page.locator("#q").fill(text)
        page.keyboard.press("ArrowDown")
        page.wait_for_timeout(250)
    assert asked == []
    expect(page.locator(".suggest")).to_be_hidden()


def test_the_answer_to_an_older_text_is_given_up(wire: Wire) -> None:
    page, asked, given_up = wire
    held: list[Route] = []
    page.route("**/api/suggest?q=convo", lambda route: held.append(route))
    typed(page, "convo")
    page.wait_for_timeout(300)
    assert (asked, len(held)) == (["convo"], 1)
    typed(page, "cation")
    expect(page.locator(OPTION).first).to_be_visible()
    assert (asked, given_up) == (["convo", "convocation"], ["convo"])
    assert "Convocation" in words(page)


def test_clearing_the_box_gives_up_the_question(wire: Wire) -> None:
    page, _asked, given_up = wire
    page.route(ASKED, lambda route: None)
    typed(page, "convo")
    page.wait_for_timeout(300)
    page.locator("#q").fill("")
    page.wait_for_timeout(100)
    assert given_up == ["convo"]


@pytest.mark.parametrize(
    "answer",
    [
        {"status": 500, "body": "<h1>Erreur</h1>"},
        {"status": 429, "body": "{}", "content_type": "application/problem+json"},
        {"status": 200, "body": "not JSON"},
        {"status": 200, "body": json.dumps({"suggestions": [LINE | {"url": "http://"}]})},
        None,
    ],
    ids=["failure", "too many", "garbage", "bad address", "offline"],
)
def test_without_an_answer_there_is_only_a_box(wire: Wire, answer: dict[str, Any] | None) -> None:
    page, asked, _given_up = wire
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.route(ASKED, lambda route: route.fulfill(**answer) if answer else route.abort())
    typed(page, "convoc")
    page.wait_for_timeout(400)
    assert asked == ["convoc"]
    assert errors == []
    expect(page.locator(".suggest")).to_be_hidden()
    expect(page.locator("#q")).to_have_attribute("aria-expanded", "false")
    page.keyboard.press("Enter")
    page.wait_for_url("**/ressources/?q=convoc")


def test_an_answer_that_takes_too_long_is_given_up(
    wire: Wire,
) -> None:
    page, asked, given_up = wire
    page.route(ASKED, lambda route: None)
    typed(page, "convoc")
    page.wait_for_timeout(PATIENCE + 600)
    assert (asked, given_up) == (["convoc"], ["convoc"])
    expect(page.locator(".suggest")).to_be_hidden()


def test_an_answer_that_comes_after_the_reader_left_shows_nothing(
    wire: Wire,
) -> None:
    page, _asked, _given_up = wire
    held: list[Route] = []
    page.route(ASKED, lambda route: held.append(route))
    typed(page, "convoc")
    page.wait_for_timeout(300)
    page.locator("#q").evaluate("field => field.blur()")
    held[0].fulfill(json={"suggestions": [LINE | {"url": "/"}]})
    page.wait_for_timeout(200)
    expect(page.locator(".suggest")).to_be_hidden()
