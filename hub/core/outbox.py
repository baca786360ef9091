"""Does after its transaction what must not be lost: each task once, again until it succeeds.

A task is asked for inside the transaction that needs it (``ask``), so that either both are kept or
neither is. A worker takes tasks on a lease, by the clock of the database, does them, and gives them
back. A worker that dies loses its lease, and the task is taken again: handlers must bear being run
twice. A task that keeps failing is given up and shown in the administration.
"""

import logging
import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import NamedTuple

from django.db import connection, transaction
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Now

from hub.core.models import OutboxItem

logger = logging.getLogger(__name__)
MAIL_DELAYS = tuple(timedelta(minutes=m) for m in (1, 5, 30, 120, 360, 1440))
LONGEST_ERROR = 2_000


class NotNowError(Exception):
    """Whatever does the work is away: nothing failed, all of it waits. The message says why."""


class Failure(NamedTuple):
    """Why a task failed; ``final`` when trying again would be of no use."""

    error: str
    final: bool = False


Failures = Mapping[int, Failure]


@dataclass(frozen=True)
class Handler:
    """How one kind of task is done.

    ``handle`` gets up to ``batch`` tasks and returns those that failed, by their id; it raises
    NotNowError when none could be tried. ``delays`` come before each new attempt; after the last
    one the task is given up. With ``keeps`` the row stays once done, and its version with it;
    otherwise it is deleted. A kind that goes ``aside`` may take long: a regular job of its own
    drains it beside the others (``hub.core.jobs``).
    """

    kind: str
    handle: Callable[[Sequence[OutboxItem]], Failures]
    batch: int = 1
    lease: timedelta = timedelta(minutes=5)
    delays: tuple[timedelta, ...] = MAIL_DELAYS
    away: timedelta = timedelta(seconds=10)
    keeps: bool = False
    aside: bool = False
    label: object = ""  # what such a task does, translated when shown


_handlers: dict[str, Handler] = {}


def register(handler: Handler) -> None:
    """Say how a kind of task is done: called when its app is ready."""
    _handlers[handler.kind] = handler


def labels() -> list[tuple[str, str]]:
    """Each kind that this site does, with what it is for people."""
    return [(kind, label_of(kind)) for kind in _handlers]


def label_of(kind: str) -> str:
    """What a kind is called; its bare name when nobody does it any more."""
    handler = _handlers.get(kind)
    return str(handler.label or kind) if handler else kind


def ask(
    kind: str,
    payloads: Mapping[str, Mapping[str, object]],
    *,
    at_least: Mapping[str, int] | None = None,
) -> None:
    """Add tasks, by key, in the caller's transaction; asking again replaces the payload.

    A task's version grows by one each time; ``at_least`` makes it grow further.
    """
    if not payloads:
        return
    prepared = OutboxItem._meta.get_field("payload").get_db_prep_save
    table = connection.ops.quote_name(OutboxItem._meta.db_table)
    greatest = "MAX" if connection.vendor == "sqlite" else "GREATEST"
    rows = [
        (kind, key[:200], prepared(dict(payload), connection), (at_least or {}).get(key, 1))
        for key, payload in sorted(payloads.items())
    ]
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {table} (kind, key, payload, version, done, attempts, lease, error)"
            " VALUES (%s, %s, %s, %s, FALSE, 0, '', '') ON CONFLICT (kind, key) DO UPDATE SET"
            f" version = {greatest}({table}.version + 1, excluded.version),"
            " payload = excluded.payload, done = FALSE, attempts = 0,"
            " asked_at = excluded.asked_at, due_at = excluded.due_at,"
            " given_up_at = NULL, error = ''",
            rows,
        )


def waiting(kind: str) -> QuerySet[OutboxItem]:
    """The tasks of a kind that are not done, those given up included."""
    return OutboxItem.objects.filter(kind=kind, done=False)


def retry(items: QuerySet[OutboxItem]) -> int:
    """Try again now what was given up; return how many."""
    return items.filter(done=False).update(due_at=Now(), attempts=0, given_up_at=None, error="")


