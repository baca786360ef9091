"""The form of a campaign: keys that were left empty are proposed, every problem is told at once.

A draft is kept with its problems, so that nothing typed is lost; it is published without any.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import ErrorDict
from django.forms.widgets import Script
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.blocks import StreamBlockValidationError, StreamValue, StructBlockValidationError
from wagtail.blocks.list_block import ListBlockValidationError

from resources.reports.admin.campaign_mails import SentMailsStayForm
from resources.reports.models import Answer, Campaign
from resources.reports.questionnaire import protection
from resources.reports.questionnaire.checks import LISTS, Problem, problems, said
from resources.reports.questionnaire.keys import filled
from resources.reports.questionnaire.schema import Questionnaire
from resources.reports.questionnaire.stream import from_stream
from resources.reports.questionnaire.twins import identifiers, parted
from resources.reports.urls import urlpatterns

MOST_TOLD = 12  # in the summary; every one stands beside its field as well


def all_problems(campaign: Campaign, questionnaire: Questionnaire) -> list[Problem]:
    """What is wrong with a questionnaire, as the next one of this campaign."""
    return [*losses(campaign, questionnaire), *problems(questionnaire)]


def losses(campaign: Campaign, questionnaire: Questionnaire) -> list[Problem]:
    """What this questionnaire would take away from the answers to the campaign."""
    if not campaign.pk:
        return []
    kept = Campaign.objects.get(pk=campaign.pk)
    answers = Answer.objects.filter(campaign=kept, is_test=False)
    count = protection.counted(answers.values_list("values", flat=True).iterator())
    return protection.protected(kept.shape, questionnaire, count)


def taken_words() -> frozenset[str]:
    """The first words of the fixed addresses below /campagnes/, where a campaign would be hidden."""
    routes = (str(part.pattern).split("/", 1)[0] for part in urlpatterns)
    return frozenset(word for word in routes if not word.startswith("<"))


class CampaignForm(SentMailsStayForm):
    class Media:
        js = [Script("core/js/condition.js", type="module")]
        css = {"all": ["core/css/condition_admin.css"]}

    def clean_slug(self) -> str:
        slug: str = self.cleaned_data["slug"]
        if slug in taken_words():
            words = _("“%(word)s” is the address of another page of the hub: choose another one.")
            raise ValidationError(words % {"word": slug})
        return slug

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        stream = cleaned.get("sections")
        if isinstance(stream, StreamValue):
            kept = identifiers(self.instance.sections.raw_data) if self.instance.pk else ()
            raw = filled(parted(stream.get_prep_value(), kept))
            cleaned["sections"] = stream.stream_block.to_python(raw)
            questionnaire = from_stream(raw)
            # A draft that lost what was answered could not say so the next time: it is compared
            # with what is stored.
            find = losses if self.is_deferred_validation else all_problems
            found = find(self.instance, questionnaire)
            if found:
                self.add_error("sections", in_stream(questionnaire, found))
        return cleaned

    def tell_problems(self) -> list[str]:
        """Before anything is sent: what keeps the draft from being published, each in its place."""
        questionnaire = self.instance.shape
        found = problems(questionnaire)
        if found and not self.is_bound:
            told = in_stream(questionnaire, found)
            self._errors = ErrorDict({"sections": self.error_class([told])})
        return summary(questionnaire, found)

    def add_error(self, field: str | None, error: Any) -> None:
        """Said on top as well: the questionnaire may stand in a tab that is not open."""
        super().add_error(field, error)
        if field == "sections" and isinstance(error, StreamBlockValidationError):
            lines = [text for part in error.non_block_errors.as_data() for text in part.messages]
            super().add_error(None, [forms.ValidationError(line) for line in lines[:MOST_TOLD]])


class QuestionnaireError(StreamBlockValidationError):
    """The errors of the field, with a word for the list on top of the form."""

    def __init__(self, number: int, **places: Any) -> None:
        super().__init__(**places)
        words = ngettext(
            "%(number)d thing to mend, told below.",
            "%(number)d things to mend, told below.",
            number,
        )
        self.message = words % {"number": number}


def in_stream(questionnaire: Questionnaire, found: Iterable[Problem]) -> QuestionnaireError:
    """The problems as errors of the field: a summary, and each beside what it is about."""
    found = list(found)
    sections: dict[int, list[Problem]] = {}
    for problem in found:
        if problem.section is not None:
            sections.setdefault(problem.section, []).append(problem)
    return QuestionnaireError(
        len(found),
        block_errors={number: _section(inside) for number, inside in sections.items()},
        non_block_errors=summary(questionnaire, found),
    )


def summary(questionnaire: Questionnaire, found: list[Problem]) -> list[str]:
    lines = [said(questionnaire, problem) for problem in found[:MOST_TOLD]]
    if len(found) > MOST_TOLD:
        lines.append(_("… and %(number)d more.") % {"number": len(found) - MOST_TOLD})
    return lines


def _section(found: Iterable[Problem]) -> StructBlockValidationError:
    own: dict[str, Any] = {}
    questions: dict[int, list[Problem]] = {}
    for problem in found:
        if problem.question is None:
            own.setdefault(problem.field, []).append(problem.message)
        else:
            questions.setdefault(problem.question, []).append(problem)
    errors = {name: ValidationError(messages) for name, messages in own.items()}
    if questions:
        inside = {number: _question(part) for number, part in questions.items()}
        errors["questions"] = StreamBlockValidationError(block_errors=inside)
    return StructBlockValidationError(block_errors=errors)


def _question(found: Iterable[Problem]) -> StructBlockValidationError:
    fields: dict[str, list[Problem]] = {}
    for problem in found:
        fields.setdefault(problem.field, []).append(problem)
    general = [problem.message for problem in fields.pop("", [])]
    errors = {name: _field(name, part) for name, part in fields.items()}
    return StructBlockValidationError(block_errors=errors, non_block_errors=general)


def _field(name: str, found: list[Problem]) -> ValidationError:
    items: dict[int, list[Problem]] = {}
    for problem in found:
        if problem.item is not None:
            items.setdefault(problem.item, []).append(problem)
    if not items:
        return ValidationError([problem.message for problem in found])
    return ListBlockValidationError(
        block_errors={number: _item(name, part) for number, part in items.items()},
        non_block_errors=[problem.message for problem in found if problem.item is None],
    )


def _item(name: str, found: list[Problem]) -> StructBlockValidationError:
    field = "key" if name in LISTS else "check"
    errors: Mapping[str, Any] = {field: ValidationError([p.message for p in found])}
    return StructBlockValidationError(block_errors=errors)
