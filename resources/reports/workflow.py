"""The only writer of the state of an answer: which steps exist, and the log of those taken.

Every step is one transaction with its line in the log. A step asked for by somebody who has not
seen the latest one is refused: two moderators never overwrite each other.
"""

from collections.abc import Mapping
from typing import Any, Final

from django.db import transaction
from django.db.models import F
from django.dispatch import Signal
from django.utils import timezone

from resources.reports.models import Answer, ReviewEvent

State = Answer.State
BY_THE_COOP: Final = "co-op"
BY_THE_HUB: Final = "hub"
STEPS: Final[Mapping[str, frozenset[str]]] = {
    State.DRAFT: frozenset({State.RECEIVED}),
    State.RECEIVED: frozenset({State.RECEIVED, State.IN_REVIEW, State.WITHDRAWN}),
    State.IN_REVIEW: frozenset(
        {
            State.RECEIVED,
            State.CHANGE_ASKED,
            State.ACCEPTED,
            State.ANONYMISED,
            State.REFUSED,
            State.WITHDRAWN,
        }
    ),
    State.CHANGE_ASKED: frozenset({State.RECEIVED, State.IN_REVIEW, State.WITHDRAWN}),
    State.ACCEPTED: frozenset(
        {State.RECEIVED, State.IN_REVIEW, State.PUBLISHED, State.WITHDRAWN, State.REFUSED}
    ),
    State.ANONYMISED: frozenset(
        {State.RECEIVED, State.IN_REVIEW, State.PUBLISHED, State.WITHDRAWN, State.REFUSED}
    ),
    State.REFUSED: frozenset({State.IN_REVIEW, State.WITHDRAWN}),
    State.PUBLISHED: frozenset({State.RECEIVED, State.IN_REVIEW, State.WITHDRAWN}),
    State.WITHDRAWN: frozenset({State.RECEIVED, State.IN_REVIEW}),
}

# Sent in the transaction of a step, with `answer` and `event`: what must follow it, follows.
moved = Signal()


class StepError(Exception):
    """This step does not exist from where the answer stands."""


class SeenByAnotherError(StepError):
    """Somebody else has taken a step since this person looked."""


@transaction.atomic
def move(
    answer: Answer,
    to: str,
    *,
    who: str,
    user: Any = None,
    why: str = "",
    changes: Mapping[str, Any] | None = None,
    seen: int | None = None,
) -> ReviewEvent:
    """Take a step and log it; return the line of the log.

    ``seen`` is the ``review_version`` that the person looked at. Raises SeenByAnotherError when it
    is no longer the current one, StepError when there is no such step. ``answer`` is refreshed.
    """
    current = _locked(answer, seen)
    if to not in STEPS[current.state]:
        raise StepError(f"{current.state} → {to}")
    fields = {"state": to, "review_version": F("review_version") + 1}
    if to == State.RECEIVED:
        fields["sent_at"] = timezone.now()
    Answer.objects.filter(pk=answer.pk).update(**fields)
    answer.refresh_from_db()
    event = _logged(answer, current.state, who, user, why, changes)
    moved.send(Answer, answer=answer, event=event)
    return event


@transaction.atomic
def note(
    answer: Answer,
    *,
    who: str,
    user: Any = None,
    why: str = "",
    changes: Mapping[str, Any] | None = None,
    seen: int | None = None,
) -> ReviewEvent:
    """Log what a moderator changed without taking a step. ``answer`` is refreshed."""
    current = _locked(answer, seen)
    Answer.objects.filter(pk=answer.pk).update(review_version=F("review_version") + 1)
    answer.refresh_from_db()
    return _logged(answer, current.state, who, user, why, changes)


def _locked(answer: Answer, seen: int | None) -> Answer:
    current = Answer.objects.select_for_update().get(pk=answer.pk)
    if seen is not None and seen != current.review_version:
        raise SeenByAnotherError
    return current


def _logged(
    answer: Answer,
    before: str,
    who: str,
    user: Any,
    why: str,
    changes: Mapping[str, Any] | None,
) -> ReviewEvent:
    return ReviewEvent.objects.create(
        answer=answer,
        before=before,
        after=answer.state,
        user=user,
        who=who,
        why=why,
        changes=dict(changes or {}),
    )


def forget_words(answer: Answer) -> None:
    """Empty the words of the log of an answer whose data is erased; who and when stay.

    The only change of a line that the database lets through.
    """
    rows = ReviewEvent._base_manager.filter(answer=answer)
    rows.update(why="", changes={})
