"""A real mail server on this machine, that takes, refuses, stalls or dies as it is told."""

import asyncio
import email
import socket
from collections import Counter
from contextlib import contextmanager
from email.policy import default

from aiosmtpd.controller import Controller


class Mailboxes:
    """Keeps what it takes; answers ``refusal`` about the addresses listed.

    ``fates`` says what becomes of the next messages: "4xx", "5xx", "stall" and "dies" (both once
    the message is kept); the others are taken.
    """

    def __init__(self):
        self.taken, self.refused, self.refusal = [], set(), ""
        self.fates = {}
        self.seen = 0

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address in self.refused:
            return self.refusal
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        fate = self.fates.get(self.seen, "")
        self.seen += 1
        if fate in ("4xx", "5xx"):
            return f"{fate[0]}51 not this one"
        content = email.message_from_bytes(envelope.content, policy=default)
        self.taken.append((envelope.rcpt_tos, content))
        if fate == "stall":
            await asyncio.sleep(4)  # longer than anybody waits
        if fate == "dies":
            server.transport.abort()
        return "250 OK"

    def counts(self):
        """How many messages each address has."""
        return Counter(to for addresses, _content in self.taken for to in addresses)


def free_port(settings):
    """A port where nobody listens, which the mail of the site goes to."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        number = probe.getsockname()[1]
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", number, 2
    return number


@contextmanager
def serving(boxes, port):
    """The server, for the time of a block."""
    controller = Controller(boxes, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield boxes
    finally:
        controller.stop()
