"""Messages handed to a real mail server: taken, refused for good, refused for now, or away."""

import pytest
from django.core.management import call_command

from hub.core import outbox
from hub.core.mail import message_id, send_later
from hub.core.models import OutboxItem
from tests.mailboxes import Mailboxes, free_port, serving

pytestmark = pytest.mark.django_db


@pytest.fixture
def port(settings):
    return free_port(settings)


@pytest.fixture
def server(port):
    with serving(Mailboxes(), port) as boxes:
        yield boxes


def send(name):
    send_later(name, subject="Été : l’assemblée", body="À bientôt.", to=f"{name}@coop.example")


def work():
    call_command("run_worker", once=True)


def test_a_message_arrives_as_it_was_written(server):
    send("anne")
    work()
    ((to, message),) = server.taken
    assert to == ["anne@coop.example"]
    assert message["Subject"] == "Été : l’assemblée"
    assert message["Message-ID"] == message_id("anne")
    assert message.get_content().strip() == "À bientôt."
    assert not OutboxItem.objects.exists()


def test_an_address_refused_for_good_is_given_up_and_the_others_leave(server):
    server.refused, server.refusal = {"anne@coop.example"}, "550 no such mailbox"
    for name in ("anne", "bruno"):
        send(name)
    work()
    assert [to for to, _message in server.taken] == [["bruno@coop.example"]]
    left = OutboxItem.objects.get()
    assert left.given_up_at is not None
    assert "550" in left.error
    assert "anne" not in left.error


def test_an_address_refused_for_now_is_tried_again(server):
    server.refused, server.refusal = {"anne@coop.example"}, "451 come back later"
    send("anne")
    work()
    assert OutboxItem.objects.get().given_up_at is None
    server.refused = set()
    outbox.retry(outbox.waiting("mail"))
    work()
    assert len(server.taken) == 1
    assert not OutboxItem.objects.exists()


def test_a_server_that_is_away_loses_nothing(port):
    send("anne")
    work()
    left = OutboxItem.objects.get()
    assert left.given_up_at is None
    assert "away" in left.error
