"""Saves and sendings that arrive at the same moment, on a real database."""

import random
import uuid

import pytest

from hub.core.models import OutboxItem
from resources.reports import drafts
from resources.reports.models import Answer, ReviewEvent
from resources.reports.questionnaire.merging import Typed, digests
from resources.reports.working import working
from tests import campaigns
from tests.answering import together
from tests.database import database_file

RACES, SENDS = 200, 50
KEYS = ("ce_qui_a_marche", "ce_qui_a_moins_marche", "conseil_a_un_pair")
REQUIRED = {
    "date_ag": "2026-05-14",
    "type_ag": {"chosen": ["ago"]},
    "mode_ag": {"chosen": ["presentiel"]},
    "consent_niveau": "anonyme",
}


@pytest.fixture
def draft(copy_of_migrated, django_db_setup, django_db_blocker):
    """A draft in a database of its own, which threads may write to."""
    with django_db_blocker.unblock(), database_file(copy_of_migrated()):
        yield drafts.draft_of(campaigns.participant(campaigns.campaign()))


def test_no_character_is_lost_in_two_hundred_races(draft):
    """What each of both wrote is kept, or comes back to whoever was second, with the other text."""
    chance, section = random.Random(7), draft.campaign.shape.section("recit")
    lost = conflicts = 0
    for race in range(RACES):
        held = working(Answer.objects.get(pk=draft.pk))
        page = Typed()
        seen: dict[str, str] = {}
        for question in section.questions:
            page |= held.fields_of(question)
            seen |= digests(question, held.fields_of(question))
        both = [
            {f"q-{key}": f"{key} {race} {n} é" for key in chance.sample(KEYS, 2)} for n in (0, 1)
        ]

        def save(n, page=page, seen=seen, both=both):
            posted = Typed(page | {name: [text] for name, text in both[n].items()})
            return drafts.save(draft, section, posted, seen)

        saved = together(save, 2, threads=2)
        kept = Answer.objects.get(pk=draft.pk).values.values()
        for wrote, one in zip(both, saved, strict=True):
            shown = [text for c in one.conflicts for texts in c.mine.values() for text in texts]
            lost += sum(len(text) for text in wrote.values() if text not in [*kept, *shown])
            conflicts += len(one.conflicts)
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
