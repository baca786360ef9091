"""Saves and sendings that arrive at the same moment, on a real database."""

import uuid

import pytest

from hub.core.models import OutboxItem
from resources.reports import drafts
from resources.reports.models import Answer, ReviewEvent
from tests import campaigns
from tests.answering import together
from tests.database import database_file
from tests.two_devices import REQUIRED, raced

RACES, SENDS = 200, 50


@pytest.fixture
def draft(copy_of_migrated, django_db_setup, django_db_blocker):
    """A draft in a database of its own, which threads may write to."""
    with django_db_blocker.unblock(), database_file(copy_of_migrated()):
        yield drafts.draft_of(campaigns.participant(campaigns.campaign()))


def test_no_character_is_lost_in_two_hundred_races(draft):
    """What each of both wrote is kept, or comes back to whoever was second, with the other text."""
    lost, conflicts = raced(draft, RACES)
    assert lost == 0
    assert conflicts >= RACES  # two of three texts each: they always meet in one


def test_fifty_sendings_at_once_are_one_answer_with_one_receipt(draft):
    Answer.objects.filter(pk=draft.pk).update(values=REQUIRED)
    key = uuid.uuid4()
    sent = together(lambda _n: drafts.send(draft, key).sent_at, SENDS)
    assert len(set(sent)) == 1
    assert ReviewEvent.objects.count() == 1
    assert OutboxItem.objects.filter(key__startswith="answer-receipt").count() == 1
    answer = Answer.objects.get()
    assert (answer.state, answer.send_key) == (Answer.State.RECEIVED, key)


def test_fifty_devices_that_send_at_once_send_one_answer(draft):
    Answer.objects.filter(pk=draft.pk).update(values=REQUIRED)
    together(lambda _n: drafts.send(draft, uuid.uuid4()), SENDS)
    assert ReviewEvent.objects.count() == 1
    assert OutboxItem.objects.filter(key__startswith="answer-receipt").count() == 1


def test_colleagues_who_open_the_link_at_once_share_one_draft(draft):
    other = campaigns.participant(draft.campaign, campaigns.coop("Les Jardins Clairs"))
    assert len(set(together(lambda _n: drafts.draft_of(other).pk, 20))) == 1
