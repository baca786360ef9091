"""How each question was worded at a time: kept when a campaign is published, never changed.

A consent refers to the words that were read, and a season is compared with another by the key,
whatever became of the words.
"""

import hashlib
import json
from typing import Any

from django.db import transaction
from django.dispatch import receiver
from wagtail.signals import published

from resources.reports.models import Campaign, Wording
from resources.reports.questionnaire.exchange import question_data
from resources.reports.questionnaire.schema import Question

WORDS = ("label", "help", "options", "rows", "columns", "other", "type")


@transaction.atomic
def keep(campaign: Campaign) -> list[Wording]:
    """Keep the words of each question that is new or whose words changed; return what was kept."""
    latest = current(campaign)
    made = []
    for question in campaign.shape:
        digest = _digest(question)
        before = latest.get(question.key)
        if before is None or before.digest != digest:
            number = before.number + 1 if before else 1
            content = question_data(question)
            made.append(
                Wording(
                    campaign=campaign, key=question.key, number=number, content=content,
                    digest=digest,
                )
            )  # fmt: skip
    return Wording.objects.bulk_create(made)


def current(campaign: Campaign) -> dict[str, Wording]:
    """The latest wording of each key that was ever published in this campaign."""
    rows = Wording.objects.filter(campaign=campaign).order_by("number")
    return {wording.key: wording for wording in rows}


def _digest(question: Question) -> str:
    """Of what a person reads: limits, conditions and settings are no words."""
    data = question_data(question)
    words = json.dumps({name: data.get(name) for name in WORDS}, sort_keys=True)
    return hashlib.sha256(words.encode()).hexdigest()


@receiver(published, sender=Campaign, dispatch_uid="keep_the_words_of_a_published_campaign")
def keep_when_published(instance: Campaign, **_kwargs: Any) -> None:
    keep(instance)
