"""A visitor who asks too often is held back for a while, is told so, and nobody else is."""

import itertools
import json
import re
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from django.test import Client

from hub.core.throttle import Buckets
from hub.settings.public_api import rate_limits
from tests.live import served
from tests.prepared import ROOT


class Clock:
    """A clock that stands still until it is moved."""

    now = 1_000.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


def taken(buckets, times, visitor="a"):
    """How many of so many requests at once are let in."""
    return sum(buckets.take(visitor).granted for _request in range(times))


# -- A bucket ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("requests", "seconds", "burst"), [(5, 1, 60), (10, 1, 20), (5, 3600, 5), (3, 1, 7), (1, 7, 1)]
)
def test_the_burst_then_the_pace(clock, requests, seconds, burst):
    buckets = Buckets(requests, seconds, burst, clock=clock)
    assert taken(buckets, burst + 50) == burst
    clock.now += seconds
    assert taken(buckets, burst + 50) == min(requests, burst)
    clock.now += 1_000_000
    assert taken(buckets, burst + 50) == burst


@pytest.mark.parametrize(("requests", "seconds"), [(5, 1), (10, 1), (5, 3600), (7, 3), (3, 1000)])
def test_whoever_waits_as_told_is_let_in_and_not_before(clock, requests, seconds):
    buckets = Buckets(requests, seconds, 2, clock=clock)
    taken(buckets, 2)
    wait = buckets.take("a").wait
    assert wait >= 1
    clock.now += wait - 1
    early = buckets.take("a")
    assert early.granted == (seconds / requests <= wait - 1)
    clock.now += 1
    assert buckets.take("a").granted or early.granted


def test_what_is_left_and_when_the_bucket_is_full_again(clock):
    buckets = Buckets(5, 1, 60, clock=clock)
    assert buckets.take("a")[1:] == (59, 0, 1)
    taken(buckets, 58)
    assert buckets.take("a")[1:] == (0, 0, 12)
    assert buckets.take("a") == (False, 0, 1, 12)


def test_a_refused_request_costs_nothing_more(clock):
    buckets = Buckets(1, 10, 1, clock=clock)
    taken(buckets, 100)
    clock.now += 10
    assert buckets.take("a").granted


def test_one_visitor_does_not_hold_back_another(clock):
    buckets = Buckets(1, 60, 1, clock=clock)
    assert taken(buckets, 3, "a") == taken(buckets, 3, "b") == 1


def test_visitors_are_forgotten_once_their_bucket_is_full(clock):
    buckets = Buckets(5, 1, 60, clock=clock)
    for number in range(100):
        buckets.take(f"visitor {number}")
    assert len(buckets) == 100
    clock.now += 60
    for _request in range(60):
        buckets.take("somebody else")
    assert len(buckets) == 1


def test_the_memory_is_bounded_and_the_latest_visitors_stay(clock):
    buckets = Buckets(1, 3600, 1, most=50, clock=clock)
    for number in range(1_000):
        buckets.take(str(number))
        assert len(buckets) <= 50
    assert not buckets.take("999").granted


def test_many_threads_get_together_no_more_than_one(clock):
    buckets = Buckets(1, 3600, 500, clock=clock)
    with ThreadPoolExecutor(16) as pool:
        given = sum(pool.map(lambda _n: taken(buckets, 100), range(16)))
    assert given == 500


# -- The table -----------------------------------------------------------------------------------


@pytest.fixture
def limited(site, settings):
    """A new visitor of a site that has the limits of an installation."""
    settings.RATE_LIMITS = rate_limits(1)
    return Client()


@pytest.fixture
def hurried(site, settings):
    """The same, so quick that no time passes: the bursts are those of an installation."""
    settings.RATE_LIMITS = {
        name: row | {"seconds": row["seconds"] * 10_000} for name, row in rate_limits(1).items()
    }
    return Client()


