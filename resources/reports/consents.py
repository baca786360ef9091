"""What a co-op agrees to: recorded with the words that it read, changed or taken back at any moment.

A consent counts from the sending that gives it. Taken back, it is at once: whatever shows an answer
listens to ``changed``, which is sent in the same transaction.
"""

from collections.abc import Mapping
from typing import Any, Final, Literal, get_args

from django.db import transaction
from django.dispatch import Signal
from django.utils import timezone

from resources.reports import workflow
from resources.reports.models import Answer, ConsentRecord, ReviewEvent, Wording
from resources.reports.questionnaire import visibility
from resources.reports.questionnaire.agreement import IMAGES, LEVEL, PEERS
from resources.reports.questionnaire.schema import CONSENT, Question

Level = Literal["nom", "anonyme", "federation"]
LEVELS: Final = get_args(Level)
NOTHING: Final[Mapping[str, Any]] = {LEVEL: "federation", IMAGES: False, PEERS: False}

# Sent in the transaction of a change, with `answer`: what shows the answer follows.
changed = Signal()


def level_of(answer: Answer) -> Level | None:
    """How far an answer may be shared; None when the co-op has not said."""
    told = _told(answer).get(LEVEL)
    return told if told in LEVELS else None


def images_allowed(answer: Answer) -> bool:
    return _told(answer).get(IMAGES) is True


def peers_allowed(answer: Answer) -> bool:
    return _told(answer).get(PEERS) is True


def asked_of(answer: Answer) -> list[Question]:
    """The consents that are asked of this co-op, in their order."""
    shown = visibility.shown(answer.campaign.shape, answer.values)
    return [question for question in shown if question.type == CONSENT]


def given_in(answer: Answer) -> dict[str, Any]:
    """What is agreed to, by key."""
    told = _told(answer)
    return {question.key: told.get(question.key) for question in asked_of(answer)}


@transaction.atomic
def record(answer: Answer, who: str = workflow.BY_THE_COOP) -> None:
    """Write down what was agreed to, each that differs from what was written before.

    Called in the transaction of each sending. ``who`` is for the callers' own log: only the co-op
    gives a consent.
    """
    if _write(answer, given_in(answer) | dict.fromkeys(_gone(answer), False)):
        changed.send(Answer, answer=answer)


@transaction.atomic
def change(answer: Answer, given: Mapping[str, Any]) -> bool:
    """Replace consents of an answer, sent or not; True when one differs. Campaigns closed included.

    The change stands in what was sent and in what is being changed since.
    """
    locked = Answer.objects.select_for_update().get(pk=answer.pk)
    keys = {question.key for question in asked_of(answer)}
    wanted = {key: value for key, value in given.items() if key in keys}
    values = _with(locked.values, wanted)
    fields: dict[str, Any] = {"values": values}
    if locked.resumed is not None:
        values = _with(locked.resumed["values"], wanted)
        fields["resumed"] = {**locked.resumed, "values": values}
    Answer.objects.filter(pk=locked.pk).update(saved_at=timezone.now(), **fields)
    for name, value in fields.items():
        setattr(answer, name, value)
    differs = locked.sent_at is not None and _write(answer, wanted)
    if differs:
        changed.send(Answer, answer=answer)
    return differs


def withdraw(answer: Answer) -> bool:
    """Take back everything: the answer is for the federation alone."""
    return change(answer, NOTHING)


# -- Inside ----------------------------------------------------------------------------------------


def _told(answer: Answer) -> dict[str, Any]:
    """What was answered: a consent that is not asked (any more) is none."""
    return visibility.answers(answer.campaign.shape, answer.values)


def _with(values: Mapping[str, Any], wanted: Mapping[str, Any]) -> dict[str, Any]:
    kept = {key: value for key, value in values.items() if key not in wanted}
    return kept | {key: value for key, value in wanted.items() if value not in (None, "", False)}


def _latest(answer: Answer) -> dict[str, Any]:
    return {r.question_key: r.value for r in ConsentRecord.objects.filter(answer=answer)}


def _gone(answer: Answer) -> set[str]:
    """Consents given before, to questions that are not asked any more."""
    asked = {question.key for question in asked_of(answer)}
    return {key for key, value in _latest(answer).items() if key not in asked and value}


def _write(answer: Answer, told: Mapping[str, Any]) -> bool:
    """Append what differs from the latest record of each; say whether anything did."""
    before = _latest(answer)
    now = {key: value or False for key, value in told.items()}
    new = {key: value for key, value in now.items() if before.get(key) != value}
    wordings = _wordings(answer)
    for key, value in new.items():
        ConsentRecord.objects.create(
            answer=answer,
            question_key=key,
            value=value,
            wording=wordings.get(key),
            is_withdrawal=_is_less(before.get(key), value),
        )
    return bool(new)


def _is_less(before: Any, now: Any) -> bool:
    """Whether something that was allowed no longer is."""
    if before in LEVELS and now in LEVELS:
        return LEVELS.index(now) > LEVELS.index(before)
    return bool(before) and not now


def _wordings(answer: Answer) -> dict[str, Wording]:
    """The words of each question as they are now: its latest version."""
    rows = Wording.objects.filter(campaign=answer.campaign_id).order_by("number")
    return {wording.key: wording for wording in rows}


def follow(event: ReviewEvent, answer: Answer, **_options: Any) -> None:
    """Each sending of the co-op is when it agrees."""
    if event.after == Answer.State.RECEIVED and event.who == workflow.BY_THE_COOP:
        record(answer, event.who)


def register() -> None:
    """Called when the app is ready."""
    workflow.moved.connect(follow, Answer, dispatch_uid="consents of a sending")
