"""The form of an alert: what keeps out robots, other sites and forged headers."""

import re
import time

import pytest
from django.core import mail
from django.test import Client

from hub.settings.public_api import rate_limits
from resources.alert_views import AlertForm
from resources.models import SearchAlert
from tests.alerts import CAMILLE, headers, link

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "email",
    ["", "camille", "a@b", "a@coop.example\nBcc: b@x.example", "a@coop.example, b@x.example",
     "a" * 250 + "@coop.example", "<a@coop.example>", "a@coop.example\r\n\r\ntexte"],
)  # fmt: skip
def test_what_is_no_address_is_refused_and_shown_again(camille, email):
    response = camille.ask(email=email)
    assert response.status_code == 422
    assert set(response.context["form"].errors) == {"email"}
    assert "Erreur" in response.content.decode()
    assert not SearchAlert.objects.exists()
    assert mail.outbox == []


def test_a_robot_that_fills_everything_in_is_refused(camille):
    assert camille.ask(website="https://x.example").status_code == 422
    assert not SearchAlert.objects.exists()


def test_whoever_is_quicker_than_a_person_is_asked_once_more(camille, monkeypatch):
    monkeypatch.undo()
    address = "/alerte/?q=quorum"
    client = Client()
    page = client.get(address).content.decode()
    data = {"email": CAMILLE, "key": re.search(r'name="key" value="([^"]+)"', page)[1]}
    assert client.post(address, data).status_code == 422
    assert not SearchAlert.objects.exists()
    time.sleep(AlertForm.shortest_filling + 1.1)
    assert client.post(address, data).status_code == 302
    assert SearchAlert.objects.exists()


def test_the_form_is_protected_against_other_sites(site):
    response = Client(enforce_csrf_checks=True).post("/alerte/?q=quorum", {"email": CAMILLE})
    assert response.status_code == 403


@pytest.mark.parametrize("key", ["", "x", "a:b:c"])
def test_a_forged_key_is_refused(camille, key):
    assert camille.ask(key=key).status_code == 422
    assert not SearchAlert.objects.exists()


def test_only_the_form_sets_a_cookie_and_it_is_never_kept_by_a_cache(camille):
    camille.ask()
    confirmation = link(camille.mailbox()[0], "/alerte/confirmation/")
    form = Client().get("/alerte/")
    assert set(form.cookies) == {"csrf"}
    assert "no-store" in form.headers["Cache-Control"]
    for address in ("/ressources/?q=quorum", "/alerte/demandee/", confirmation):
        assert not Client().get(address).cookies, address


def test_a_search_too_long_to_be_kept_is_refused_with_its_reason(camille):
    query = "&".join(f"theme={'a' * 76}{number}" for number in range(20))
    response = camille.ask(query)
    assert response.status_code == 422
    assert "trop longue" in response.content.decode()


@pytest.mark.parametrize(
    "text",
    ["\r\nBcc: b@x.example", "\x00\x0b", "<script>", "🎉 «\xa0vote\xa0»", "%0d%0a", "a" * 900],
)
def test_no_search_gets_out_of_the_subject(camille, text):
    response = camille.browser.get("/alerte/", {"q": f"mot {text}"})
    assert response.status_code == 200
    assert b"<script>" not in response.content
    camille.ask(response.wsgi_request.META["QUERY_STRING"])
    (message,) = camille.mailbox()
    travelling = headers(message)
    assert travelling["Bcc"] is None
    assert travelling["To"] == CAMILLE
    assert len(travelling.get_all("Subject")) == 1
    assert message.recipients() == [CAMILLE]


def test_a_visitor_sends_five_forms_an_hour_and_people_are_told_when_to_come_back(
    camille, settings
):
    settings.RATE_LIMITS = rate_limits(1)
    camille.browser = Client(enforce_csrf_checks=True)
    for number in range(5):
        assert camille.ask(f"q=mot{number}").status_code == 302
    refused = camille.ask("q=encore")
    assert refused.status_code == 429
    assert refused.headers["Content-Type"] == "application/problem+json"
    assert refused.headers["RateLimit-Policy"] == '"alert-form";q=5;w=3600'
    assert 600 < int(refused.headers["Retry-After"]) <= 720
    page = camille.browser.post("/alerte/", headers={"Accept": "text/html,*/*"})
    assert page.status_code == 429
    assert "Attendez 12 minutes" in page.content.decode()
    english = camille.browser.post("/en/alerte/", headers={"Accept": "text/html"})
    assert "Wait 12 minutes" in english.content.decode()
    assert camille.browser.get("/alerte/").status_code == 200


def test_nobody_sends_a_link_to_a_stranger_by_way_of_a_search(camille):
    camille.ask("q=Gagnez+sur+https://autre.example/x+ou+www.autre.example+ou+a@autre.example")
    (message,) = camille.mailbox()
    assert "Gagnez sur https" in message.subject
    for text in (message.subject, message.body):
        assert "autre.example" not in text
        assert "autre" in text
    assert len(re.findall("https?://", message.body)) == 2  # to confirm, and the site itself
