"""Messages handed to a real mail server: taken, refused for good, refused for now, or away."""

import email
import socket
from email.policy import default

import pytest
from aiosmtpd.controller import Controller
from django.core.management import call_command

from hub.core import outbox
from hub.core.mail import message_id, send_later
from hub.core.models import OutboxItem

pytestmark = pytest.mark.django_db


class Mailboxes:
    """Keeps what it takes; answers `refusal` about the addresses listed."""

    def __init__(self):
        self.taken, self.refused, self.refusal = [], set(), ""

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address in self.refused:
            return self.refusal
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        content = email.message_from_bytes(envelope.content, policy=default)
        self.taken.append((envelope.rcpt_tos, content))
        return "250 OK"


@pytest.fixture
def port(settings):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        number = probe.getsockname()[1]
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", number, 2
    return number


@pytest.fixture
def server(port):
    boxes = Mailboxes()
    controller = Controller(boxes, hostname="127.0.0.1", port=port)
    controller.start()
    yield boxes
    controller.stop()


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
