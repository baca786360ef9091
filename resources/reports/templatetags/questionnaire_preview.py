"""The whole form of a campaign on one page, as its preview shows it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django import template

from resources.reports.asking import Asked
from resources.reports.controls import practice_titles
from resources.reports.models import Campaign
from resources.reports.questionnaire import schema
from resources.reports.questionnaire.schema import Section

register = template.Library()


@dataclass(frozen=True)
class Previewed:
    """One section with all its questions, those that wait for an answer too."""

    section: Section
    title: str
    intro: str
    asked: Sequence[Asked]


@register.simple_tag
def previewed_sections(campaign: Campaign, language: str) -> list[Previewed]:
    return [_section(section, language) for section in campaign.shape.sections]


def _section(section: Section, language: str) -> Previewed:
    has_practices = any(question.type == schema.PRACTICES for question in section.questions)
    titles = practice_titles(language) if has_practices else {}
    asked = [Asked(question, language, practices=titles) for question in section.questions]
    return Previewed(
        section, section.title.in_(language), section.intro.in_(language), tuple(asked)
    )
