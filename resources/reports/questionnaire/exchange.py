"""A questionnaire as a file, to carry it to another season or another hub. Pure."""

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

from resources.reports.questionnaire.schema import (
    AGGREGATE,
    Option,
    Question,
    Questionnaire,
    Rule,
    Section,
    Words,
)

FORMAT: Final = "questionnaire"
VERSION: Final = 1
LARGEST: Final = 1024 * 1024  # bytes


class ExchangeError(ValueError):
    """The file is no questionnaire; the message says where."""


def read(content: str | bytes) -> Questionnaire:
    """Read a file. Raises ExchangeError; what it says is not checked here (see ``checks``)."""
    if len(content) > LARGEST:
        raise ExchangeError("larger than 1 MB")
    try:
        data = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise ExchangeError(f"not JSON: {error}") from error
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise ExchangeError("not a questionnaire")
    if data.get("version") != VERSION:
        raise ExchangeError(f"version {data.get('version')!r} is not known")
    try:
        return Questionnaire(tuple(section_of(part) for part in data["sections"]))
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise ExchangeError(f"{type(error).__name__}: {error}") from error


def write(questionnaire: Questionnaire) -> str:
    """The file of a questionnaire: the same questionnaire always gives the same bytes."""
    data = {
        "format": FORMAT,
        "version": VERSION,
        "sections": [section_data(section) for section in questionnaire.sections],
    }
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def section_of(data: Mapping[str, Any]) -> Section:
    return Section(
        key=str(data["key"]),
        title=_words(data["title"]),
        intro=_words(data.get("intro")),
        when=str(data.get("when") or ""),
        questions=tuple(question_of(part) for part in data.get("questions", ())),
    )


def question_of(data: Mapping[str, Any]) -> Question:
    return Question(
        key=str(data["key"]),
        type=str(data["type"]),
        label=_words(data["label"]),
        help=_words(data.get("help")),
        required=bool(data.get("required")),
        when=str(data.get("when") or ""),
        options=_options(data.get("options")),
        other=bool(data.get("other")),
        rows=_options(data.get("rows")),
        columns=_options(data.get("columns")),
        cell=str(data.get("cell") or ""),
        minimum=_number(data.get("minimum")),
        maximum=_number(data.get("maximum")),
        max_length=int(data["max_length"]) if data.get("max_length") else None,
        publish=str(data.get("publish") or AGGREGATE),
        facet=bool(data.get("facet")),
        theme=str(data.get("theme") or ""),
        prefill=str(data.get("prefill") or ""),
        quick=bool(data.get("quick")),
        rules=tuple(Rule(str(r["check"]), _words(r["message"])) for r in data.get("rules") or ()),
    )


def section_data(section: Section) -> dict[str, Any]:
    data = {
        "key": section.key,
        "title": _both(section.title),
        "intro": _both(section.intro) if section.intro else None,
        "when": section.when,
        "questions": [question_data(question) for question in section.questions],
    }
    return {name: value for name, value in data.items() if value or name == "questions"}


def question_data(question: Question) -> dict[str, Any]:
    """What a question says; what it leaves as it is by default is left out."""
    data = {
        "key": question.key,
        "type": question.type,
        "label": _both(question.label),
        "help": _both(question.help) if question.help else None,
        "required": question.required,
        "when": question.when,
        "options": _list(question.options),
        "other": question.other,
        "rows": _list(question.rows),
        "columns": _list(question.columns),
        "cell": question.cell,
        "minimum": question.minimum,
        "maximum": question.maximum,
        "max_length": question.max_length,
        "publish": question.publish if question.publish != AGGREGATE else "",
        "facet": question.facet,
        "theme": question.theme,
        "prefill": question.prefill,
        "quick": question.quick,
        "rules": [{"check": r.check, "message": _both(r.message)} for r in question.rules],
    }
    return {n: v for n, v in data.items() if v or (n in ("minimum", "maximum") and v is not None)}


def _words(data: Mapping[str, Any] | None) -> Words:
    data = data or {}
    return Words(str(data.get("fr") or ""), str(data.get("en") or ""))


def _both(words: Words) -> dict[str, str]:
    return {"fr": words.fr, "en": words.en}


def _options(data: Sequence[Mapping[str, Any]] | None) -> tuple[Option, ...]:
    return tuple(Option(str(part["key"]), _words(part["label"])) for part in data or ())


def _list(options: Sequence[Option]) -> list[dict[str, Any]]:
    return [{"key": option.key, "label": _both(option.label)} for option in options]


def _number(value: Any) -> float | None:
    if value is None or value == "":
        return None
    number = float(value)
    return int(number) if number.is_integer() else number
