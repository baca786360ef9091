"""A secret link opens one answer, once exchanged for a cookie; whatever is not one opens nothing."""

import re
from types import SimpleNamespace
from urllib.parse import urlsplit

import pytest
from django.apps import apps
from django.db.models import Model
from django.test import Client
from django.utils import timezone

from resources.reports.access import cookie_name, new_link, revoke
from resources.reports.models import AccessLink
from tests import campaigns

pytestmark = pytest.mark.usefixtures("site")
TIMES = 100


@pytest.fixture
def season() -> SimpleNamespace:
    campaign = campaigns.campaign()
    return SimpleNamespace(campaign=campaign, coop=campaigns.participant(campaign))


def path_of(link: str) -> str:
    return urlsplit(link).path


def rows() -> dict[str, list[Model]]:
    return {m._meta.label: list(m._default_manager.values()) for m in apps.get_models()}


def words(response) -> str:
    """A page without what differs from one request to the next."""
    return re.sub(r'name="(csrfmiddlewaretoken|key)" value="[^"]*"', "", response.content.decode())


def test_a_link_is_exchanged_for_a_cookie_and_leaves_the_address(season):
    link = new_link(contact=season.coop.contacts.get())
    secret = link.rstrip("/").rpartition("/")[2]
    browser = Client()
    response = browser.get(path_of(link))
    assert response.status_code == 302
    assert secret not in response.headers["Location"]
    assert response.headers["Referrer-Policy"] == "no-referrer"
    cookie = response.cookies[cookie_name("retours-ag-2026")]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert secret not in cookie.value
    assert secret not in str(AccessLink.objects.values())
    assert len(secret) >= 43  # 256 bits in base 64


def test_opening_a_link_writes_nothing(season):
    path = path_of(new_link(contact=season.coop.contacts.get()))
    before = rows()
    Client().get(path)
    Client().head(path)
    assert rows() == before


def test_a_mail_that_is_tried_again_brings_the_same_link(season):
    contact = season.coop.contacts.get()
    first = new_link(contact=contact, message="opening-12")
    assert new_link(contact=contact, message="opening-12") == first
    assert Client().get(path_of(first)).status_code == 302
    other = new_link(contact=contact, message="reminder-12")
    assert other != first
    assert new_link(contact=contact, message="opening-12") == first
    assert Client().get(path_of(first)).status_code == 404
    assert Client().get(path_of(other)).status_code == 302


def a_link(season, kind: str) -> str:
    """A link that opens nothing any more, or never did."""
    link = new_link(contact=season.coop.contacts.get())
    row = AccessLink.objects.latest("pk")
    if kind == "expired":
        AccessLink.objects.filter(pk=row.pk).update(expires_at=timezone.now())
    elif kind == "revoked":
        revoke(AccessLink.objects.filter(pk=row.pk))
    elif kind == "replaced":
        new_link(contact=season.coop.contacts.get())
    elif kind == "tampered":
        return f"{path_of(link)[:-3]}xx/"
    return path_of(link)


@pytest.mark.parametrize("kind", ["expired", "revoked", "tampered", "replaced"])
def test_a_hundred_dead_links_lead_to_the_same_page(season, kind):
    unknown = words(Client().get("/campagnes/r/never-made/"))
    for _each in range(TIMES):
        response = Client().get(a_link(season, kind))
        assert response.status_code == 404
        assert words(response) == unknown
        assert not response.cookies
