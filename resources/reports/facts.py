"""What was chosen among closed answers, as the page of a report tells it and is filtered by it."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from hub.core.visibility import visible
from resources.models import FactLabel, PracticePage
from resources.reports.models import Answer
from resources.reports.public_texts import public_questions, tells_who
from resources.reports.questionnaire import schema
from resources.reports.questionnaire.schema import OTHER, Question
from resources.reports.turnout import is_turnout, turnout_facts
from search.state import steering_changed

# The facet that a question of the shipped questionnaire feeds, by its key.
FACET_OF: Final[Mapping[str, str]] = {
    "statut": "status",
    "activite": "activity",
    "region": "region",
    "taille": "members",
    "type_ag": "meeting",
    "mode_ag": "mode",
    "jour": "day",
    "creneau": "slot",
    "lieu": "venue",
    "collaborateurs_roles": "staff",
    "sensibilisation_moments": "awareness",
    "canaux": "channel",
    "pieces_jointes": "enclosure",
    "modes_vote": "vote",
    "convivialite": "conviviality",
    "pratiques": "practice",
    "objectifs_themes": "goal",
}
Value = dict[str, str]


def facts_of(answer: Answer, *, named: bool) -> list[dict[str, Any]]:
    """The facts of the page in the order of the questions, in both languages."""
    found = []
    for question, value in public_questions(answer):
        if not named and tells_who(question):
            continue
        if is_turnout(question):
            smallest = answer.campaign.smallest_cell
            found += turnout_facts(question, value, smallest, named=named)
            continue
        values = list(_values(question, value))
        if values:
            label = {"fr": question.label.fr, "en": question.label.in_("en")}
            facet = FACET_OF.get(question.key, "")
            found.append({"facet": facet, "label": label, "values": values})
    return found


def _values(question: Question, value: Any) -> Iterator[Value]:
    match question.type:
        case schema.CHOICE | schema.CHOICES:
            for key in value["chosen"]:
                yield _option(question, key)
        case schema.RANKING:
            for key in value:
                yield _option(question, key)
        case schema.PRACTICES:
            titles = practice_titles()
            for code in value:
                title = titles.get(code, code)
                yield {"key": code, "fr": f"{code} · {title}", "en": f"{code} · {title}"}
        case schema.YES_NO:
            yield _said("yes" if value else "no", lambda: _("Yes") if value else _("No"))
        case schema.DATE:
            yield _said(value, lambda: date_format(date.fromisoformat(value)))
        case schema.DURATION:
            hours, minutes = divmod(int(value), 60)
            words = f"{hours} h {minutes:02d}"
            yield {"key": str(value), "fr": words, "en": words}
        case schema.TIME:
            yield {"key": value, "fr": value.replace(":", " h "), "en": value}


def _option(question: Question, key: str) -> Value:
    if key == OTHER:
        return _said(OTHER, lambda: _("Other"))
    return {
        "key": key,
        "fr": question.option_label(key, "fr"),
        "en": question.option_label(key, "en"),
    }


def _said(key: str, words: Any) -> Value:
    found = {"key": key}
    for language in ("fr", "en"):
        with override(language):
            found[language] = str(words())
    return found


def practice_titles() -> dict[str, str]:
    rows = visible(PracticePage.objects.filter(locale__language_code="fr"))
    return dict(rows.values_list("code", "title"))


def name_facets(facts: list[dict[str, Any]]) -> None:
    """Keep how the values of the facets are called: the filters of the library say it."""
    rows = [
        FactLabel(
            facet=fact["facet"], value=value["key"], label_fr=value["fr"], label_en=value["en"]
        )
        for fact in facts
        if fact["facet"]
        for value in fact["values"]
    ]
    FactLabel.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["facet", "value"],
        update_fields=["label_fr", "label_en"],
    )
    steering_changed()
