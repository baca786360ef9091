"""The fields of a form that would give a value: what a person sees again of an answer. Pure."""

from collections.abc import Mapping
from typing import Any

from resources.reports.questionnaire import schema
from resources.reports.questionnaire.schema import OTHER, Question
from resources.reports.questionnaire.values import field_name


def typed(question: Question, value: Any) -> Mapping[str, list[str]]:
    """The fields of a form that would give this value: the inverse of ``read``."""
    name = field_name(question.key)
    match question.type:
        case schema.YES_NO:
            return {name: ["yes" if value else "no"]} if value is not None else {}
        case schema.CHOICE | schema.CHOICES if isinstance(value, Mapping):
            other = {field_name(question.key, OTHER): [value["other"]]} if "other" in value else {}
            return {name: list(value.get("chosen", ()))} | other
        case schema.DURATION if value is not None:
            hours, minutes = divmod(int(value), 60)
            names = field_name(question.key, "h"), field_name(question.key, "m")
            return {names[0]: [str(hours)], names[1]: [str(minutes)]}
        case schema.RANKING:
            places = enumerate(value or (), 1)
            return {field_name(question.key, key): [str(place)] for place, key in places}
        case schema.MATRIX | schema.PRACTICES:
            return _typed_parts(question, value or {})
        case schema.CONSENT if not question.options:
            return {name: ["on"]} if value else {}
    return {name: [str(value)]} if value is not None else {}


def _typed_parts(question: Question, value: Mapping[str, Any]) -> dict[str, list[str]]:
    found = {}
    for row, told in value.items():
        if isinstance(told, str):
            found[field_name(question.key, row)] = [told]
            continue
        for part, given in told.items():
            text = "on" if given is True else str(given)
            found[field_name(question.key, row, part)] = [text]
    return found
