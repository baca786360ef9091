"""What moderators do with an answer, each act checked against what they had before their eyes.

``seen`` is the ``review_version`` they looked at, ``read`` the digest of the values: a co-op may
still send others. Every act raises ``workflow.SeenByAnotherError`` when either is old.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from resources.reports import publication, workflow
from resources.reports.anonymising import Left, left_in
from resources.reports.models import Answer, ReviewEvent
from resources.reports.names import known_names
from resources.reports.public_texts import texts_of
from resources.reports.publication import digest_of
from resources.reports.questionnaire.agreement import SHARED
from resources.reports.sharing import level_of

State = Answer.State
CORRECTABLE: Final = (State.IN_REVIEW, State.ACCEPTED, State.ANONYMISED, State.PUBLISHED)


class ActRefusedError(Exception):
    """Why this act is not possible, in a sentence for the moderator."""


class NamesLeftError(ActRefusedError):
    """Known names still stand in texts that should have none."""

    def __init__(self, found: Mapping[str, list[Left]]) -> None:
        super().__init__(_("Known names are left in the texts."))
        self.found = found


@dataclass(frozen=True)
class By:
    """Who acts, on what they saw."""

    who: str
    user: Any = None
    seen: int | None = None
    read: str | None = None


@dataclass(frozen=True, slots=True)
class Offered:
    """A step that a moderator may take from where the answer stands."""

    to: str
    label: str | Promise
    asks: str | Promise = ""  # what has to be written with it
    is_main: bool = False


TAKE = Offered(State.IN_REVIEW, _lazy("Take into review"), is_main=True)
TAKE_AGAIN = Offered(State.IN_REVIEW, _lazy("Take back into review"))
ASK = Offered(State.CHANGE_ASKED, _lazy("Ask for a clarification"), _lazy("Your question"))
ACCEPT = Offered(State.ACCEPTED, _lazy("Accept"), is_main=True)
REFUSE = Offered(State.REFUSED, _lazy("Refuse"), _lazy("Reason"))
PUBLISH = Offered(State.PUBLISHED, _lazy("Publish"), is_main=True)
WITHDRAW = Offered(State.WITHDRAWN, _lazy("Withdraw"), _lazy("Reason"))
OFFERED: Final[Mapping[str, tuple[Offered, ...]]] = {
    State.RECEIVED: (TAKE, WITHDRAW),
    State.IN_REVIEW: (ACCEPT, ASK, REFUSE, WITHDRAW),
    State.CHANGE_ASKED: (TAKE_AGAIN, WITHDRAW),
    State.ACCEPTED: (PUBLISH, TAKE_AGAIN, REFUSE, WITHDRAW),
    State.ANONYMISED: (PUBLISH, TAKE_AGAIN, REFUSE, WITHDRAW),
    State.REFUSED: (TAKE_AGAIN,),
    State.PUBLISHED: (TAKE_AGAIN, WITHDRAW),
    State.WITHDRAWN: (TAKE_AGAIN,),
}


def offered(answer: Answer) -> list[Offered]:
    """The steps that make sense now: none that the consent of the co-op forbids."""
    level = level_of(answer)
    steps = OFFERED.get(answer.state, ())
    hidden = set()
    if level == "anonyme":
        hidden.add(State.ACCEPTED)
    if level not in SHARED:
        hidden.add(State.PUBLISHED)
    return [step for step in steps if step.to not in hidden]


def may_be_anonymised(answer: Answer) -> bool:
    level = level_of(answer)
    return answer.state == State.IN_REVIEW and level in SHARED


@transaction.atomic
def take_step(answer: Answer, to: str, by: By, why: str = "") -> None:
    """Take one of the offered steps. Raises ActRefusedError with what is missing."""
    current = fresh(answer, by)
    step = next((step for step in offered(current) if step.to == to), None)
    if step is None:
        raise ActRefusedError(_("This step is not possible any more."))
    if step.asks and not why.strip():
        raise ActRefusedError(
            _("Write your question.") if to == State.CHANGE_ASKED else _("Write the reason.")
        )
    logged: dict[str, Any] = {"who": by.who, "user": by.user, "why": why.strip(), "seen": by.seen}
    if to == State.PUBLISHED:
        _published(answer, logged)
        return
    if to == State.ACCEPTED:
        logged["changes"] = {"values": digest_of(current)}
    workflow.move(answer, to, **logged)
    if to == State.CHANGE_ASKED:
        answer.question = why.strip()
        answer.save(update_fields=["question"])


def _published(answer: Answer, logged: dict[str, Any]) -> None:
    try:
        publication.publish(answer, **logged)
    except publication.NotPublishableError as refusal:
        raise ActRefusedError(str(refusal)) from refusal


@transaction.atomic
def accept_without_names(answer: Answer, texts: Mapping[str, str], by: By) -> None:
    """Accept these texts as the public ones. Raises NamesLeftError when they name a known co-op."""
    current = fresh(answer, by)
    if not may_be_anonymised(current):
        raise ActRefusedError(_("This step is not possible any more."))
    wanted = {text.key: texts.get(text.key, "").strip() for text in texts_of(current, named=False)}
    refuse_names(current, wanted)
    changes = {"values": digest_of(current), "texts": changed(current.public_texts, wanted)}
    workflow.move(answer, State.ANONYMISED, who=by.who, user=by.user, seen=by.seen, changes=changes)
    answer.public_texts = wanted
    answer.save(update_fields=["public_texts"])


@transaction.atomic
def correct(answer: Answer, texts: Mapping[str, str], by: By) -> ReviewEvent | None:
    """Change public texts without touching what was answered; a published page follows at once."""
    current = fresh(answer, by)
    if current.state not in CORRECTABLE:
        raise ActRefusedError(_("This step is not possible any more."))
    named = shows_names(current)
    before = {text.key: text.shown for text in texts_of(current, named=named)}
    wanted = {key: texts.get(key, was).strip() for key, was in before.items()}
    if not named:
        refuse_names(current, wanted)
    differences = changed(before, wanted)
    if not differences:
        return None
    event = workflow.note(
        answer, who=by.who, user=by.user, seen=by.seen, changes={"texts": differences}
    )
    answer.public_texts = wanted
    answer.save(update_fields=["public_texts"])
    if answer.state == State.PUBLISHED:
        _renewed(answer, by)
    return event


def _renewed(answer: Answer, by: By) -> None:
    try:
        publication.renew(answer, user=by.user)
    except publication.NotPublishableError as refusal:
        raise ActRefusedError(str(refusal)) from refusal


def fresh(answer: Answer, by: By) -> Answer:
    """The answer as it is now, for this act alone; SeenByAnotherError when it is not what was seen."""
    current = Answer.objects.select_for_update().get(pk=answer.pk)
    if by.seen not in (None, current.review_version) or by.read not in (None, digest_of(current)):
        raise workflow.SeenByAnotherError
    return current


def shows_names(answer: Answer) -> bool:
    """Whether the page of this answer names its co-op, as far as it was accepted and agreed."""
    if answer.state in (State.ACCEPTED, State.ANONYMISED):
        return bool(answer.state == State.ACCEPTED)
    accepted = publication.acceptance_of(answer) if answer.state == State.PUBLISHED else None
    if accepted:
        return accepted.after == State.ACCEPTED
    return level_of(answer) == "nom"


def refuse_names(answer: Answer, texts: Mapping[str, str]) -> None:
    never = known_names(answer).never
    found = {key: left for key, text in texts.items() if (left := left_in(text, never))}
    if found:
        raise NamesLeftError(found)


def changed(before: Mapping[str, str], after: Mapping[str, str]) -> dict[str, list[str]]:
    """What a log keeps of texts: those that differ, as they were and as they are."""
    return {
        key: [before.get(key, ""), text] for key, text in after.items() if before.get(key) != text
    }
