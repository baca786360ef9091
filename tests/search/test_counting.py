"""Searches are counted by day: words only, once a page is seen, and nothing of who reads."""

import json
import re
from datetime import timedelta

import pytest
from django.core import signing
from django.utils import timezone

from hub.core import jobs
from hub.core.models import JobRun
from search import beacon, counting
from search.counting import Asked, Event, count, folded, looks_personal, token_for
from search.models import SearchCount
from tests.security.site import SiteCase, guide

pytestmark = pytest.mark.django_db
LIST = "/ressources/"


@pytest.fixture(autouse=True)
def nobody_came_before():
    beacon.recent.forget()


def token_on(client, query, **more):
    """The token that the page of a search carries, or nothing."""
    page = client.get(LIST, {"q": query, **more}).content.decode()
    found = re.search(r'data-search-count="([^"]+)"', page)
    return found and found[1]


def send(client, token, event="seen", **options):
    body = json.dumps({"token": token, "event": event})
    return client.post("/api/searches", body, content_type="text/plain", **options)


def rows():
    return list(SearchCount.objects.values_list("query", "searches", "without_result", "clicks"))


def on(days_ago, query="quorum", found=True):
    """A token of another day."""
    day = timezone.localdate() - timedelta(days=days_ago)
    return counting._signer.sign_object(Asked(query, "fr", found, day.isoformat()))


# -- Pages of results -----------------------------------------------------------------------------
class Pages(SiteCase):
    """What the pages of results carry, and what comes of it."""

    def test_a_search_is_counted_once_its_page_was_seen(self):
        guide("Le quorum")
        assert send(self.client, token_on(self.client, "Quorum")).status_code == 204
        assert rows() == [("quorum", 1, 0, 0)]
        row = SearchCount.objects.get()
        assert (row.day, row.locale, row.shown) == (timezone.localdate(), "fr", "Quorum")

    def test_a_search_that_finds_nothing_is_counted_as_such(self):
        send(self.client, token_on(self.client, "licorne"))
        assert rows() == [("licorne", 1, 1, 0)]

    def test_a_click_on_a_result_is_counted(self):
        guide("Le quorum")
        token = token_on(self.client, "quorum")
        send(self.client, token)
        send(self.client, token, "clicked")
        assert rows() == [("quorum", 1, 0, 1)]

    def test_a_click_without_its_search_is_not_counted(self):
        assert send(self.client, on(0), "clicked").status_code == 204
        assert rows() == []

    def test_each_language_is_counted_apart(self):
        for page in ("/ressources/", "/en/resources/"):
            html = self.client.get(page, {"q": "quorum"}).content.decode()
            send(self.client, re.search(r'data-search-count="([^"]+)"', html)[1])
        assert sorted(SearchCount.objects.values_list("locale", flat=True)) == ["en", "fr"]

    def test_the_list_of_one_type_counts_as_well(self):
        html = self.client.get("/guides/", {"q": "quorum"}).content.decode()
        send(self.client, re.search(r'data-search-count="([^"]+)"', html)[1])
        assert rows() == [("quorum", 1, 1, 0)]

    def test_reading_writes_nothing_and_leaves_no_cookie(self):
        response = self.client.get(LIST, {"q": "quorum"})
        assert "data-search-count" in response.content.decode()
        assert rows() == []
        assert not response.cookies
        sent = send(self.client, token_on(self.client, "quorum"))
        assert not sent.cookies
        assert not self.client.cookies

    def test_the_page_stays_the_same_all_day(self):
        first = self.client.get(LIST, {"q": "quorum"})
        again = self.client.get(
            LIST, {"q": "quorum"}, headers={"If-None-Match": first.headers["ETag"]}
        )
        assert again.status_code == 304

    def test_only_the_first_page_without_filters_says_that_it_was_seen(self):
        for number in range(21):
            guide(f"Le quorum {number}")
        for state, first in [({}, True), ({"page": "2"}, False), ({"step": "avant"}, False)]:
            page = self.client.get(LIST, {"q": "quorum", **state}).content.decode()
            assert "data-search-count" in page
            assert ("data-search-first" in page) == first

    def test_no_words_or_personal_ones_give_no_token(self):
        for query in ("", "   ", "!?", "a@example.org", "dossier 123456"):
            assert token_on(self.client, query) is None
            assert token_for(query, "fr", found=True) == ""

    def test_an_editor_who_tries_searches_is_not_a_reader(self):
        self.sign_in("contributor")
        assert token_on(self.client, "quorum") is None

    def test_browsing_is_not_a_search(self):
        assert "data-search-count" not in self.client.get(LIST).content.decode()


# -- Counting --------------------------------------------------------------------------------------
def test_spellings_meet_and_the_most_typed_is_shown():
    for query in ("Assemblée générale", "assemblee generale", "assemblée générale"):
        count(Asked(query, "fr", True, timezone.localdate().isoformat()), Event.SEEN)
    for _again in range(2):
        count(Asked("assemblée générale", "fr", True, timezone.localdate().isoformat()), Event.SEEN)
    assert rows() == [("assemblee generale", 5, 0, 0)]
    assert SearchCount.objects.get().shown == "assemblée générale"


