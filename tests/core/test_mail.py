"""Messages that wait: kept whole, or written when they leave."""

import pytest
from django.core import mail
from django.core.management import call_command

from hub.core import mail as messages
from hub.core import outbox
from hub.core.mail import Letter, compose_later, register_composer, send_later
from hub.core.models import OutboxItem

pytestmark = pytest.mark.django_db


@pytest.fixture
def write():
    """Whatever is put in it answers for the composer « test »."""
    answers = {}
    register_composer("test", lambda data: answers["letter"](data))
    yield answers
    del messages._composers["test"]


def work():
    call_command("run_worker", once=True)


def letter(**changes):
    values = {"to": "a@coop.example", "subject": "Bonjour", "body": "Texte"}
    return Letter(**values | changes)


def test_a_letter_is_written_when_it_leaves(write):
    compose_later("k", "test", {"number": 1})
    write["letter"] = lambda data: letter(
        body=f"Numéro {data['number']}", reply_to="b@coop.example"
    )
    work()
    (message,) = mail.outbox
    assert (message.to, message.body, message.reply_to) == (
        ["a@coop.example"], "Numéro 1", ["b@coop.example"],
    )  # fmt: skip
    assert not OutboxItem.objects.exists()


def test_a_letter_with_nothing_to_say_is_not_sent_and_does_not_wait(write):
    write["letter"] = lambda data: None
    compose_later("k", "test", {})
    work()
    assert mail.outbox == []
    assert not OutboxItem.objects.exists()


def test_a_letter_that_cannot_be_written_holds_back_no_other(write):
    def broken(data):
        raise KeyError("broken")

    write["letter"] = broken
    send_later("a", subject="Un", body="", to="a@coop.example")
    compose_later("b", "test", {})
    send_later("c", subject="Trois", body="", to="c@coop.example")
    work()
    assert {message.subject for message in mail.outbox} == {"Un", "Trois"}
    assert OutboxItem.objects.get().error == "It could not be written: KeyError."
    outbox.retry(outbox.waiting("mail"))
    work()
    assert len(mail.outbox) == 2


def test_each_attempt_is_the_same_message_unless_its_composer_says_otherwise(write):
    ids = []
    for own in (None, "<own@coop.example>"):
        write["letter"] = lambda data, own=own: letter(headers={"Message-ID": own} if own else {})
        compose_later("k", "test", {})
        work()
        ids.append(mail.outbox[-1].message()["Message-ID"])
    assert ids == [messages.message_id("k"), "<own@coop.example>"]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\x0b", "\u2028"])
def test_a_subject_is_one_line(write, end):
    write["letter"] = lambda data: letter(subject=f"Un{end}Bcc: b@x.example\xa0!")
    compose_later("k", "test", {})
    send_later("l", subject=f"Un{end}Bcc: b@x.example", body="", to="a@coop.example")
    work()
    assert {message.subject for message in mail.outbox} == {
        "Un Bcc: b@x.example\xa0!", "Un Bcc: b@x.example",
    }  # fmt: skip
    assert all(message.message()["Bcc"] is None for message in mail.outbox)