def test_a_request_too_many_says_why_and_when_to_come_back(hurried):
    answers = [hurried.get("/api/search?size=1") for _request in range(61)]
    assert {answer.status_code for answer in answers[:60]} == {200}
    refused = answers[-1]
    assert refused.status_code == 429
    assert refused.headers["Content-Type"] == "application/problem+json"
    assert refused.headers["Cache-Control"] == "no-store"
    wait = int(refused.headers["Retry-After"])
    assert 1_900 < wait <= 2_000
    problem = refused.json()
    assert (problem["status"], problem["retry_after"]) == (429, wait)
    assert problem["detail"].startswith("At most 5 requests in 10000 s, 60 at once.")


def test_every_answer_tells_the_limit_and_what_is_left_of_it(limited):
    answer = limited.get("/api/search?size=1")
    assert answer.headers["RateLimit-Policy"] == '"search";q=60;w=12'
    assert answer.headers["RateLimit"] == '"search";r=59;t=1'
    assert limited.get("/api/suggest?q=quo").headers["RateLimit-Policy"] == '"suggest";q=20;w=2'


def test_feeds_and_searches_share_one_bucket_in_both_languages(hurried):
    addresses = ["/api/search", "/en/api/search", "/flux.atom", "/en/flux.atom"]
    answers = [hurried.get(addresses[number % 4]) for number in range(61)]
    assert [answer.status_code for answer in answers[:60]] == [200] * 60
    assert answers[60].status_code == 429
    assert hurried.get("/ressources/?q=vote").status_code == 200


def test_suggestions_have_their_own_bucket_whoever_answers_them(hurried):
    codes = [hurried.get("/api/suggest?q=quo").status_code for _request in range(21)]
    assert 429 not in codes[:20]
    assert codes[20] == 429
    assert hurried.get("/api/search?size=1").status_code == 200


def test_pages_have_no_limit_nor_word_of_one(limited):
    assert "RateLimit" not in limited.get("/").headers


def test_every_limit_can_be_lifted_or_raised():
    assert rate_limits(0) == {}
    search = rate_limits(10)["search"]
    assert (search["requests"], search["burst"], search["seconds"]) == (50, 600, 1)


def test_the_lines_for_a_proxy_say_the_same_as_the_table():
    text = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    zones = dict(re.findall(r"zone=(\w+):2m rate=(\w+/\w)", text))
    places = {
        zone: (address, int(burst))
        for address, zone, burst in re.findall(
            r"location ~ (\S+) \{ limit_req zone=(\w+) burst=(\d+) nodelay; \}", text
        )
    }
    table = rate_limits(1)
    assert zones == {
        "suggest": f"{table['suggest']['requests']}r/s",
        "search": f"{table['search']['requests']}r/s",
        "alert": "1r/m",
        "answer": "1r/m",
    }
    rows = {
        "suggest": "suggest",
        "search": "search",
        "alert": "alert-form",
        "answer": "reader-answer",
    }
    for zone, row in rows.items():
        # The proxy lets one through besides its burst.
        address, burst = places[zone]
        assert (address.replace("(", "(?:"), burst + 1) == (
            table[row]["addresses"], table[row]["burst"],
        )  # fmt: skip


# -- A served site -------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def limited_hub(tmp_path_factory):
    with served(tmp_path_factory.mktemp("limited"), HUB_RATE_LIMIT="1") as hub:
        yield hub


def answer_of(url, headers=None):
    try:
        with urlopen(Request(url, headers=headers or {}), timeout=30) as answer:
            return answer.status, answer.headers, answer.read()
    except HTTPError as error:
        return error.code, error.headers, error.read()


def test_a_crowd_of_requests_from_one_address_is_held_back_and_no_other_page_is(limited_hub):
    feed = f"{limited_hub.url}/flux.atom?q=quorum"
    answers, codes = [], Counter()
    with ThreadPoolExecutor(8) as pool:
        # A slow machine gives requests back nearly as fast as it takes them.
        while not codes[429] and len(answers) < 1_500:
            answers += pool.map(answer_of, itertools.repeat(feed, 150))
            codes = Counter(status for status, _headers, _body in answers)
    assert set(codes) == {200, 429}
    assert codes[200] >= 60
    refused = next(answer for answer in answers if answer[0] == 429)
    assert int(refused[1]["Retry-After"]) >= 1
    assert json.loads(refused[2])["retry_after"] == int(refused[1]["Retry-After"])
    assert answer_of(f"{limited_hub.url}/ressources/?q=quorum")[0] == 200