def oldest_wait() -> timedelta | None:
    """How long the oldest task that could be done has been waiting for its turn."""
    due = OutboxItem.objects.filter(done=False, given_up_at=None, due_at__lte=Now())
    due = due.filter(kind__in=_handlers)
    found = due.order_by("due_at").values_list(Now(), "due_at").first()
    return found[0] - found[1] if found else None


def drain(kinds: Iterable[str] | None = None) -> int:
    """Do everything that is due, kind by kind; return how many tasks were done.

    Without names, the kinds that go aside are left to their job.
    """
    done = 0
    for kind in list(kinds or (name for name, h in _handlers.items() if not h.aside)):
        while (count := work_once(_handlers[kind])) is not None:
            done += count
    return done


def work_once(handler: Handler) -> int | None:
    """Do one batch of a kind; return how many succeeded, None when nothing was due or could be."""
    items = _take(handler)
    if not items:
        return None
    try:
        failures = handler.handle(items)
    except NotNowError as reason:
        _give_back(handler, items, str(reason))
        return None
    except Exception as error:
        logger.exception("tasks of kind %s failed", handler.kind)
        failure = Failure(f"{type(error).__name__}: {error}")
        failures = dict.fromkeys((item.pk for item in items), failure)
    _settle(items, failures, handler)
    return len(items) - len(failures)


def _due(handler: Handler) -> QuerySet[OutboxItem]:
    free = Q(leased_until=None) | Q(leased_until__lt=Now())
    return waiting(handler.kind).filter(free, given_up_at=None, due_at__lte=Now())


def _take(handler: Handler) -> list[OutboxItem]:
    """Lease the next batch. The attempt counts from now: one that kills its worker counts too."""
    due = _due(handler)
    if not due.exists():  # an idle worker writes nothing
        return []
    with transaction.atomic():
        due.filter(attempts__gt=len(handler.delays)).update(
            given_up_at=Now(), error="Every worker that took this task stopped before its end."
        )
        rows = due.order_by("due_at", "pk")
        if connection.features.has_select_for_update_skip_locked:
            rows = rows.select_for_update(skip_locked=True)
        ids = list(rows.values_list("pk", flat=True)[: handler.batch])
        taken = OutboxItem.objects.filter(pk__in=ids)
        taken.update(
            lease=uuid.uuid4().hex,
            leased_until=Now() + handler.lease,
            attempts=F("attempts") + 1,
        )
        return list(taken.order_by("due_at", "pk"))


@transaction.atomic
def _settle(items: Sequence[OutboxItem], failures: Failures, handler: Handler) -> None:
    """Note what was done and what failed; what was asked again meanwhile goes on waiting."""
    mine = OutboxItem.objects.filter(pk__in=[i.pk for i in items], lease=items[0].lease)
    if connection.features.has_select_for_update:
        mine = mine.select_for_update()
    versions = dict(mine.values_list("pk", "version"))
    same = [item for item in items if versions.get(item.pk) == item.version]
    done = OutboxItem.objects.filter(pk__in=[i.pk for i in same if i.pk not in failures])
    if handler.keeps:
        done.update(done=True, error="")
    else:
        done.delete()
    for item in same:
        if item.pk in failures:
            _fail(item, failures[item.pk], handler)
    OutboxItem.objects.filter(pk__in=versions).update(lease="", leased_until=None)


def _fail(item: OutboxItem, failure: Failure, handler: Handler) -> None:
    row = OutboxItem.objects.filter(pk=item.pk)
    error = failure.error[:LONGEST_ERROR]
    if failure.final or item.attempts > len(handler.delays):
        row.update(given_up_at=Now(), error=error)
    else:
        row.update(due_at=Now() + handler.delays[item.attempts - 1], error=error)


def _give_back(handler: Handler, items: Sequence[OutboxItem], reason: str) -> None:
    rows = OutboxItem.objects.filter(pk__in=[i.pk for i in items], lease=items[0].lease)
    rows.update(
        lease="",
        leased_until=None,
        attempts=F("attempts") - 1,
        due_at=Now() + handler.away,
        error=reason[:LONGEST_ERROR],
    )
