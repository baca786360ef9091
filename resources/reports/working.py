"""What the form of an answer shows and changes: the draft, or what is changed since it was sent.

What moderators, figures and exports read (``Answer.values``) is what the co-op sent. Once it has
sent, its changes stand in ``Answer.resumed`` until it sends them too.
"""

from collections.abc import Collection, Mapping
from copy import copy
from dataclasses import asdict, dataclass, field, fields
from datetime import datetime, timedelta
from typing import Any, Final

from django.utils import timezone
from django.utils.translation import gettext as _

from hub.core.languages import current_language
from resources.reports import pending_texts
from resources.reports.controls import Warned
from resources.reports.models import Answer, Phase
from resources.reports.questionnaire import rules, visibility
from resources.reports.questionnaire.merging import Typed, as_kept, names_of
from resources.reports.questionnaire.schema import Question, Section
from resources.reports.questionnaire.typing_again import typed
from resources.reports.questionnaire.values import missing, read

GRACE: Final = timedelta(minutes=15)  # for whoever is answering when the campaign closes
TWO_TEXTS: Final = "two-texts"  # where the page of a section says that texts wait
ENDED: Final = (Answer.State.REFUSED,)


@dataclass
class Working:
    """The four things that a person changes in an answer."""

    values: dict[str, Any] = field(default_factory=dict)
    unread: dict[str, list[str]] = field(default_factory=dict)
    prefilled: list[str] = field(default_factory=list)
    reasons: dict[str, str] = field(default_factory=dict)

    def fields_of(self, question: Question) -> Typed:
        """The fields of a question as they are shown: what was understood, and what was not."""
        found = Typed()
        for name, texts in typed(question, self.values.get(question.key)).items():
            found[name] = list(texts)
        for name in names_of(question):
            if name in self.unread:
                found[name] = list(self.unread[name])
            elif name in self.reasons:
                found[name] = [self.reasons[name]]
        return found

    def errors_of(self, question: Question) -> dict[str, str]:
        """What cannot be read, by the name of its field."""
        if not any(name in self.unread for name in names_of(question)):
            return {}
        return read(question, self.fields_of(question)).errors

    def put(self, question: Question, fields: Typed) -> None:
        """Replace what is held of a question by these fields."""
        for name in names_of(question):
            self.unread.pop(name, None)
            self.reasons.pop(name, None)
        names = rules.reason_names(question)
        self.reasons |= {name: fields[name][0] for name in names if fields.get(name)}
        own = Typed({name: texts for name, texts in fields.items() if name not in names})
        reading = read(question, own)
        if reading.value is None:
            self.values.pop(question.key, None)
        else:
            self.values[question.key] = reading.value
        understood = typed(question, reading.value)
        self.unread |= {
            name: texts for name, texts in as_kept(question, own).items() if name not in understood
        }


def working(answer: Answer) -> Working:
    """A copy of what the form shows: changing it changes nothing of the answer."""
    if answer.resumed is not None:
        return Working(**{f.name: copy(answer.resumed[f.name]) for f in fields(Working)})
    return Working(
        copy(answer.values), copy(answer.unread), copy(answer.prefilled), copy(answer.reasons)
    )


def sent_part(answer: Answer) -> Working:
    return Working(answer.values, answer.unread, answer.prefilled, answer.reasons)


def columns(answer: Answer, held: Working) -> dict[str, Any]:
    """The columns of an answer that keep this; the caller writes them."""
    if answer.sent_at is None:
        return asdict(held)
    return {"resumed": None if held == sent_part(answer) else asdict(held)}


def may_write(answer: Answer, at: datetime | None = None) -> bool:
    """Whether the co-op may still change its answer, by the clock of the hub."""
    at = at or timezone.now()
    campaign = answer.campaign
    if answer.is_test:
        return answer.state not in ENDED  # an editor tries a campaign that is a draft, or over
    if answer.state in ENDED or campaign.phase(at) in (Phase.DRAFT, Phase.UPCOMING):
        return False
    if answer.state == Answer.State.CHANGE_ASKED:
        return True
    was_open = answer.started_at < campaign.closes_at
    return at < campaign.closes_at or (was_open and at <= campaign.closes_at + GRACE)


def may_report(answer: Answer, at: datetime | None = None) -> bool:
    """Whether its ten-minute report may be written: earlier than the rest, where a date says so."""
    early = answer.state not in ENDED and answer.campaign.takes_evening_reports(at)
    return early or may_write(answer, at)


@dataclass(frozen=True)
class Problem:
    """Something to settle before sending: which question, which field, and what to do."""

    question: Question
    section: Section
    name: str
    message: str


def problems(answer: Answer, held: Working) -> list[Problem]:
    """What is missing, cannot be read, or contradicts itself without a reason."""
    shape = answer.campaign.shape
    seen = visibility.answers(shape, held.values)
    found = []
    for section, questions in visibility.shown_sections(shape, held.values):
        for question in questions:
            told = held.errors_of(question) or _missing(question, held.values.get(question.key))
            for warned in warnings_of(question, seen, held, shape.questions.keys()):
                if not warned.reason:
                    told = told | {warned.name: warned.message}
            if pending_texts.waiting(answer.pending, [question], held.fields_of):
                told = told | {TWO_TEXTS: _("Two texts were written: choose which one stays.")}
            found += [Problem(question, section, name, text) for name, text in told.items()]
    return found


def _missing(question: Question, value: Any) -> dict[str, str]:
    message = missing(question, value)
    return {f"q-{question.key}": message} if message else {}


def warnings_of(
    question: Question, seen: Mapping[str, Any], held: Working, keys: Collection[str]
) -> list[Warned]:
    """The rules that these answers do not keep, in the active language, with the reasons given."""
    language = current_language()
    return [
        Warned(name, rule.message.in_(language), held.reasons.get(name, ""))
        for name, rule in rules.broken(question, seen, keys)
    ]
