"""What of an answer leaves the federation, and whether under its name: one rule for every road.

Pages, exports to publish, quotes and files made of them ask here; nothing else decides. An answer
leaves as a moderator accepted it, and only while its co-op agrees to at least that.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any, Final

from resources.reports import consents
from resources.reports.models.answers import Answer
from resources.reports.questionnaire.agreement import NAMED, SHARED, UNNAMED

State = Answer.State
ACCEPTED: Final = (State.ACCEPTED, State.ANONYMISED)
READ: Final = (*ACCEPTED, State.PUBLISHED)  # accepted, whether it has a page or not


@dataclass(frozen=True, slots=True)
class Told:
    """An answer that may be read outside; ``name`` is empty when its co-op is not named."""

    named: bool
    name: str


class Obstacle(Enum):
    """Why an answer stays inside."""

    LEVEL = auto()  # its co-op keeps it for the federation
    NOT_ACCEPTED = auto()
    NAME = auto()  # it was accepted with names that may not be read (any more)


def level_of(answer: Answer) -> str | None:
    """How far the answer may be told: what its co-op agreed to, and no more than we can be sure of.

    A name is not published for an address that nobody confirmed, nor against the sheet of the co-op.
    """
    level = consents.level_of(answer)
    unsure = answer.participant_id is None and answer.verified_at is None
    refuses = answer.organisation is not None and not answer.organisation.may_be_named
    return UNNAMED if level == NAMED and (unsure or refuses) else level


def obstacle(answer: Answer, accepted: str | None) -> Obstacle | None:
    """What keeps inside an answer that was accepted so: ``accepted`` or ``anonymised``."""
    level = level_of(answer)
    if level not in SHARED or answer.is_test:
        return Obstacle.LEVEL
    if accepted not in ACCEPTED:
        return Obstacle.NOT_ACCEPTED
    return Obstacle.NAME if accepted == State.ACCEPTED and level == UNNAMED else None


def told(answer: Answer) -> Told | None:
    """How the answer may be read outside at this moment; None: not at all.

    Reads ``campaign``, ``organisation`` and ``publication.accepted_by``.
    """
    accepted = accepted_as(answer)
    if answer.state not in READ or obstacle(answer, accepted):
        return None
    named = accepted == State.ACCEPTED
    return Told(named, answer.shown_name if named else "")


def accepted_as(answer: Answer) -> str | None:
    """Whether moderators accepted the answer with its names or without them; None: not yet."""
    if answer.state != State.PUBLISHED:
        return answer.state if answer.state in ACCEPTED else None
    publication: Any = getattr(answer, "publication", None)
    return publication.accepted_by.after if publication else None


def words(texts: Mapping[str, str], key: str, original: str, *, named: bool) -> str:
    """One text as others read it: without names, one that no moderator has read says nothing."""
    return texts.get(key, original if named else "")
