"""Campaign mails handed to a real mail server that refuses, stalls, dies, or is away."""

import pytest

from hub.core import outbox
from hub.core.mail import message_id
from hub.core.models import OutboxItem
from resources.reports.mailing.planning import key_of, messages_of
from resources.reports.models import Contact, PlannedMail, SentMail
from tests.alerts import work
from tests.mailboxes import Mailboxes, free_port, serving
from tests.mailing import invite, passes, season

pytestmark = pytest.mark.django_db
Outcome = SentMail.Outcome


@pytest.fixture
def port(settings):
    return free_port(settings)


@pytest.fixture
def opened(site):
    """A campaign that has just opened."""
    campaign = season()
    passes(hours=2)
    return campaign


def outcomes():
    return sorted(SentMail.objects.values_list("outcome", flat=True))


def addresses():
    return set(Contact.objects.values_list("email", flat=True))


def test_a_server_that_is_away_loses_nothing_and_each_attempt_comes_at_its_time(opened, port):
    invite(opened, 3)
    work()
    assert outcomes() == [Outcome.WAITING] * 3
    for minutes in (1, 5, 30, 120, 360):
        passes(minutes=minutes - 0.5)
        work()  # too early: nothing is tried
        passes(minutes=0.6)
        work()
    assert set(OutboxItem.objects.values_list("attempts", flat=True)) == {6}
    passes(minutes=1441)
    with serving(Mailboxes(), port) as boxes:
        work()
    assert boxes.counts() == dict.fromkeys(addresses(), 1)
    assert outcomes() == [Outcome.SENT] * 3


def test_an_address_refused_for_good_is_marked_and_receives_nothing_more(opened, port):
    bad, good = (p.contacts.get() for p in invite(opened, 2))
    boxes = Mailboxes()
    boxes.refused, boxes.refusal = {bad.email}, "550 no such mailbox"
    with serving(boxes, port):
        work()
        assert boxes.counts() == {good.email: 1}
        bad.refresh_from_db()
        assert (bad.state, "550" in bad.state_why) == (Contact.State.BOUNCED, True)
        assert outcomes() == [Outcome.REFUSED, Outcome.SENT]
        assert messages_of(opened.pk).filter(given_up_at__isnull=False).count() == 1
        boxes.refused = set()
        passes(days=14)
        work()
    assert boxes.counts() == {good.email: 2}


def test_a_wrong_password_marks_nobody(opened, port, settings):
    """The server refuses us, not the address: contacts stay, and the messages are shown as given up."""
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = "hub"
    invite(opened, 2)
    with serving(Mailboxes(), port):
        work()
    assert set(Contact.objects.values_list("state", flat=True)) == {Contact.State.ACTIVE}
    assert outcomes() == [Outcome.WAITING] * 2


def test_one_hundred_and_sixty_mails_through_every_accident(opened, port):
    """Nobody is forgotten; a copy too many only where the server died with the message in hand."""
    invite(opened, 160)
    boxes = Mailboxes()
    boxes.fates = {5: "4xx", 20: "dies", 21: "4xx", 60: "stall", 90: "dies", 120: "4xx"}
    with serving(boxes, port):
        for minutes in (0, 1.1, 5.1, 30.1):
            passes(minutes=minutes)
            work()
    counts = boxes.counts()
    assert set(counts) == addresses()
    assert sum(counts.values()) == 160 + 3  # died twice, stalled once
    assert outcomes() == [Outcome.SENT] * 160
    opening = PlannedMail.objects.get(kind=PlannedMail.Kind.OPENING)
    ids = {c.email: message_id(key_of(opening, c.pk)) for c in Contact.objects.all()}
    assert all(content["Message-ID"] == ids[to] for (to,), content in boxes.taken)


def test_a_worker_that_dies_after_noting_a_mail_does_not_send_it_again(opened, port):
    """The message has left and is noted; its task is still there, as after a kill."""
    invite(opened, 1)
    with serving(Mailboxes(), port) as boxes:
        work()
        sending = SentMail.objects.get()
        data = {"mail": sending.mail_id, "contact": sending.contact_id}
        outbox.ask("mail", {"again": {"composer": "campaign-mail", "data": data}})
        work()
    assert len(boxes.taken) == 1


def test_a_name_adds_no_header_and_each_mail_can_be_stopped_in_one_click(opened, port):
    (coop,) = invite(opened, 1)
    coop.organisation.name = "Les Toits\r\nBcc: tous@exemple.example\r\n\r\nBonjour"
    coop.organisation.save()
    Contact.objects.update(name="Camille\nX-Autre: oui")
    PlannedMail.objects.update(subject_fr="{coop} et {name}")
    with serving(Mailboxes(), port) as boxes:
        work()
    ((to, message),) = boxes.taken
    assert to == [coop.contacts.get().email]
    assert not {"Bcc", "X-Autre"} & set(message.keys())
    assert "Les Toits  Bcc: tous@exemple.example" in message["Subject"]
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert (
        message["List-Unsubscribe"]
        .strip()
        .startswith("<http://127.0.0.1:8000/campagnes/courriels/arret/")
    )
    assert message["Auto-Submitted"] == "auto-generated"
