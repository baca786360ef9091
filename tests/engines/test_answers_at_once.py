"""Saves, sendings and moderators that arrive at the same moment, on a real PostgreSQL server."""

import uuid

import pytest
from django.db import connection

from hub.core.models import OutboxItem
from resources.reports import drafts, moderation, workflow
from resources.reports.models import Answer, ReviewEvent
from tests import campaigns
from tests.answering import together
from tests.two_devices import REQUIRED, raced

SENDS, RACES = 50, 200
State = Answer.State


@pytest.fixture
def draft(stand):
    """A draft on a database of its own, which threads may write to."""
    with stand("postgres"):
        assert connection.vendor == "postgresql"
        yield drafts.draft_of(campaigns.participant(campaigns.campaign()))


@pytest.mark.parametrize("same_page", [True, False])
def test_fifty_sendings_are_one_answer_with_one_receipt(draft, same_page):
    Answer.objects.filter(pk=draft.pk).update(values=REQUIRED)
    key = uuid.uuid4()
    together(lambda _n: drafts.send(draft, key if same_page else uuid.uuid4()), SENDS)
    assert Answer.objects.get().state == Answer.State.RECEIVED
    assert ReviewEvent.objects.count() == 1
    assert OutboxItem.objects.filter(key__startswith="answer-receipt").count() == 1


def test_colleagues_who_open_the_link_at_once_share_one_draft(draft):
    other = campaigns.participant(draft.campaign, campaigns.coop("Les Jardins Clairs"))
    assert len(set(together(lambda _n: drafts.draft_of(other).pk, 20))) == 1


def test_no_character_is_lost_in_two_hundred_races_of_two_devices(draft):
    lost, conflicts = raced(draft, RACES)
    assert lost == 0
    assert conflicts >= RACES  # two of three texts each: they always meet in one


def test_of_two_moderators_at_once_one_is_told_that_the_other_was_first(draft):
    Answer.objects.filter(pk=draft.pk).update(values=REQUIRED)
    answer = drafts.send(draft, uuid.uuid4())
    lost = 0
    for race in range(RACES):
        answer.refresh_from_db()
        steps = (State.REFUSED, State.CHANGE_ASKED)
        if answer.state != State.IN_REVIEW:
            steps = (State.IN_REVIEW, State.IN_REVIEW)

        def act(n, steps=steps, race=race, seen=answer.review_version):
            by = moderation.By(f"{race} {n}", seen=seen)
            try:
                moderation.take_step(Answer.objects.get(pk=answer.pk), steps[n], by, f"Raison {n}")
            except workflow.SeenByAnotherError:
                return None
            return n

        (first,) = [n for n in together(act, 2, threads=2) if n is not None]
        answer.refresh_from_db()
        lost += answer.state != steps[first] or answer.events.last().who != f"{race} {first}"
        if answer.state == State.CHANGE_ASKED:
            lost += answer.question != f"Raison {first}"
    assert lost == 0
    assert answer.events.count() == RACES + 1
