"""Tasks that wait: asked with their transaction, done once, again until they succeed."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.db.models.functions import Now

from hub.core import outbox
from hub.core.models import OutboxItem
from hub.core.outbox import Failure, Handler, NotNowError
from tests.clocks import clock_off_by

pytestmark = pytest.mark.django_db
KIND = "test"
DELAYS = (timedelta(minutes=1), timedelta(minutes=5))


class Hand:
    """Does tasks of the kind « test » as it is told: ``answer`` may raise or name failures."""

    def __init__(self, **options):
        self.seen = []
        self.answer = lambda items: {}
        self.handler = Handler(KIND, self.work, delays=DELAYS, batch=10, **options)
        outbox.register(self.handler)

    def work(self, items):
        self.seen += [(item.key, item.version, item.payload) for item in items]
        return self.answer(items)

    def fails(self, final=False):
        self.answer = lambda items: {item.pk: Failure("no", final) for item in items}


@pytest.fixture
def hand():
    yield Hand()
    outbox._handlers.pop(KIND)


def ask(key="a", **payload):
    outbox.ask(KIND, {key: payload})


def later(minutes):
    """Make the time of the database pass for the tasks that wait."""
    gap = timedelta(minutes=minutes)
    for item in OutboxItem.objects.filter(kind=KIND):
        item.due_at -= gap
        item.leased_until = item.leased_until and item.leased_until - gap
        item.save()


def work():
    return outbox.drain([KIND])


def test_a_task_is_done_once_and_forgotten(hand):
    ask(word="one")
    assert work() == 1
    assert hand.seen == [("a", 1, {"word": "one"})]
    assert work() == 0
    assert not OutboxItem.objects.exists()


def test_a_task_goes_with_its_transaction(hand):
    with transaction.atomic():
        ask()
        transaction.set_rollback(True)
    assert work() == 0


def test_asking_twice_before_it_is_done_is_one_task_with_the_last_words(hand):
    ask(word="one")
    ask(word="two")
    assert work() == 1
    assert hand.seen == [("a", 2, {"word": "two"})]


def test_what_is_asked_while_a_worker_is_at_it_is_done_again(hand):
    def asked_meanwhile(items):
        if items[0].version == 1:
            ask(word="two")
        return {}

    hand.answer = asked_meanwhile
    ask(word="one")
    work()
    assert [version for _key, version, _payload in hand.seen] == [1, 2]
    assert not OutboxItem.objects.exists()


def test_a_failure_waits_longer_each_time_and_is_given_up_after_the_last(hand):
    hand.fails()
    ask()
    for minutes in (1, 5):
        assert work() == 0
        later(minutes - 0.5)
        assert work() == 0
        later(0.6)
    assert len(hand.seen) == 2
    work()
    item = OutboxItem.objects.get()
    assert len(hand.seen) == 3
    assert item.given_up_at is not None
    assert item.error == "no"
    later(10_000)
    work()
    assert len(hand.seen) == 3


def test_what_was_given_up_can_be_tried_again(hand):
    hand.fails(final=True)
    ask()
    work()
    assert OutboxItem.objects.get().given_up_at is not None
    hand.answer = lambda items: {}
    assert outbox.retry(outbox.waiting(KIND)) == 1
    assert work() == 1


def test_an_exception_is_a_failure_of_the_batch_and_is_kept_with_it(hand):
    def broken(items):
        raise ValueError("broken")

    hand.answer = broken
    ask()
    work()
    assert OutboxItem.objects.get().error == "ValueError: broken"


def test_while_the_other_side_is_away_attempts_are_not_counted(hand):
    def away(items):
        raise NotNowError("away")

    hand.answer = away
    ask()
    for _time in range(20):
        work()
        later(1)
    item = OutboxItem.objects.get()
    assert (item.attempts, item.given_up_at, item.error) == (0, None, "away")


def test_one_task_that_fails_does_not_hold_the_others(hand):
    hand.answer = lambda items: {i.pk: Failure("no") for i in items if i.key == "b"}
    for key in "abc":
        ask(key)
    assert work() == 2
    assert list(OutboxItem.objects.values_list("key", flat=True)) == ["b"]


def test_a_leased_task_is_left_to_its_worker_until_the_lease_ends(hand):
    ask()
    assert len(outbox._take(hand.handler)) == 1  # a worker takes it and dies
    assert work() == 0
    later(6)
    assert work() == 1


def test_a_task_that_kills_every_worker_is_given_up(hand):
    ask()
    for _worker in range(len(DELAYS) + 1):
        assert len(outbox._take(hand.handler)) == 1
        later(6)
    assert work() == 0
    assert hand.seen == []
    assert OutboxItem.objects.get().given_up_at is not None


def test_a_worker_that_lost_its_lease_does_not_undo_the_work_of_another(hand):
    ask()
    (slow,) = outbox._take(hand.handler)
    later(6)
    hand.fails()
    work()
    outbox._settle([slow], {}, hand.handler)
    assert OutboxItem.objects.get().error == "no"


def test_a_kind_that_keeps_its_rows_keeps_their_version():
    Hand(keeps=True)
    for version in (1, 2, 3):
        ask()
        work()
        assert OutboxItem.objects.get().version == version
    assert outbox.waiting(KIND).count() == 0
    outbox._handlers.pop(KIND)


def test_how_long_the_oldest_task_waits_is_known(hand):
    assert outbox.oldest_wait() is None
    ask()
    OutboxItem.objects.update(due_at=Now() - timedelta(minutes=7))
    assert timedelta(minutes=6.9) < outbox.oldest_wait() < timedelta(minutes=7.5)


def test_an_idle_worker_writes_nothing(hand, django_assert_num_queries):
    with django_assert_num_queries(1):
        work()


@pytest.mark.parametrize("hours", [-1, 1, 24 * 400])
def test_a_lease_is_of_the_clock_of_the_database(hand, hours):
    """A worker whose clock is wrong neither takes what another one does, nor waits for its turn."""
    taken = []

    def another_worker(items):
        hand.answer = lambda items: {}
        with clock_off_by(timedelta(hours=hours)):
            taken.append(work())
        return {}

    hand.answer = another_worker
    with clock_off_by(timedelta(hours=-hours)):
        ask()
    assert work() == 1
    assert taken == [0]
    with clock_off_by(timedelta(hours=hours)):
        ask("b")
        assert work() == 1
