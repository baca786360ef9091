"""The links of the messages: opened, they change nothing; their buttons confirm or stop."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from hub.core import outbox
from hub.settings.public_api import rate_limits
from resources.digests import take_a_turn
from resources.models import SearchAlert
from tests.alerts import CAMILLE, Reader, a_week_passes, headers, link, work
from tests.factories import resource

pytestmark = pytest.mark.django_db


# -- Confirming ----------------------------------------------------------------------------------


def test_opening_the_link_changes_nothing_and_its_button_confirms(camille):
    camille.ask()
    address = link(camille.mailbox()[0], "/alerte/confirmation/")
    with CaptureQueriesContext(connection) as captured:
        for method in ("get", "head", "get"):
            response = getattr(Client(), method)(address)
            assert response.status_code == 200
    assert not [q for q in captured if q["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
    assert SearchAlert.objects.get().confirmed_at is None
    assert "Je confirme" in response.content.decode()
    assert "quorum" in response.content.decode()
    done = camille.press(address)
    assert "Votre alerte est active" in done.content.decode()
    assert timezone.now() - SearchAlert.objects.get().confirmed_at < timedelta(minutes=1)


def test_confirming_twice_is_confirming_once(camille):
    camille.ask()
    camille.confirm()
    before = SearchAlert.objects.values().get()
    assert "Votre alerte est active" in camille.confirm().content.decode()
    assert SearchAlert.objects.values().get() == before


@pytest.mark.parametrize("token", ["x", "a" * 43, "é", "%00", "a" * 3_000])
def test_a_token_that_nobody_sent_leads_nowhere(camille, token):
    camille.ask()
    for answer in (
        Client().get(f"/alerte/confirmation/{token}/"),
        Reader.press(f"/alerte/confirmation/{token}/"),
    ):
        assert answer.status_code == 404
    assert SearchAlert.objects.get().confirmed_at is None


def test_the_digest_that_is_kept_is_not_a_token(camille):
    camille.ask()
    digest = SearchAlert.objects.get().token_hash
    assert Reader.press(f"/alerte/confirmation/{digest}/").status_code == 404


def test_the_pages_of_links_tell_their_address_to_nobody(camille):
    camille.ask()
    response = Client().get(link(camille.mailbox()[0], "/alerte/confirmation/"))
    assert response.headers["Referrer-Policy"] == "no-referrer"
    assert "no-store" in response.headers["Cache-Control"]
    assert 'content="noindex"' in response.content.decode()


# -- Stopping ------------------------------------------------------------------------------------


@pytest.fixture
def stop(camille):
    """The address that stops an alert, from the header of its first digest."""
    camille.follow()
    a_week_passes()
    resource("guide", "Le quorum")
    work()
    address = headers(camille.mailbox()[0])["List-Unsubscribe"].strip()
    return address.removeprefix("<http://127.0.0.1:8000").removesuffix(">")


def test_opening_the_stop_link_changes_nothing_and_its_button_erases_the_row(stop):
    for method in ("get", "head"):
        assert getattr(Client(), method)(stop).status_code == 200
    assert "Arrêter l’alerte" in Client().get(stop).content.decode()
    assert SearchAlert.objects.count() == 1
    done = Client(enforce_csrf_checks=True).post(stop)
    assert done.status_code == 200
    assert not done.cookies
    assert "Cette alerte est arrêtée" in done.content.decode()
    assert not SearchAlert.objects.exists()


def test_a_mail_program_stops_it_at_once_and_may_say_so_twice(stop):
    for _attempt in range(2):
        response = Reader.press(stop)
        assert response.status_code == 200
        assert "Location" not in response.headers
    assert not SearchAlert.objects.exists()
    assert "Cette alerte est arrêtée" in Client().get(stop).content.decode()


def test_a_mail_server_that_stops_many_is_not_held_back(stop, settings):
    settings.RATE_LIMITS = rate_limits(1)
    client = Client()
    assert {client.post(stop).status_code for _alert in range(50)} == {200}


def test_one_alert_is_stopped_and_not_the_others(camille, stop):
    camille.follow("q=vote")
    Reader("autre@coop.example").follow()
    Reader.press(stop)
    assert set(SearchAlert.objects.values_list("email", "parameters")) == {
        (CAMILLE, "q=vote"),
        ("autre@coop.example", "q=quorum"),
    }


@pytest.mark.parametrize(
    "change", [lambda c: c[:-1], lambda c: "x" + c[1:], lambda c: "none", lambda c: c.split(":")[0]]
)
def test_a_forged_stop_link_stops_nothing(stop, change):
    code = stop.split("/")[-2]
    forged = stop.replace(code, change(code))
    assert Reader.press(forged).status_code == 404
    assert SearchAlert.objects.count() == 1


def test_a_message_that_waits_is_not_sent_once_its_alert_is_stopped(camille):
    camille.follow()
    a_week_passes()
    resource("guide", "Le quorum")
    take_a_turn()
    assert outbox.waiting("mail").count() == 1
    SearchAlert.objects.all().delete()
    work()
    assert mail.outbox == []
    assert not outbox.waiting("mail").exists()
