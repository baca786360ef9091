"""The counted answers of one campaign or of several, read in one query and kept as plain values."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from resources.reports.figures.variables import Variable, variables_of
from resources.reports.models import Answer, Campaign
from resources.reports.questionnaire.schema import FEDERATION, Question, Questionnaire
from resources.reports.questionnaire.visibility import answers as visible


@dataclass(frozen=True)
class Record:
    """One counted answer: what was answered to the questions that its co-op could see."""

    pk: int
    season: int
    values: Mapping[str, Any]
    state: str = ""


@dataclass(frozen=True)
class Records:
    """Counted answers, with the questionnaire that gives their questions words and order.

    Figures need ``smallest`` answers, comparisons ``fewest_ranked``. The order of ``answers`` says
    nothing; their number is ``len(records)``.
    """

    shape: Questionnaire
    answers: tuple[Record, ...]
    smallest: int = 5
    fewest_ranked: int = 5

    def __len__(self) -> int:
        return len(self.answers)

    @property
    def seasons(self) -> tuple[int, ...]:
        return tuple(sorted({record.season for record in self.answers}))

    @cached_property
    def variables(self) -> Mapping[str, Variable]:
        """Whatever can be counted and crossed, by its key, in the order of the questionnaire."""
        return variables_of(self.shape, [record.values for record in self.answers])

    @cached_property
    def filters(self) -> Mapping[str, Variable]:
        """What the answers may be filtered by: the facets of which a co-op chooses one option.

        Each filter more hides figures of the others; two questions are crossed instead.
        """
        facets = {question.key for question in self.shape if question.facet}
        found = self.variables.items()
        return {key: one for key, one in found if key in facets and not one.several}

    def question(self, key: str) -> Question:
        return self.shape.questions[key]

    def given(self, key: str) -> dict[int, Any]:
        """What was answered to one question, by the place of the answer in ``answers``."""
        return {
            place: record.values[key]
            for place, record in enumerate(self.answers)
            if key in record.values
        }

    def may_be_public(self, key: str) -> bool:
        """Whether figures about a question may leave the federation."""
        question = self.shape.questions.get(key.split(".", 1)[0])
        return question is not None and question.publish != FEDERATION


def load(campaign: Campaign) -> Records:
    """The counted answers of a campaign. One query."""
    return load_all([campaign])[campaign.pk]


def load_all(campaigns: Sequence[Campaign]) -> dict[int, Records]:
    """The counted answers of several campaigns, by the pk of the campaign. One query in all."""
    shapes = {campaign.pk: campaign.shape for campaign in campaigns}
    seasons = {campaign.pk: campaign.season for campaign in campaigns}
    found: dict[int, list[Record]] = {campaign.pk: [] for campaign in campaigns}
    rows = Answer.objects.counted().filter(campaign__in=shapes).order_by("pk")
    for pk, of, state, values in rows.values_list("pk", "campaign_id", "state", "values"):
        found[of].append(Record(pk, seasons[of], visible(shapes[of], values), state))
    return {
        campaign.pk: Records(
            campaign.shape,
            tuple(found[campaign.pk]),
            campaign.smallest_cell,
            campaign.fewest_ranked,
        )
        for campaign in campaigns
    }


def pooled(records: Iterable[Records]) -> Records:
    """Several seasons as one: the questions and words of the last one given, the strictest limits.

    Questions and options meet by their keys. Raises ValueError when nothing is given.
    """
    every = list(records)
    if not every:
        raise ValueError("no season to pool")
    return Records(
        every[-1].shape,
        tuple(record for one in every for record in one.answers),
        max(one.smallest for one in every),
        max(one.fewest_ranked for one in every),
    )
