"""The only writer of what a co-op answers: begins a draft, saves it, sends it.

One draft a co-op and season, whoever of the co-op holds the link: the database says so. A save
takes what its page changed and nothing else, so that two devices never overwrite each other.
"""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from hub.core.languages import current_language
from resources.reports import pending_texts, prefill, receipts, workflow
from resources.reports.models import Answer, Attachment, Participant
from resources.reports.questionnaire import rules, visibility
from resources.reports.questionnaire.merging import Conflict, Merge, merge, names_of, picked
from resources.reports.questionnaire.schema import Question, Section
from resources.reports.working import (
    Problem,
    Working,
    columns,
    may_report,
    may_write,
    problems,
    working,
)

LANGUAGES: Final = ("fr", "en")


class ClosedError(Exception):
    """The campaign no longer takes this answer."""


class NotReadyError(Exception):
    """Something is to be settled before sending."""

    def __init__(self, found: list[Problem]) -> None:
        super().__init__(f"{len(found)} to settle")
        self.problems = found


@dataclass(frozen=True)
class Page:
    """What a page says of itself: its own name, and the waiting texts that it had chosen between."""

    name: str = ""
    settled: frozenset[str] = frozenset()


@dataclass
class Saved:
    """What became of a save: ``seen`` is what the page that posted it shows from now on."""

    answer: Answer
    conflicts: list[Conflict] = field(default_factory=list)
    errors: dict[str, str] = field(default_factory=dict)  # by field
    shown: list[str] = field(default_factory=list)  # keys of the section that are visible now
    seen: dict[str, str] = field(default_factory=dict)  # digests, by unit
    changed: set[str] = field(default_factory=set)  # keys


def draft_of(participant: Participant) -> Answer:
    """The answer of an invited co-op, begun now if it is the first time."""
    found = _kept(participant)
    if found is not None:
        return found
    try:
        with transaction.atomic():
            return _begun(participant)
    except IntegrityError:  # somebody of the co-op opened it at the same moment
        found = _kept(participant)
        if found is None:
            raise
        return found


def _kept(participant: Participant) -> Answer | None:
    answers = Answer.objects.select_related("campaign", "organisation", "participant")
    own = answers.filter(participant=participant).first()
    if own is None:
        # Begun without its invitation: the co-op has one answer all the same.
        same = answers.filter(
            campaign=participant.campaign_id,
            organisation=participant.organisation_id,
            is_test=False,
            participant=None,
        )
        own = same.first()
        if own is not None:
            same.filter(pk=own.pk).update(participant=participant)
            own.participant = participant
    return own


def _begun(participant: Participant) -> Answer:
    now = timezone.now()
    values = prefill.start_of(participant.campaign, participant.organisation)
    Participant.objects.filter(pk=participant.pk, opened_at=None).update(opened_at=now)
    return Answer.objects.create(
        campaign=participant.campaign,
        participant=participant,
        organisation=participant.organisation,
        language=_language(),
        values=values,
        prefilled=list(values),
    )


def _language() -> str:
    language = current_language()
    return language if language in LANGUAGES else "fr"


@transaction.atomic
def save(
    answer: Answer,
    section: Section,
    posted: Any,
    seen: Mapping[str, str] | None = None,
    *,
    confirmed: bool = False,
    is_report: bool = False,
    page: Page = Page(),
) -> Saved:
    """Keep what a page changed in a section; nothing but its questions is ever read from it.

    ``posted`` answers like a ``QueryDict``; ``seen``: the digests that the page carried (``merging``).
    ``confirmed``: the person has gone past the section, what was filled in beforehand is hers.
    ``is_report``: the questions of the ten-minute report, which may open before. Raises ClosedError.
    """
    current = _locked(answer)
    if not (may_report(current) if is_report else may_write(current)):
        raise ClosedError
    held = working(current)
    saved = Saved(current)
    for question in section.questions:
        _take(saved, held, question, posted, seen or {})
    _note_uploads(current, held, section)
    saved.shown = _shown(held, current, section)
    done = saved.changed | (set(saved.shown) if confirmed else set())
    held.prefilled = [key for key in held.prefilled if key not in done]
    _write(saved, held, section, _pending(saved, section, page))
    return saved


