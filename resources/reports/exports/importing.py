"""Answers from a file that an export wrote: compared with those that are there, then added.

An answer that is there already is never overwritten: one that differs is named. One that is added
comes in as received, whatever its state was: what is published was accepted here.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, Final
from uuid import UUID
from zipfile import BadZipFile

from django.db import transaction
from django.http import QueryDict
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from openpyxl.utils.exceptions import InvalidFileException

from resources.models import Organisation
from resources.reports import workflow
from resources.reports.exports import delimited, open_document, typed, workbook
from resources.reports.exports.columns import Columns
from resources.reports.exports.table import KEY
from resources.reports.models import Answer, Campaign, CampaignLanguage
from resources.reports.models.campaign import FIRST_YEAR, LAST_YEAR
from resources.reports.questionnaire import schema, visibility
from resources.reports.questionnaire.schema import Question
from resources.reports.questionnaire.typing_again import typed as typed_again
from resources.reports.questionnaire.values import cleaned
from resources.reports.questionnaire.values import read as read_value

EXACT: Final = (schema.DECIMAL, schema.AMOUNT)
Record = tuple[Mapping[str, Any], Mapping[str, Any]]


@dataclass
class Outcome:
    """What a file holds, compared with the campaign."""

    new: list[Record] = field(default_factory=list)
    same: list[str] = field(default_factory=list)
    different: dict[str, list[str]] = field(default_factory=dict)  # keys of questions, by answer
    problems: list[str] = field(default_factory=list)


def records(path: Path, columns: Columns) -> Iterator[Record]:
    """What is said of each answer of a file, and its values. ValueError when it cannot be read."""
    if path.suffix == ".json":
        yield from typed.read(path.read_bytes())
        return
    try:
        lines = _lines(path)
        header = [str(name) for name in next(lines)]
        if header[:1] != [KEY]:
            raise KeyError(KEY)
    except (BadZipFile, KeyError, StopIteration, InvalidFileException, UnicodeDecodeError) as error:
        raise ValueError(f"{path.name} is no export of answers") from error
    for number, line in enumerate(lines, 2):
        cells = [(name, cell) for name, cell in zip(header, line, strict=False)]
        if all(cell in (None, "") for _name, cell in cells):
            continue
        about = {name: cell for name, cell in cells if name.startswith("_")}
        try:
            values = columns.answers((n, c) for n, c in cells if not n.startswith("_"))
        except (ValueError, KeyError) as error:
            raise ValueError(f"line {number}: {error}") from error
        yield about, values


def _lines(path: Path) -> Iterator[list[Any]]:
    if path.suffix == ".csv":
        return delimited.read(path.read_bytes())
    if path.suffix == ".xlsx":
        return workbook.read(path)
    if path.suffix == ".ods":
        return open_document.read(path)
    raise ValueError(f"{path.name}: expected a file .json, .csv, .xlsx or .ods")


def compared(found: Iterable[Record], campaign: Campaign) -> Outcome:
    """Compare the answers of a file with those of the campaign, by their key."""
    outcome = Outcome()
    shape = campaign.shape
    seen: set[str] = set()
    for number, (about, values) in enumerate(found, 1):
        name = str(about.get(KEY) or f"#{number}")
        there = _answer_of(name)
        if there is None:
            said = [*_problems_about(about, seen), *problems(shape.questions, values)]
            wrong = [f"{name}: {problem}" for problem in said]
            outcome.problems += wrong
            outcome.new += [] if wrong else [(about, values)]
            continue
        if there.campaign_id != campaign.pk:
            outcome.problems.append(f"{name}: this answer belongs to another campaign")
            continue
        mine = visibility.answers(shape, there.values)
        keys = [k for k in {**mine, **values} if not _same(shape.questions, k, mine, values)]
        if keys:
            outcome.different[name] = keys
        else:
            outcome.same.append(name)
    return outcome


def _answer_of(name: str) -> Answer | None:
    key = _uuid(name)
    return Answer.objects.filter(key=key).first() if key else None


def _uuid(text: Any) -> UUID | None:
    try:
        return UUID(str(text))
    except ValueError:
        return None


def _problems_about(about: Mapping[str, Any], seen: set[str]) -> Iterator[str]:
    """What keeps an answer from being added, besides its values. Its key makes it come in once."""
    key = _uuid(about.get(KEY))
    if key is None:
        yield f"{KEY} is no key of an answer"
    elif str(key) in seen:
        yield "this answer stands twice in the file"
    seen.add(str(key))
    sent_at = about.get("_sent_at")
    if sent_at and _moment(sent_at) is None:
        yield f"_sent_at: {str(sent_at)[:60]!r} is no moment"
    if str(about.get("_language") or "fr") not in CampaignLanguage.values:
        yield "_language is no language of campaigns"


def _moment(text: Any) -> datetime | None:
    try:
        moment = parse_datetime(str(text))
    except ValueError:
        return None
    known = moment is not None and timezone.is_aware(moment)
    return moment if moment and known and FIRST_YEAR <= moment.year <= LAST_YEAR else None


def _same(
    questions: Mapping[str, Question], key: str, one: Mapping[str, Any], other: Mapping[str, Any]
) -> bool:
    if key not in questions or key not in one or key not in other:
        return False
    if questions[key].type in EXACT:  # a spreadsheet keeps 12.50 as 12.5
        return Decimal(one[key]) == Decimal(other[key])
    return bool(one[key] == other[key])


def problems(questions: Mapping[str, Question], values: Mapping[str, Any]) -> Iterator[str]:
    """What keeps values from being answers to this questionnaire: typed, they would not be read so."""
    for key, value in values.items():
        question = questions.get(key)
        if question is None:
            yield f"{key}: no question has this key"
        elif not question.is_upload and not _is_read_as(question, value):
            yield f"{key}: {str(value)[:60]!r} is no answer to this question"


def _is_read_as(question: Question, value: Any) -> bool:
    data = QueryDict(mutable=True)
    try:
        for name, texts in typed_again(question, value).items():
            data.setlist(name, texts)
        reading = read_value(question, data)
    except (AttributeError, TypeError, ValueError, KeyError):
        return False
    if question.type in EXACT and reading.value is not None:
        return Decimal(reading.value) == Decimal(value)
    return bool(reading.is_right and (reading.value == value or value in ({}, [])))


@transaction.atomic
def add(found: Iterable[Record], campaign: Campaign) -> int:
    """Add the answers of a file, received when they were sent; return how many."""
    added = 0
    for about, values in found:
        name = " ".join(cleaned(about.get("_coop")).split())
        organisation = Organisation.objects.filter(name=name).first()
        taken = campaign.answers.filter(organisation=organisation, is_test=False).exists()
        answer = Answer.objects.create(
            key=_uuid(about.get(KEY)),
            campaign=campaign,
            organisation=None if taken else organisation,
            coop_name=name[:150] if taken or organisation is None else "",
            language=str(about.get("_language") or "fr"),
            values=_kept(campaign.shape.questions, values),
        )
        workflow.move(answer, Answer.State.RECEIVED, who=workflow.BY_THE_HUB)
        if moment := _moment(about.get("_sent_at")):
            Answer.objects.filter(pk=answer.pk).update(sent_at=moment, saved_at=moment)
        added += 1
    return added


def _kept(questions: Mapping[str, Question], values: Mapping[str, Any]) -> dict[str, Any]:
    """Without files, which are not in an export, and without what says nothing."""
    told = {k: v for k, v in values.items() if v not in ({}, [])}
    return {k: v for k, v in told.items() if not questions[k].is_upload}
