"""How far each invited co-op is, and who answers: read from the rows of the log, in three queries.

No mail says that it was read. « Opened » is the form itself, at the first thing that was typed.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db import models
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from hub.core.languages import current_language
from resources.models import Organisation
from resources.reports.models import Answer, Campaign, Contact, Participant

MODERATED: Final = (
    Answer.State.ACCEPTED, Answer.State.ANONYMISED, Answer.State.REFUSED, Answer.State.PUBLISHED,
)  # fmt: skip
READ: Final = ("pk", "participant_id", "organisation_id", "state", "saved_at", "sent_at",
               "last_section", "campaign_id")  # fmt: skip


class Stage(models.TextChoices):
    """The furthest that a co-op went."""

    LISTED = "listed", _("Not invited yet")
    INVITED = "invited", _("Invited")
    OPENED = "opened", _("Has opened the form")
    DRAFT = "draft", _("Has a draft")
    SENT = "sent", _("Has sent its answer")
    MODERATED = "moderated", _("Moderated")


EVENING: Final = "bilan"  # where a draft stands that was last saved on the page of the evening
ORDER: Final = list(Stage.values)


@dataclass(frozen=True)
class Line:
    """One co-op of the list and its answer, if it has begun one."""

    participant: Participant
    contacts: Sequence[Contact]
    answer: Answer | None
    section: str  # the title of the last section that was saved, of a draft

    @property
    def coop(self) -> Organisation:
        return self.participant.organisation

    @property
    def stage(self) -> Stage:
        answer = self.answer
        if answer and answer.sent_at:
            return Stage.MODERATED if answer.state in MODERATED else Stage.SENT
        if answer and answer.saved_at:
            return Stage.DRAFT
        if self.participant.opened_at:
            return Stage.OPENED
        return Stage.INVITED if self.participant.invited_at else Stage.LISTED

    @property
    def saved_at(self) -> datetime | None:
        return self.answer.saved_at if self.answer else None

    @property
    def sent_at(self) -> datetime | None:
        return self.answer.sent_at if self.answer else None

    @property
    def is_reachable(self) -> bool:
        """Whether a mail can reach somebody: the others are for letters and the telephone."""
        return any(contact.state == Contact.State.ACTIVE for contact in self.contacts)


@dataclass(frozen=True)
class Rate:
    """How many co-ops of a group have sent their answer, of how many on the list."""

    label: str
    sent: int
    listed: int

    @property
    def percent(self) -> int:
        return round(100 * self.sent / self.listed) if self.listed else 0


def lines_of(campaign: Campaign) -> list[Line]:
    """Every co-op of the list, in its order."""
    answers = Answer.objects.filter(campaign=campaign, is_test=False).only(*READ)
    by_participant = {answer.participant_id: answer for answer in answers}
    by_coop = {answer.organisation_id: answer for answer in answers}
    rows = Participant.objects.filter(campaign=campaign).select_related("organisation")
    language = current_language()
    titles = {s.key: s.title.in_(language) for s in campaign.shape.sections}
    titles.setdefault(EVENING, _now("AGM report in 10 minutes"))
    found = []
    for row in rows.prefetch_related("contacts"):
        # One that answered without its invitation has answered all the same.
        answer = by_participant.get(row.pk) or by_coop.get(row.organisation_id)
        section = titles.get(answer.last_section, answer.last_section) if answer else ""
        found.append(Line(row, list(row.contacts.all()), answer, section))
    return found


def reached(lines: Iterable[Line]) -> dict[Stage, int]:
    """How many co-ops reached each stage at least: whoever has sent was invited and has opened."""
    at = Counter(ORDER.index(line.stage) for line in lines)
    return {
        stage: sum(count for place, count in at.items() if place >= ORDER.index(stage))
        for stage in Stage
    }


def rate_of(label: str, lines: Sequence[Line]) -> Rate:
    return Rate(label, sum(line.sent_at is not None for line in lines), len(lines))


def rates(lines: Sequence[Line], group: Callable[[Organisation], tuple[Any, str]]) -> list[Rate]:
    """The rate of each group, that has a place in their order and a label; those unnamed come last."""
    groups: dict[tuple[Any, str], list[Line]] = {}
    for line in lines:
        groups.setdefault(group(line.coop), []).append(line)
    keys = sorted(groups, key=lambda key: (not key[1], key))
    return [rate_of(key[1], groups[key]) for key in keys]
