"""An answer and its log in words, for moderators: everything that was answered, and who did what."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from resources.reports.answer_text import lines
from resources.reports.models import Answer, Attachment, ReviewEvent
from resources.reports.public_texts import PHOTO, SUMMARY, TITLE, public_questions
from resources.reports.questionnaire import schema, visibility

REACH = {
    schema.PUBLIC: "",
    schema.AGGREGATE: _lazy("in totals only"),
    schema.FEDERATION: _lazy("federation only"),
}


@dataclass(frozen=True)
class Told:
    label: str
    lines: list[str] = field(default_factory=list)
    files: list[Attachment] = field(default_factory=list)
    reach: str = ""


def told_answer(answer: Answer) -> list[dict[str, Any]]:
    """The visible questions with what was answered, section by section. One query."""
    files: dict[str, list[Attachment]] = {}
    for attachment in answer.attachments.all():
        files.setdefault(attachment.question_key, []).append(attachment)
    shape = answer.campaign.shape
    # A co-op may let everybody read what stays with the federation otherwise.
    public = {question.key for question, _given in public_questions(answer)}
    found = []
    for section, questions in visibility.shown_sections(shape, answer.values):
        told = [
            Told(
                question.label.fr,
                [] if question.is_upload else lines(question, answer.values[question.key], "fr"),
                files.get(question.key, []) if question.is_upload else [],
                "" if question.key in public else str(REACH[question.publish]),
            )
            for question in questions
            if question.is_answered and question.key in answer.values
        ]
        if told:
            found.append({"title": section.title.fr, "answers": told})
    return found


def told_log(events: Iterable[ReviewEvent]) -> list[dict[str, Any]]:
    """Each step in words; the texts that it changed, before and after."""
    labels = dict(Answer.State.choices)
    return [
        {
            "who": _("The co-operative") if event.who == "co-op" else event.who,
            "when": event.made_at,
            "before": labels.get(event.before, event.before),
            "after": labels.get(event.after, event.after),
            "is_step": event.before != event.after,
            "why": event.why,
            "texts": [
                (_label(key), before, after)
                for key, (before, after) in event.changes.get("texts", {}).items()
            ],
        }
        for event in events
    ]


def _label(key: str) -> str:
    if key.startswith(PHOTO):
        return _("Description of a photo")
    return {TITLE: _("Title"), SUMMARY: _("Summary")}.get(key, key)
