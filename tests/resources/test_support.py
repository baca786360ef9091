"""A co-op asks for help: kept once, acknowledged once, and never lost."""

import re
from datetime import timedelta

import pytest
from django.core import mail, signing
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from hub.core import outbox
from resources.models import SupportRequest
from resources.support import SALT, RequestForm
from tests.factories import resource
from tests.live import free_port

pytestmark = pytest.mark.django_db
KEY = re.compile(r'name="key" value="([^"]+)"')


@pytest.fixture
def tool(site):
    return resource("tool", "Le registre", request_enabled=True, request_label="Demander")


@pytest.fixture
def send(tool, client):
    """Open the form, fill it in, send it (again, with ``key``); the worker then sends its mails."""

    def run(key=None, **changes):
        key = key or KEY.search(client.get(tool.request_url).content.decode())[1]
        data = {
            "coop": "Coopérative exemple du Lac", "name": "Camille", "phone": "",
            "email": "camille@coop.example", "message": "Bonjour", "website": "", "key": key,
        }  # fmt: skip
        response = client.post(tool.request_url, data | changes)
        call_command("run_worker", once=True)
        response.key = key
        return response

    return run


def test_a_request_is_kept_and_both_sides_are_told(send, tool):
    response = send()
    assert response.status_code == 302
    assert response.headers["Location"].endswith("/demande-recue/")
    kept = SupportRequest.objects.get()
    assert (kept.tool_id, kept.coop, kept.state) == (
        tool.pk,
        "Coopérative exemple du Lac",
        "received",
    )
    to_coop, to_federation = mail.outbox
    assert to_coop.to == ["camille@coop.example"]
    assert to_federation.reply_to == ["camille@coop.example"]
    assert to_federation.to == to_coop.reply_to


def test_the_page_after_can_be_read_and_says_thanks(send, tool, client):
    response = send()
    assert client.get(response.headers["Location"]).status_code == 200


def test_the_same_form_sent_twice_is_one_request_and_one_message(send):
    first = send()
    second = send(key=first.key)
    assert (first.status_code, second.status_code) == (302, 302)
    assert SupportRequest.objects.count() == 1
    assert len(mail.outbox) == 2


def test_another_form_is_another_request(send):
    send()
    send()
    assert SupportRequest.objects.count() == 2


def test_an_expired_form_is_kept_filled_in_and_can_be_sent_again(send, monkeypatch):
    old = signing.dumps("8d0bb9b3-3a52-4a52-8f3e-6a8a29b8f0a1", salt=SALT)
    monkeypatch.setattr("hub.core.visitor_forms.LONGEST_FILLING", timedelta(seconds=-1))
    response = send(key=old)
    assert response.status_code == 422
    page = response.content.decode()
    assert "Coopérative exemple du Lac" in page
    assert not SupportRequest.objects.exists()
    monkeypatch.undo()
    assert KEY.search(page)[1] != old
    assert send(key=KEY.search(page)[1]).status_code == 302


@pytest.mark.parametrize(
    "key",
    ["x", "a:b:c", signing.dumps("pas-un-uuid", salt="autre")],
    ids=["a word", "three parts", "signed for something else"],
)
def test_a_forged_key_is_refused(send, key):
    assert send(key=key).status_code == 422
    assert not SupportRequest.objects.exists()


def test_a_robot_that_fills_everything_in_is_refused(send):
    assert send(website="https://x.example").status_code == 422
    assert not SupportRequest.objects.exists()
    assert mail.outbox == []


@pytest.mark.parametrize(
    "changes",
    [
        {"email": "camille"},
        {"email": "a@coop.example\nBcc: b@x.example"},
        {"coop": ""},
        {"name": ""},
        {"coop": "x" * 151},
        {"message": "x" * 3001},
    ],
    ids=str,
)
def test_what_cannot_be_answered_is_refused_with_its_reason(send, changes):
    response = send(**changes)
    assert response.status_code == 422
    assert set(response.context["form"].errors) == set(changes)
    assert not SupportRequest.objects.exists()


def test_no_header_can_be_added_to_a_message(send):
    send(name="Camille\r\nBcc: b@x.example", coop="Coop\nSubject: autre")
    for message in mail.outbox:
        headers = message.message()
        assert headers["Bcc"] is None
        assert len(headers.get_all("Subject")) == 1
        assert "b@x.example" not in message.recipients()


def test_a_mail_server_that_is_away_costs_neither_the_request_nor_its_messages(send, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()
    assert send().status_code == 302
    assert SupportRequest.objects.count() == 1
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    outbox.retry(outbox.waiting("mail"))
    call_command("run_worker", once=True)
    assert len(mail.outbox) == 2


def test_reading_the_tool_sets_no_cookie_and_its_form_does(tool):
    assert not Client().get(tool.url).cookies
    assert Client().get(tool.request_url).cookies


def test_the_form_is_protected_against_other_sites(tool):
    response = Client(enforce_csrf_checks=True).post(tool.request_url, {"coop": "x"})
    assert response.status_code == 403


def test_a_tool_without_requests_has_no_form(site, client):
    closed = resource("tool", "Un outil")
    assert client.get(closed.request_url).status_code == 404
    assert client.post(closed.request_url, {}).status_code == 404


def test_a_request_outlives_its_tool(send, tool):
    send()
    tool.delete()
    assert SupportRequest.objects.get().tool is None


def test_the_signed_key_is_another_one_for_each_form():
    keys = {RequestForm().initial["key"] for _form in range(3)}
    assert len(keys) == 3
    assert all(signing.loads(key, salt=SALT) for key in keys)


def test_the_day_of_a_request_is_kept(send):
    send()
    assert timezone.now() - SupportRequest.objects.get().created_at < timedelta(minutes=1)
