"""A stored file as readers, players and download managers ask for it."""

import io
from datetime import UTC, datetime

import pytest
from django.test import RequestFactory

from hub.core.serving import StoredBytes, send

CONTENT = bytes(range(100))
STORED = StoredBytes(
    open=lambda: io.BytesIO(CONTENT),
    size=len(CONTENT),
    tag="abc",
    content_type="application/pdf",
    name="Réussir l’AG.pdf",
    modified=datetime(2026, 3, 1, 12, tzinfo=UTC),
)
CHANGED = "Sun, 01 Mar 2026 12:00:00 GMT"


def asked(method="get", stored=STORED, **headers):
    request = getattr(RequestFactory(), method)("/", headers=headers)
    response = send(request, stored)
    body = b"".join(response.streaming_content) if response.streaming else response.content
    return response, body


def test_the_whole_file_says_its_name_in_french_and_runs_nothing():
    response, body = asked()
    assert body == CONTENT
    assert response["Content-Length"] == "100"
    assert response["Content-Disposition"] == (
        "attachment; filename=\"Reussir l'AG.pdf\"; filename*=UTF-8''R%C3%A9ussir%20l%E2%80%99AG.pdf"
    )
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response["X-Content-Type-Options"] == "nosniff"


def test_head_says_the_same_without_the_file():
    response, body = asked("head")
    assert (response.status_code, body) == (200, b"")
    assert response["Content-Length"] == "100"


@pytest.mark.parametrize(
    ("asked_for", "sent", "said"),
    [
        ("bytes=0-9", CONTENT[:10], "bytes 0-9/100"),
        ("bytes=5-5", CONTENT[5:6], "bytes 5-5/100"),
        ("bytes=90-", CONTENT[90:], "bytes 90-99/100"),
        ("bytes=90-1000", CONTENT[90:], "bytes 90-99/100"),
        ("bytes=-7", CONTENT[-7:], "bytes 93-99/100"),
        ("bytes=-1000", CONTENT, "bytes 0-99/100"),
    ],
)
def test_a_part_is_sent_alone(asked_for, sent, said):
    response, body = asked(range=asked_for)
    assert (response.status_code, body) == (206, sent)
    assert response["Content-Range"] == said
    assert response["Content-Length"] == str(len(sent))


@pytest.mark.parametrize("asked_for", ["bytes=9-1", "lines=1-2", "bytes=", "bytes=0-1,5-6", "x"])
def test_what_is_no_range_gets_the_whole_file(asked_for):
    assert asked(range=asked_for)[0].status_code == 200


@pytest.mark.parametrize("asked_for", ["bytes=100-", "bytes=500-600", "bytes=-0"])
def test_a_range_beyond_the_end_is_refused_with_the_size(asked_for):
    response, _body = asked(range=asked_for)
    assert (response.status_code, response["Content-Range"]) == (416, "bytes */100")


@pytest.mark.parametrize(
    ("condition", "status"),
    [('"abc"', 206), ('"older"', 200), (CHANGED, 206), ("Sun, 01 Mar 2026 11:00:00 GMT", 200)],
)
def test_a_download_goes_on_only_with_the_same_file(condition, status):
    assert asked(range="bytes=10-", **{"if-range": condition})[0].status_code == status


def test_who_has_it_already_is_told_so():
    assert asked(**{"if-none-match": '"abc"'})[0].status_code == 304
    assert asked(**{"if-none-match": '"older"'})[0].status_code == 200
    assert asked(**{"if-modified-since": CHANGED})[0].status_code == 304
    assert asked(**{"if-match": '"older"'})[0].status_code == 412
