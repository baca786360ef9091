"""The figures of a synthesis, as plain data that a page keeps: masked, in both languages.

A figure says which question it is about, how many answered, and what the season before said. All
of them are over the counted answers of the campaign, without any filter.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from hub.core.visibility import visible
from resources.models import PracticePage
from resources.reports.figures import counting, numbers, participation, records
from resources.reports.figures.crossing import Crossing
from resources.reports.figures.numbers import Spread
from resources.reports.figures.texts import texts
from resources.reports.figures.variables import Variable
from resources.reports.models.campaign import Campaign
from resources.reports.questionnaire.schema import (
    CHOICE,
    FEDERATION,
    LONG_TEXT,
    MATRIX,
    NUMBERS,
    Question,
)
from resources.reports.synthesis.words import recurring

LANGUAGES: Final = ("fr", "en")
LEFT_OUT: Final = ("consentement",)  # a theme that tells of no meeting
TRIED: Final = ".tried"
Figure = dict[str, Any]
Figures = dict[str, Figure]


def gather(campaign: Campaign) -> dict[str, Any]:
    """All that may be told of a campaign, beside the season before. A handful of queries."""
    previous = Campaign.objects.filter(
        season__lt=campaign.season, is_example=campaign.is_example
    ).first()
    read = records.load_all([campaign, *([previous] if previous else [])])
    now = Crossing(read[campaign.pk])
    before = Crossing(read[previous.pk]) if previous else None
    return {
        "campaign": campaign.slug,
        "season": campaign.season,
        "before": previous.season if previous else None,
        "n": len(now.records),
        "invited": campaign.participants.count(),
        "smallest": campaign.smallest_cell,
        "figures": dict(_figures(now, before)),
    }


def _figures(now: Crossing, before: Crossing | None) -> Iterator[tuple[str, Figure]]:
    names = _practice_names()
    told = {q.key: q for q in now.records.shape if _is_told(now, q)}
    for variable in now.records.variables.values():
        question = told.get(variable.question)
        if question and question.type != MATRIX and _is_kept(variable):
            yield variable.key, _distribution(now, before, variable, question, names)
    for question in told.values():
        if question.type == MATRIX and question.cell == CHOICE:
            yield question.key, _table(now, question)
        if question.type in NUMBERS:
            found = numbers.numbers(now, question.key)
            past = _number(before, question.key) if before else None
            yield (
                question.key,
                _about(question)
                | {"kind": "number", "type": question.type, "n": found.spread.n}
                | {"spread": _spread(found.spread), "before": past},
            )
        if question.type == LONG_TEXT and question.publish != FEDERATION:
            yield question.key, _written(now, question)
    if rates := _rates(now):
        question = now.records.question(participation.QUESTION)
        whole = rates[participation.EVERYBODY]["attendance"]
        yield (
            question.key,
            _about(question)
            | {"kind": "rates", "n": whole["n"], "rows": rates}
            | {"before": _rates(before) if before else None},
        )


def _is_told(crossing: Crossing, question: Question) -> bool:
    return crossing.records.may_be_public(question.key) and question.theme not in LEFT_OUT


def _is_kept(variable: Variable) -> bool:
    """Of the practices, which were tried; how useful each was is the comparator's business."""
    return variable.key == variable.question or not variable.key.endswith((".kept", ".useful"))


def _about(question: Question) -> Figure:
    return {
        "question": question.key,
        "theme": question.theme,
        "label": {code: question.label.in_(code) for code in LANGUAGES},
    }


def _distribution(
    now: Crossing,
    before: Crossing | None,
    variable: Variable,
    question: Question,
    names: Mapping[str, Mapping[str, str]],
) -> Figure:
    said = {code: counting.distribution(now, variable.key, language=code) for code in LANGUAGES}
    french = said["fr"]
    told = [cell.count for cell in french.cells if cell.count is not None]
    counts = variable.counts(now.everyone)
    return _about(question) | {
        "kind": "practices" if variable.key.endswith(TRIED) else question.type,
        "row": variable.key.removeprefix(question.key).lstrip("."),
        "label": {code: one.label for code, one in said.items()},
        "several": variable.several,
        "n": french.n,
        # Whether the first of those that are told is the first of all: only then may it be said.
        "leads": bool(told) and max(told) == max(counts),
        "cells": [
            {
                "key": cell.key,
                "label": names.get(cell.key) or {c: said[c].cells[i].label for c in LANGUAGES},
                "count": cell.count,
                "share": cell.share,
            }
            for i, cell in enumerate(french.cells)
        ],
        "before": _past(before, variable.key) if before else None,
    }


def _table(now: Crossing, question: Question) -> Figure:
    """A table of choices: one line a row, each with the n of its own."""
    rows = [
        _distribution(now, None, now.records.variables[f"{question.key}.{row.key}"], question, {})
        | {"label": {code: row.label.in_(code) for code in LANGUAGES}}
        for row in question.rows
    ]
    answered = len(now.records.given(question.key))
    n = answered if not answered or answered >= now.smallest else None
    return _about(question) | {"kind": MATRIX, "n": n, "rows": rows}


def _past(before: Crossing, key: str) -> Figure | None:
    if key not in before.records.variables:
        return None
    found = counting.distribution(before, key)
    return {"n": found.n, "shares": {cell.key: cell.share for cell in found.cells}}


def _number(before: Crossing, key: str) -> Figure | None:
    question = before.records.shape.questions.get(key)
    if question is None or question.type not in NUMBERS:
        return None
    return _spread(numbers.numbers(before, key).spread)


def _spread(spread: Spread) -> Figure:
    parts = (spread.median, spread.low, spread.high)
    rounded = [None if part is None else round(part, 1) for part in parts]
    return {"n": spread.n, **dict(zip(("median", "low", "high"), rounded, strict=True))}


def _rates(crossing: Crossing) -> dict[str, Figure]:
    said = {code: participation.participation(crossing, language=code) for code in LANGUAGES}
    return {
        rates.key: {
            "label": {code: said[code][place].label for code in LANGUAGES},
            "attendance": _spread(rates.attendance),
            "expression": _spread(rates.expression),
        }
        for place, rates in enumerate(said["fr"])
    }


def _written(crossing: Crossing, question: Question) -> Figure:
    """How many wrote something, and the words that come back in enough of their answers."""
    found = [said.text for said in texts(crossing.records, question.key)]
    smallest = crossing.smallest
    return _about(question) | {
        "kind": "written",
        "n": len(found) if not found or len(found) >= smallest else None,
        "words": recurring(found, smallest),
    }


def _practice_names() -> dict[str, dict[str, str]]:
    """The title of each practice by its code, in each language: French where there is no other."""
    names: dict[str, dict[str, str]] = {}
    rows = visible(PracticePage.objects.all()).values_list("code", "title", "locale__language_code")
    for code, title, language in rows:
        names.setdefault(code, {})[language] = title
    return {code: {c: said.get(c) or said["fr"] for c in LANGUAGES}
            for code, said in names.items() if "fr" in said}  # fmt: skip
