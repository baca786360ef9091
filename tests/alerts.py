"""Asks for alerts as a reader does: the form, the mailbox, the links of the messages."""

import re
from dataclasses import dataclass
from datetime import timedelta
from email import message_from_bytes

from django.core import mail
from django.core.management import call_command
from django.db.models import F
from django.http import HttpResponse
from django.test import Client, TestCase

from resources.models import SearchAlert

KEY = re.compile(r'name="key" value="([^"]+)"')
ADDRESS = re.compile(r"http://127\.0\.0\.1:8000(/\S*)")
CAMILLE = "camille@coop.example"


@dataclass
class Reader:
    """Somebody with a browser and a mailbox."""

    email: str = CAMILLE

    def __post_init__(self):
        self.browser = Client(enforce_csrf_checks=True)

    def ask(self, query="q=quorum", prefix="", **changes):
        """Fill in the form of a search and send it; the worker then has its turn."""
        address = f"{prefix}/alerte/?{query}"
        page = self.browser.get(address).content.decode()
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[1]
        key = KEY.search(page)[1]
        data = {"email": self.email, "website": "", "key": key, "csrfmiddlewaretoken": token}
        response = self.browser.post(address, data | changes)
        work()
        return response

    def confirm(self):
        """Open the link of the last message and press its button."""
        return self.press(link(self.mailbox()[-1], "/alerte/confirmation/"))

    def follow(self, query="q=quorum", prefix=""):
        """Ask, confirm, and come back when nothing is left to read."""
        self.ask(query, prefix)
        assert self.confirm().status_code == 200
        mail.outbox.clear()
        return SearchAlert.objects.latest("pk")

    @staticmethod
    def press(address) -> HttpResponse:
        """Press the button of a page: what mail programs do as well, without any cookie."""
        return Client(enforce_csrf_checks=True).post(address, {"List-Unsubscribe": "One-Click"})

    def mailbox(self):
        return [message for message in mail.outbox if self.email.lower() in message.to]


def work():
    """One round of the worker, with what it does once its transactions are kept."""
    with TestCase.captureOnCommitCallbacks(execute=True):
        call_command("run_worker", once=True)


def link(message, beginning):
    """The path of the one link of a message that begins so."""
    (found,) = {
        path
        for path in ADDRESS.findall(message.body)
        if path.removeprefix("/en").startswith(beginning)
    }
    return found


def headers(message):
    """The headers as they travel."""
    return message_from_bytes(message.message().as_bytes())


def a_week_passes(days=7, hours=1):
    """Everything that has a date for alerts becomes older; what is published does not."""
    gap = timedelta(days=days, hours=hours)
    names = ("created_at", "confirmed_at", "last_sent_at", "seen_until")
    SearchAlert.objects.update(**{name: F(name) - gap for name in names})


def next_week():
    """A week later, all mail delivered: what the mailbox of everybody holds."""
    mail.outbox.clear()
    a_week_passes()
    work()
    return list(mail.outbox)


def told(message):
    """The titles a message names."""
    return [line[2:] for line in message.body.splitlines() if line.startswith("- ")]
