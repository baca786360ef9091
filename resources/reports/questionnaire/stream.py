"""The questionnaire between the stream that editors see and the shape that the code reads. Pure.

Both ways lose nothing: the file of a questionnaire becomes a stream, and the stream that file again.
"""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from resources.reports.questionnaire.exchange import (
    question_data,
    question_of,
    section_data,
    section_of,
)
from resources.reports.questionnaire.schema import Questionnaire

TEXTS: Final = ("label", "help", "title", "intro", "message")
LISTS: Final = ("options", "rows", "columns", "rules")


def from_stream(raw: Iterable[Mapping[str, Any]]) -> Questionnaire:
    """The questionnaire that the raw value of the field holds."""
    sections = []
    for block in raw:
        values = _joined(block["value"])
        questions = [
            question_data(question_of(_joined(part["value"]) | {"type": part["type"]}))
            for part in block["value"].get("questions") or ()
        ]
        sections.append(section_of(values | {"questions": questions}))
    return Questionnaire(tuple(sections))


def to_stream(questionnaire: Questionnaire) -> list[dict[str, Any]]:
    """The raw value of the field for a questionnaire, every block with an identifier of its own."""
    found = []
    for section in questionnaire.sections:
        values = _parted(section_data(section) | {"questions": None})
        values["questions"] = [
            _block(question.type, _parted(question_data(question) | {"type": None}))
            for question in section.questions
        ]
        found.append(_block("section", values))
    return found


def _block(kind: str, value: Mapping[str, Any]) -> dict[str, Any]:
    return {"type": kind, "value": dict(value), "id": str(uuid.uuid4())}


def _joined(values: Mapping[str, Any]) -> dict[str, Any]:
    """The texts of both languages as one value, list items without their wrapping."""
    found: dict[str, Any] = {}
    for name, value in values.items():
        base, _, language = name.rpartition("_")
        if base in TEXTS and language in ("fr", "en"):
            found.setdefault(base, {})[language] = value or ""
        elif name in LISTS:
            found[name] = [_joined(_inside(item)) for item in value or ()]
        else:
            found[name] = value
    return found


def _inside(item: Mapping[str, Any]) -> Mapping[str, Any]:
    return item["value"] if item.get("type") == "item" and "value" in item else item


def _parted(values: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in values.items():
        if value is None:
            continue
        if name in TEXTS:
            found |= {f"{name}_{language}": text for language, text in value.items()}
        elif name in LISTS:
            found[name] = _items(value)
        else:
            found[name] = value
    return found


def _items(values: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    return [_block("item", _parted(value)) for value in values]
