"""The last link of each mail: a page with a button, one click for a mail program."""

import pytest
from django.core import mail
from django.test import Client

from resources.reports.mailing.stopping import stop_path
from resources.reports.models import Contact
from tests import campaigns
from tests.alerts import work
from tests.mailing import STOP, invite, passes, season

pytestmark = pytest.mark.django_db


@pytest.fixture
def contact(site):
    return campaigns.participant(campaigns.campaign(live=True)).contacts.get()


def state(contact):
    contact.refresh_from_db()
    return contact.state


def test_looking_at_the_page_changes_nothing(contact, client):
    page = client.get(stop_path(contact))
    assert page.status_code == 200
    assert page["Referrer-Policy"] == "no-referrer"
    assert "Retours AG 2026" in page.content.decode()
    client.head(stop_path(contact))
    assert state(contact) == Contact.State.ACTIVE


def test_a_mail_program_stops_the_mails_without_a_cookie(contact):
    post = {"List-Unsubscribe": "One-Click"}
    answer = Client(enforce_csrf_checks=True).post(stop_path(contact), post)
    assert answer.status_code == 200
    assert state(contact) == Contact.State.STOPPED
    assert "par le lien d’un courriel" in contact.state_why


def test_the_address_stops_wherever_it_stands(contact, client):
    other = campaigns.participant(
        campaigns.campaign(slug="autre", season=2025), campaigns.coop("Autre")
    )
    other.contacts.update(email=contact.email.upper())
    client.post(stop_path(contact))
    assert state(other.contacts.get()) == Contact.State.STOPPED


def test_a_link_that_we_did_not_write_is_not_there(contact, client):
    path = stop_path(contact)
    for wrong in (path[:-2] + "/", path.replace("arret/", "arret/1"), path.split(":")[0] + "/"):
        assert client.post(wrong).status_code == 404
    assert state(contact) == Contact.State.ACTIVE


def test_an_address_that_is_erased_meanwhile_is_told_so(contact, client):
    path = stop_path(contact)
    contact.delete()
    assert client.get(path).status_code == client.post(path).status_code == 404


def test_whoever_stops_between_asking_and_leaving_receives_nothing(site):
    invite(season(), 1)
    passes(hours=2)
    work()
    (message,) = mail.outbox
    Client().post(STOP.search(message.body)[1])
    passes(days=14)
    work()
    assert len(mail.outbox) == 1


def test_the_page_speaks_the_language_of_the_contact(contact, client):
    contact.language = "en"
    contact.save()
    assert stop_path(contact).startswith("/en/")
    assert "Send me no more mail" in client.get(stop_path(contact)).content.decode()
