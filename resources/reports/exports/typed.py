"""JSON: each answer with its values as they are kept, after the codebook. One answer a line."""

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final

from resources.reports.exports import codebook
from resources.reports.exports.table import Table, contacts_of
from resources.reports.questionnaire.exchange import section_data

FORMAT: Final = "answers"
VERSION: Final = 1


def written(table: Table) -> Iterator[bytes]:
    """The bytes of the file, answer by answer."""
    campaign = table.campaign
    head = {
        "format": FORMAT,
        "version": VERSION,
        "campaign": {"slug": campaign.slug, "season": campaign.season, "title": campaign.title_fr},
        "which": str(table.which),
        "sections": [section_data(section) for section in campaign.shape.sections],
        "wordings": codebook.versions(campaign),
        "codebook": [
            dict(zip(codebook.HEADER, line, strict=True)) for line in codebook.lines(campaign)
        ],
    }
    yield _json(head)[:-1].encode() + b', "answers": ['
    between = b"\n"
    for record in records(table):
        yield between + _json(record).encode()
        between = b",\n"
    yield b"\n]}\n"


def records(table: Table) -> Iterator[Mapping[str, Any]]:
    """Each answer, every question present: null where nothing was answered."""
    keys = [question.key for question, _parts in table.columns.of_questions]
    for answer, about, told in table.answers():
        record = about | {"values": {key: told.get(key) for key in keys}}
        if table.contacts:
            record |= contacts_of(answer)
        yield record


def read(content: bytes) -> Iterator[tuple[Mapping[str, Any], Mapping[str, Any]]]:
    """What is said of each answer, and its values. ValueError for another kind of file."""
    try:
        data = json.loads(content)
    except RecursionError as error:
        raise ValueError("nested too deep") from error
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise ValueError("not an export of answers")
    if data.get("version") != VERSION:
        raise ValueError(f"version {data.get('version')!r} is not known")
    found = data.get("answers")
    if not isinstance(found, list):
        raise ValueError("no list of answers")
    for number, record in enumerate(found, 1):
        if not isinstance(record, dict) or not isinstance(record.get("values"), dict):
            raise ValueError(f"answer {number} is none")
        values = {key: value for key, value in record["values"].items() if value is not None}
        yield {k: v for k, v in record.items() if k != "values"}, values


def _json(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False)
