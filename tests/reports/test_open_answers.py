"""Answering without an invitation: an address is confirmed first, and a flood stays outside."""

import base64
import json
import re
from html import unescape
from types import SimpleNamespace

import altcha
import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from resources.reports.models import Answer, OpenRequest
from tests import campaigns
from tests.alerts import link, work

pytestmark = pytest.mark.usefixtures("site")
FORM = "/campagnes/retours-ag-2026/sans-invitation/"
HIDDEN = re.compile(r'name="(csrfmiddlewaretoken|key)" value="([^"]+)"')
CAMILLE = "camille@coop.example"


@pytest.fixture
def campaign():
    return campaigns.campaign(open_to_all=True)


def opened() -> SimpleNamespace:
    """A browser with the form."""
    browser = Client(enforce_csrf_checks=True)
    page = browser.get(FORM).content.decode()
    challenge = unescape(re.search(r'data-work="([^"]+)"', page)[1])
    return SimpleNamespace(
        browser=browser, hidden=dict(HIDDEN.findall(page)), challenge=json.loads(challenge)
    )


def worked(challenge: dict) -> str:
    """What the script of the page finds."""
    found = altcha.solve_challenge(
        challenge["challenge"], challenge["salt"], challenge["algorithm"], 60_000
    )
    told = {name: challenge[name] for name in ("algorithm", "challenge", "salt", "signature")}
    return base64.b64encode(json.dumps(told | {"number": found.number}).encode()).decode()


def send(form, email=CAMILLE, after=10, address="127.0.0.1", **changes):
    data = {**form.hidden, "coop_name": "Le Grand Large", "email": email, "website": ""}
    with pytest.MonkeyPatch.context() as patch:
        later = timezone.now().timestamp() + after
        patch.setattr("django.core.signing.time.time", lambda: later)
        return form.browser.post(FORM, data | changes, REMOTE_ADDR=address)


def test_from_the_form_to_the_draft(campaign):
    form = opened()
    response = send(form, work=worked(form.challenge))
    assert response.status_code == 302
    assert OpenRequest.objects.get().was_worked_for
    assert not Answer.objects.exists()
    work()
    (message,) = mail.outbox
    assert message.to == [CAMILLE]
    path = link(message, "/campagnes/r/")
    browser = Client(enforce_csrf_checks=True)
    page = browser.get(path)
    assert page.status_code == 200
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert not Answer.objects.exists()  # whatever follows links by itself begins nothing
    for _twice in range(2):
        assert (
            browser.post(path, headers={"origin": "null"}).headers["Location"]
            == "/campagnes/retours-ag-2026/"
        )
    answer = Answer.objects.get()
    assert (answer.email, answer.coop_name) == (CAMILLE, "Le Grand Large")
    assert answer.verified_at
    assert answer.participant is None
    assert answer.values == {"nom_coop": "Le Grand Large"}
    assert not OpenRequest.objects.exists()
    assert Client().get(path).status_code == 302  # the same link opens it from now on
    assert browser.get("/campagnes/retours-ag-2026/relecture/").status_code == 200


def test_without_a_script_the_mail_alone_confirms(campaign):
    assert send(opened()).status_code == 302
    assert not OpenRequest.objects.get().was_worked_for
    work()
    assert len(mail.outbox) == 1


@pytest.mark.parametrize(
    "work_done", ["x", "e30=", "W10=", base64.b64encode(b'{"number": []}').decode(), "x" * 9000]
)
def test_a_wrong_work_is_no_work_and_no_error(campaign, work_done):
    assert send(opened(), work=work_done).status_code == 302
    assert not OpenRequest.objects.get().was_worked_for


def test_a_work_serves_once(campaign):
    cache.clear()
    form = opened()
    done = worked(form.challenge)
    send(form, work=done)
    send(form, work=done, email="second@coop.example")
    requests = OpenRequest.objects.order_by("pk").values_list("was_worked_for", flat=True)
    assert list(requests) == [True, False]


def test_robots_are_kept_out(campaign):
    assert send(opened(), website="http://spam.example").status_code == 422
    assert send(opened(), after=0).status_code == 422
    assert not OpenRequest.objects.exists()


def test_an_invited_co_op_receives_its_own_link(campaign):
    coop = campaigns.participant(campaign)
    email = coop.contacts.get().email
    send(opened(), email=email)
    work()
    (message,) = mail.outbox
    browser = Client()
    assert browser.get(link(message, "/campagnes/r/")).status_code == 302
    assert not OpenRequest.objects.exists()
    assert browser.post("/campagnes/retours-ag-2026/").status_code == 302
    assert Answer.objects.get().participant == coop


def test_the_same_address_twice_is_one_request_and_one_mail(campaign):
    for _each in range(3):
        send(opened())
    work()
    assert OpenRequest.objects.count() == len(mail.outbox) == 1


def test_a_flood_without_work_stays_small_and_lets_the_others_in(campaign):
    for number in range(40):
        send(opened(), email=f"robot{number}@coop.example")
    assert OpenRequest.objects.count() == 20
    form = opened()
    assert send(form, work=worked(form.challenge)).status_code == 302
    assert OpenRequest.objects.filter(email=CAMILLE).exists()


def test_at_most_two_hundred_requests_wait(campaign):
    OpenRequest.objects.bulk_create(
        OpenRequest(campaign=campaign, coop_name="x", email=f"{n}@coop.example") for n in range(200)
    )
    form = opened()
    response = send(form, work=worked(form.challenge))
    assert response.status_code == 429
    assert "revenez dans une heure" in response.content.decode()
    assert OpenRequest.objects.count() == 200
    OpenRequest.objects.update(made_at=timezone.now() - timezone.timedelta(days=4))
    assert send(opened()).status_code == 302
    assert OpenRequest.objects.count() == 1


def test_a_campaign_that_is_not_open_to_all_or_not_open_has_no_such_form(campaign):
    campaign.open_to_all = False
    campaign.save()
    assert Client().get(FORM).status_code == 404
    campaign.open_to_all, campaign.closes_at = True, timezone.now()
    campaign.save()
    assert Client().get(FORM).status_code == 404


def test_nothing_else_is_taken_from_the_form(campaign):
    data = {"campaign": "9", "digest": "x", "was_worked_for": "on", "made_at": "2020-01-01"}
    send(opened(), **data)
    asked = OpenRequest.objects.get()
    assert (asked.campaign, asked.digest, asked.was_worked_for) == (campaign, "", False)


def test_a_name_brings_neither_link_nor_header_into_the_mailbox(campaign):
    send(opened(), coop_name="Gagnez http://spam.example\r\nBcc: all@coop.example")
    work()
    (message,) = mail.outbox
    assert "spam.example" not in message.body
    assert set(message.message().keys()) >= {"Subject", "To"}
    assert "Bcc" not in message.message()


def test_the_link_of_the_mail_begins_with_the_address_of_the_site_whatever_host_was_asked(campaign):
    form = opened()
    form.browser.defaults["HTTP_HOST"] = "localhost"
    assert send(form).status_code == 302
    work()
    (message,) = mail.outbox
    assert "http://127.0.0.1:8000/campagnes/r/" in message.body
    assert "localhost" not in message.body
