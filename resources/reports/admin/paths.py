"""« Chemins possibles »: which questions appear together, and how long each way takes."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from resources.reports.admin import condition_words
from resources.reports.admin.screens import CampaignScreen
from resources.reports.questionnaire import schema
from resources.reports.questionnaire.checks import problems, said
from resources.reports.questionnaire.paths import SectionWays, ways_through
from resources.reports.questionnaire.schema import Question, Questionnaire
from resources.reports.questionnaire.worlds import ANYTHING


class PathsView(CampaignScreen):
    permission_required = "view"
    page_title = _("Possible paths")
    header_icon = "list-ol"
    template_name = "reports/admin/paths.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        questionnaire = self.campaign.shape
        wrong = problems(questionnaire)
        ways = ways_through(questionnaire)
        return super().get_context_data(**kwargs) | {
            "problems": [said(questionnaire, problem) for problem in wrong],
            "ways": ways,
            "sections": [_shown(questionnaire, part) for part in ways.sections],
            "dead": [questionnaire.questions[key] for key in sorted(ways.dead)],
        }


def _shown(questionnaire: Questionnaire, part: SectionWays) -> dict[str, Any]:
    shown = [{question.key for question in way.questions} for way in part.ways]
    always = set.intersection(*shown) if shown else set()
    return {
        "section": part.section,
        "is_complete": part.is_complete,
        "when": condition_words.said(questionnaire, part.section.when),
        "conditions": [
            {"question": q, "when": condition_words.said(questionnaire, q.when)}
            for q in part.section.questions
            if q.when
        ],
        "ways": [
            {
                "way": way,
                "because": [said_answer(*answer) for answer in way.answers],
                "more": [q for q in way.questions if q.key not in always],
            }
            for way in part.ways
        ],
    }


def said_answer(question: Question, value: Any) -> str:
    """One answer that leads somewhere, in words."""
    named = {"question": question.label.fr or question.key, "answer": _words(question, value)}
    return now("“%(question)s”: %(answer)s") % named


def _words(question: Question, value: Any) -> str:
    if isinstance(value, bool):
        return now("yes") if value else now("no")
    if isinstance(value, Mapping) and "chosen" in value:
        return ", ".join(_option(question, key) for key in value["chosen"])
    if question.type == schema.CONSENT or question.type == schema.RANKING:
        keys = value if isinstance(value, list) else [value]
        return ", ".join(_option(question, key) for key in keys)
    if isinstance(value, Mapping | list) or str(value).strip() in ("", ANYTHING):
        return now("answered")
    return str(value)


def _option(question: Question, key: str) -> str:
    return now("other") if key == schema.OTHER else question.option_label(key, "fr")
