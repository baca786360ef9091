"""Seasons full of invented answers, in the database."""

import random
from typing import Any

from django.utils import timezone

from resources.models import Organisation
from resources.reports.models import Answer, Campaign, Participant
from resources.reports.questionnaire.schema import Questionnaire
from tests.campaigns import campaign, coop, default_questionnaire
from tests.reports.invented_answers import invented


def coops(number: int) -> list[Organisation]:
    return [coop(f"Coop inventée {n}") for n in range(number)]


def season(
    year: int,
    organisations: list[Organisation],
    questionnaire: Questionnaire | None = None,
    seed: int | None = None,
    **fields: Any,
) -> Campaign:
    """A campaign whose invited co-ops have all answered."""
    shape = questionnaire or default_questionnaire()
    made = campaign(
        shape,
        **{"season": year, "slug": f"ag-{year}", "title_fr": f"Retours AG {year}", "live": True}
        | fields,
    )
    participants = Participant.objects.bulk_create(
        Participant(campaign=made, organisation=one) for one in organisations
    )
    draw = random.Random(seed or year)
    Answer.objects.bulk_create(
        Answer(
            campaign=made,
            participant=one,
            organisation=one.organisation,
            values=invented(shape, draw),
            state=Answer.State.RECEIVED,
            sent_at=timezone.now(),
        )
        for one in participants
    )
    return made
