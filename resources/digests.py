"""Once a week for each alert: is there something new, and the message that says so."""

import logging
from datetime import datetime, timedelta

from django.db import DatabaseError, transaction
from django.utils import timezone

from hub.core.jobs import Job
from hub.core.jobs import register as register_job
from hub.core.mail import compose_later
from resources.alerts import state_of
from resources.models import SearchAlert
from resources.news import published_since, sure_among
from resources.wishes import forget_unconfirmed

logger = logging.getLogger(__name__)
DIGEST = "alert-digest"
A_WEEK = timedelta(days=7)
TURN = timedelta(minutes=30)
MOST_IN_A_TURN = 500
MOST_REMEMBERED = 1_000  # pages; their dates alone would do for older ones


def take_a_turn() -> None:
    """Forget what nobody confirmed, and look at the alerts whose week is over."""
    forget_unconfirmed()
    now = timezone.now()
    due = SearchAlert.objects.filter(confirmed_at__isnull=False, seen_until__lte=now - A_WEEK)
    for alert in due.order_by("seen_until")[:MOST_IN_A_TURN]:
        try:
            look_at(alert, now)
        except DatabaseError:
            raise
        except Exception:
            logger.exception("the alert %s could not be looked at", alert.pk)


def look_at(alert: SearchAlert, now: datetime) -> None:
    """Ask for a message about what is new, once for each page, and begin another week.

    The row says what it has seen in the same transaction as the message is asked for, and only if
    no other worker came first.
    """
    state = state_of(alert)
    recent = published_since(state, alert.seen_until)
    unknown = [hit.page_id for hit in recent if hit.page_id not in alert.seen]
    sure = sure_among(state, unknown) if unknown else set()
    pages = [page_id for page_id in unknown if page_id in sure]
    seen = [*alert.seen, *unknown][-MOST_REMEMBERED:]
    changes = {"seen_until": now, "seen": seen} | ({"last_sent_at": now} if pages else {})
    with transaction.atomic():
        mine = SearchAlert.objects.filter(pk=alert.pk, seen_until=alert.seen_until)
        if mine.update(**changes) and pages:
            key = f"alert-{alert.pk}-{now.isoformat()}"
            compose_later(key, DIGEST, {"alert": alert.pk, "pages": pages})


def register() -> None:
    """Called when the app is ready."""
    register_job(Job("alerts", TURN, take_a_turn))