@pytest.mark.parametrize(
    ("query", "personal"),
    [
        ("jean.dupont@example.org", True),
        ("06 12 34 56 78", True),
        ("+33 6.12.34.56.78", True),
        ("lot 1234567", True),
        ("١٢٣٤٥٦", True),
        ("1 85 05 78 006 084 36", True),
        ("AG 2024-2025", False),
        ("ag 2025 2026", False),
        ("article 12345", False),
        ("loi 47-1775 du 10 09 1947", False),
        ("47 1775", False),
    ],
)
def test_queries_that_look_personal_are_known(query, personal):
    assert looks_personal(query) == personal


# -- What is refused -------------------------------------------------------------------------------
def test_a_token_of_yesterday_counts_for_yesterday(client):
    assert send(client, on(1)).status_code == 204
    assert SearchCount.objects.get().day == timezone.localdate() - timedelta(days=1)


@pytest.mark.parametrize("days_ago", [2, 400, -1])
def test_a_token_of_another_day_is_refused(client, days_ago):
    assert send(client, on(days_ago)).status_code == 400
    assert rows() == []


def test_a_token_that_was_changed_is_refused(client):
    token = on(0)
    payload, _colon, signature = token.rpartition(":")
    forged = signing.b64_encode(b'["licorne","fr",true,"2026-01-01"]').decode()
    elsewhere = signing.Signer(salt="elsewhere").sign_object(["quorum", "fr", True, "2026-01-01"])
    for wrong in (f"{forged}:{signature}", payload, f"{token}x", "", elsewhere):
        assert send(client, wrong).status_code == 400
    assert rows() == []


@pytest.mark.parametrize(
    "body",
    [
        b"", b"{", b"[]", b'"x"', b"null", b"\xff", b"[" * 4000, b'{"token": 3, "event": "seen"}',
        b'{"token": "x", "event": "seen"}', b"x" * 5000,
    ],
)  # fmt: skip
def test_what_is_not_well_formed_is_refused(client, body):
    assert client.post("/api/searches", body, content_type="text/plain").status_code == 400


def test_an_unknown_event_and_a_body_that_is_too_large_are_refused(client):
    assert send(client, on(0), "bought").status_code == 400
    large = json.dumps({"token": on(0), "event": "seen", "more": "x" * 4096})
    assert client.post("/api/searches", large, content_type="text/plain").status_code == 400
    assert rows() == []


def test_the_longest_query_still_fits(client):
    assert send(client, token_for("𠀀" * 200, "fr", found=True)).status_code == 204
    assert send(client, token_for("œuvre " * 40, "fr", found=True)).status_code == 204
    assert max(len(query) for query, *_counts in rows()) in range(190, 201)


@pytest.mark.parametrize("method", ["get", "put", "delete"])
def test_only_a_post_is_answered(client, method):
    assert getattr(client, method)("/api/searches").status_code == 405


def test_a_replay_within_minutes_counts_once(client):
    token = on(0)
    assert [send(client, token).status_code for _time in range(3)] == [204, 204, 204]
    assert rows() == [("quorum", 1, 0, 0)]
    send(client, token, REMOTE_ADDR="192.0.2.7")
    assert rows() == [("quorum", 2, 0, 0)]


def test_a_visitor_who_sends_too_many_is_no_longer_counted(client):
    for number in range(beacon.MOST_EVENTS + 5):
        assert send(client, on(0, f"mot {number} essai")).status_code == 204
    assert len(rows()) == beacon.MOST_EVENTS


def test_a_visitor_behind_the_proxy_is_told_from_another(client, settings):
    settings.TRUSTED_PROXIES = 1
    for address in ("192.0.2.1", "192.0.2.2", "192.0.2.2"):
        send(client, on(0), headers={"X-Forwarded-For": f"10.0.0.9, {address}"})
    assert rows() == [("quorum", 2, 0, 0)]


def test_a_day_holds_a_bounded_number_of_queries(client, monkeypatch):
    monkeypatch.setattr(counting, "MOST_A_DAY", 2)
    for query in ("un quorum", "deux quorums", "trois quorums", "un quorum"):
        count(Asked(query, "fr", True, timezone.localdate().isoformat()), Event.SEEN)
    assert sorted(rows()) == [("deux quorums", 1, 0, 0), ("un quorum", 2, 0, 0)]


# -- Keeping ---------------------------------------------------------------------------------------
def test_counts_older_than_thirteen_months_are_deleted_by_the_clock():
    for days in (0, 395, 397, 800):
        day = timezone.localdate() - timedelta(days=days)
        count(Asked("quorum", "fr", True, day.isoformat()), Event.SEEN)
    JobRun.objects.filter(name="search_counts_purge").delete()
    jobs.run_due(once=True)
    left = {(timezone.localdate() - row.day).days for row in SearchCount.objects.all()}
    assert left == {0, 395}


def test_rows_hold_words_a_day_and_numbers_only():
    names = {field.name for field in SearchCount._meta.get_fields()}
    assert names == {
        "id", "day", "locale", "query", "shown", "lead", "searches", "without_result", "clicks",
    }  # fmt: skip


def test_words_are_compared_as_readers_do():
    assert folded("L’Assemblée  GÉNÉRALE ?") == folded("assemblee generale")
