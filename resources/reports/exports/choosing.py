"""Which answers leave, and what of them: consent decides when the file is for others to read."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet, TextChoices
from django.utils.translation import gettext_lazy as _

from resources.reports import public_texts, sharing
from resources.reports.models import Answer, Campaign
from resources.reports.questionnaire import visibility
from resources.reports.questionnaire.agreement import LEVEL, SHARED


class Which(TextChoices):
    ALL = "all", _("All answers, for the federation alone")
    PUBLISHABLE = "publishable", _("What co-ops agreed to publish, once accepted")


def chosen(campaign: Campaign, which: str) -> QuerySet[Answer]:
    """The answers among which an export chooses, in the order they were sent.

    Drafts, tests, refused and withdrawn answers never leave.
    """
    answers = Answer.objects.filter(campaign=campaign)
    if which == Which.PUBLISHABLE:
        # The rule itself is asked of each answer; this spares reading those that it refuses.
        answers = answers.sent().filter(state__in=sharing.READ, **{f"values__{LEVEL}__in": SHARED})
        answers = answers.select_related("publication__accepted_by")
    else:
        answers = answers.counted()
    return answers.select_related("organisation").order_by("sent_at", "pk")


def leaving(
    campaign: Campaign, answers: QuerySet[Answer], which: str
) -> Iterator[tuple[Answer, str | None, dict[str, Any]]]:
    """Those that leave, each with the name of its co-op, if it may be said, and what it says.

    What was hidden from the co-op is no answer.
    """
    for answer in answers:
        answer.campaign = campaign
        if which != Which.PUBLISHABLE:
            said = visibility.answers(campaign.shape, answer.values)
            yield answer, answer.shown_name, said
        elif told := sharing.told(answer):
            yield answer, told.name or None, public_texts.values_of(answer, named=told.named)
