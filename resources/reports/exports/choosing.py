"""Which answers leave, and what of them: consent decides when the file is for others to read."""

from collections.abc import Mapping
from typing import Any, Final

from django.db.models import QuerySet, TextChoices
from django.utils.translation import gettext_lazy as _

from resources.reports.models import Answer, Campaign
from resources.reports.questionnaire import schema
from resources.reports.questionnaire.agreement import LEVEL, NAMED, SHARED
from resources.reports.questionnaire.schema import Question

NAMES: Final = ("nom_coop",)  # keys of questions that say who the co-op is
ACCEPTED: Final = (Answer.State.ACCEPTED, Answer.State.ANONYMISED, Answer.State.PUBLISHED)


class Which(TextChoices):
    ALL = "all", _("All answers, for the federation alone")
    PUBLISHABLE = "publishable", _("What co-ops agreed to publish, once accepted")


def chosen(campaign: Campaign, which: str) -> QuerySet[Answer]:
    """The answers of an export, in the order they were sent.

    Drafts, tests, refused and withdrawn answers never leave.
    """
    answers = Answer.objects.filter(campaign=campaign).counted()
    if which == Which.PUBLISHABLE:
        answers = answers.filter(state__in=ACCEPTED, **{f"values__{LEVEL}__in": SHARED})
    return answers.order_by("sent_at", "pk")


def is_named(answer: Answer) -> bool:
    """Whether the co-op agreed to be named."""
    return answer.values.get(LEVEL) == NAMED


def publishable(
    answer: Answer, questions: Mapping[str, Question], told: Mapping[str, Any]
) -> dict[str, Any]:
    """What others may read of the visible answers of an accepted answer, names replaced."""
    named = is_named(answer)
    return {
        key: _with_public_texts(key, value, answer.public_texts)
        for key, value in told.items()
        if questions[key].publish == schema.PUBLIC
        and not questions[key].is_upload
        and (named or key not in NAMES)
    }


def _with_public_texts(key: str, value: Any, texts: Mapping[str, str], at: str = "") -> Any:
    """The value with each text that a moderator wrote anew, found by its place: « key.P05.more »."""
    place = at or key
    if isinstance(value, str):
        return texts.get(place, value)
    if isinstance(value, Mapping):
        return {
            name: _with_public_texts(key, part, texts, f"{place}.{name}")
            for name, part in value.items()
        }
    return value
