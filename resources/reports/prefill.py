"""What a new answer starts with: the co-op’s sheet, and what it answered the season before."""

from collections.abc import Mapping
from typing import Any, Final

from hub.core.text import folded
from resources.models import Organisation
from resources.reports.models import Answer, Campaign
from resources.reports.questionnaire import schema, visibility
from resources.reports.questionnaire.conditions import Path
from resources.reports.questionnaire.evaluation import is_given
from resources.reports.questionnaire.merging import Typed
from resources.reports.questionnaire.schema import OTHER, Question, Questionnaire
from resources.reports.questionnaire.typing_again import typed
from resources.reports.questionnaire.values import field_name, read

SHEET: Final = "organisation."
SHEET_FIELDS: Final = ("name", "status", "activity", "region", "size")
LAST: Final = "last"


def start_of(campaign: Campaign, organisation: Organisation | None) -> dict[str, Any]:
    """The values to begin with, by key; only what this questionnaire can read."""
    if organisation is None:
        return {}
    last = _last_season(campaign, organisation)
    asked = last.campaign.shape if last else Questionnaire()
    told = visibility.answers(asked, last.values) if last else {}
    found = {}
    for question in campaign.shape:
        value = _of_sheet(question, organisation)
        if value is None:
            value = _of_last(question, asked, told)
        if is_given(value):
            found[question.key] = value
    return found


def _last_season(campaign: Campaign, organisation: Organisation) -> Answer | None:
    sent = Answer.objects.sent().filter(
        organisation=organisation, campaign__season__lt=campaign.season
    )
    return sent.select_related("campaign").order_by("-campaign__season", "-pk").first()


def _of_sheet(question: Question, organisation: Organisation) -> Any:
    name = question.prefill.removeprefix(SHEET)
    if not question.prefill.startswith(SHEET) or name not in SHEET_FIELDS:
        return None
    told = str(getattr(organisation, name) or "")
    if not question.option_keys:
        return read(question, Typed({field_name(question.key): [told]})).value
    key = _option(question, told)
    return read(question, Typed({field_name(question.key): [key]})).value if key else None


def _option(question: Question, told: str) -> str:
    """The option that a word of the sheet is: by its key, or by its label in French."""
    wanted = folded(told)
    for option in question.options:
        if told == option.key or wanted in (folded(option.label.fr), folded(option.key)):
            return option.key
    return OTHER if question.other and told == Organisation.Status.OTHER else ""


def _of_last(question: Question, asked: Questionnaire, told: Mapping[str, Any]) -> Any:
    """The answer of last season, read again: what is no longer an answer here is left out."""
    if question.prefill.partition(":")[0] != LAST or question.is_upload:
        return None
    place = Path(question.prefill.partition(":")[2] or question.key)
    before = asked.questions.get(place.key)
    value = place.value(told)
    if before is None or not is_given(value) or not _is_alike(question, before, place):
        return None
    return read(question, Typed({n: list(t) for n, t in typed(question, value).items()})).value


def _is_alike(question: Question, before: Question, place: Path) -> bool:
    if place.text != place.key:  # one cell of a table of numbers
        return before.type == schema.MATRIX and question.type in schema.NUMBERS
    return (question.type, question.cell) == (before.type, before.cell)
