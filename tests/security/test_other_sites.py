"""Pages of other sites read the API, as any program may, and nothing else of the site."""

import pytest
from django.test import Client

ORIGIN = {"Origin": "https://autre.example"}
OPEN = [
    "/api/search?q=vote", "/en/api/search", "/api/search?page=0", "/api/suggest?q=vo",
    "/api/openapi.json",
]  # fmt: skip
SHUT = [
    "/", "/ressources/?q=vote", "/flux.atom", "/plan-du-site/", "/sitemap.xml", "/robots.txt",
    "/admin/login/", "/admin/api/main/pages/", "/healthz/", "/n-existe-pas/", "/en/",
    "/glossaire/api/search", "/fr/api/search", "/api/searches", "/api/autre",
]  # fmt: skip


@pytest.fixture
def other(site):
    """A page of another site."""
    return Client(headers=ORIGIN)


def allowed(response):
    return {
        name: value
        for name, value in response.headers.items()
        if name.lower().startswith("access-control-")
    }


@pytest.mark.parametrize("address", OPEN)
def test_the_api_may_be_read_from_anywhere_without_cookies(other, address):
    response = other.get(address)
    assert allowed(response) == {
        "access-control-allow-origin": "*",
        "access-control-expose-headers": "etag, ratelimit, ratelimit-policy, retry-after",
    }
    assert response.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert not response.cookies


@pytest.mark.parametrize("address", SHUT)
def test_nothing_else_may(other, address):
    for method in ("get", "options"):
        response = getattr(other, method)(address, headers={"Access-Control-Request-Method": "GET"})
        assert allowed(response) == {}, method
        assert response.headers["Cross-Origin-Resource-Policy"] == "same-origin"


def test_a_browser_that_asks_first_learns_that_reading_is_all_there_is(other):
    response = other.options(
        "/api/search", headers={"Access-Control-Request-Method": "DELETE", **ORIGIN}
    )
    told = allowed(response)
    assert told["access-control-allow-methods"] == "GET, HEAD, OPTIONS"
    assert told["access-control-allow-origin"] == "*"
    assert "access-control-allow-credentials" not in told
    assert "cookie" not in told["access-control-allow-headers"]


def test_whoever_is_refused_can_read_why(other, settings):
    row = {"addresses": "^/api/search$", "requests": 1, "seconds": 3600, "burst": 1}
    settings.RATE_LIMITS = {"search": row}
    visitor = Client(headers=ORIGIN)
    visitor.get("/api/search")
    refused = visitor.get("/api/search")
    assert refused.status_code == 429
    assert allowed(refused)["access-control-allow-origin"] == "*"
    assert refused.headers["Cross-Origin-Resource-Policy"] == "cross-origin"


def test_an_editor_who_is_signed_in_is_answered_as_anybody(other, admin_user):
    other.force_login(admin_user, backend="django.contrib.auth.backends.ModelBackend")
    response = other.get("/api/search")
    assert "access-control-allow-credentials" not in allowed(response)
    assert response.json() == Client().get("/api/search").json()