def _pending(saved: Saved, section: Section, page: Page) -> Any:
    """What waits after this save: texts that met a newer one, until somebody chooses."""
    return pending_texts.after(
        saved.answer.pending, section.questions, saved.conflicts,
        page=page.name, settled=page.settled,
    )  # fmt: skip


def _shown(held: Working, answer: Answer, section: Section) -> list[str]:
    visible = {question.key for question in visibility.shown(answer.campaign.shape, held.values)}
    return [question.key for question in section.questions if question.key in visible]


def _locked(answer: Answer) -> Answer:
    rows = Answer.objects.select_for_update(of=("self",))
    return rows.select_related("campaign", "organisation", "participant").get(pk=answer.pk)


def _take(
    saved: Saved, held: Working, question: Question, posted: Any, seen: Mapping[str, str]
) -> None:
    """Merge one question into what is held."""
    mine = picked(posted, names_of(question))
    found = merge(question, mine, held.fields_of(question), seen)
    _join_reasons(found)
    if found.changed:
        held.put(question, found.fields)
        saved.changed.add(question.key)
    saved.conflicts += found.conflicts
    saved.errors |= held.errors_of(question)
    saved.seen |= found.seen


def _join_reasons(found: Merge) -> None:
    """Two reasons for one warning are one reason: both are kept."""
    for conflict in [c for c in found.conflicts if c.unit.startswith(rules.REASON)]:
        texts = [*conflict.theirs.get(conflict.unit, ()), *conflict.mine.get(conflict.unit, ())]
        found.fields[conflict.unit] = [" / ".join(texts)]
        found.changed.add(conflict.unit)
        found.conflicts.remove(conflict)


def _note_uploads(answer: Answer, held: Working, section: Section) -> None:
    """The files of a question are its value: those that are there, whoever added them."""
    keys = [question.key for question in section.questions if question.is_upload]
    if not keys:
        return
    there: dict[str, list[str]] = {}
    for file in Attachment.objects.filter(answer=answer, question_key__in=keys):
        there.setdefault(file.question_key, []).append(str(file.key))
    for key in keys:
        held.values.pop(key, None)
    held.values |= there


def _write(saved: Saved, held: Working, section: Section, pending: list[Any] | None) -> None:
    """One statement, and none when the page changed nothing and stays where it is."""
    answer = saved.answer
    is_same = held == working(answer) and pending == answer.pending
    if is_same and answer.last_section == section.key and answer.saved_at:
        return
    kept = columns(answer, held) | {
        "pending": pending,
        "last_section": section.key[:40],
        "saved_at": timezone.now(),
        "language": _language(),
    }
    Answer.objects.filter(pk=answer.pk).update(version=F("version") + 1, **kept)
    for name, value in kept.items():
        setattr(answer, name, value)
    answer.version += 1


@transaction.atomic
def send(answer: Answer, send_key: uuid.UUID) -> Answer:
    """Send an answer: all of it, or nothing of it, and once however often it is asked.

    ``send_key`` is of the page that asks: the same one is the same sending. Raises ClosedError,
    NotReadyError.
    """
    current = _locked(answer)
    if current.send_key == send_key or not has_something_to_send(current):
        return current
    if not may_write(current):
        raise ClosedError
    held = working(current)
    found = problems(current, held)
    if found:
        raise NotReadyError(found)
    if Answer.objects.filter(send_key=send_key).exists():
        send_key = uuid.uuid4()  # of another answer: no page of ours gave it to this one
    Answer.objects.filter(pk=current.pk).update(
        values=held.values,
        unread={},
        prefilled=[],
        reasons=held.reasons,
        resumed=None,
        send_key=send_key,
        version=F("version") + 1,
    )
    workflow.move(current, Answer.State.RECEIVED, who=workflow.BY_THE_COOP)
    receipts.ask(current, send_key)
    return current


def has_something_to_send(answer: Answer) -> bool:
    """Whether sending would say anything new: asked twice, from two devices, it says it once."""
    waited_for = (Answer.State.DRAFT, Answer.State.CHANGE_ASKED, Answer.State.WITHDRAWN)
    return answer.state in waited_for or answer.resumed is not None
