"""Reads resource records from JSON lines. Pure: nothing is written here."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from resources.vocabulary import Step

TYPES = ("guide", "glossary", "report", "document", "video", "tool", "kit")
LONGEST = {"id": 64, "title": 255, "summary": 300, "organisation": 150}
LONGEST_BODY = 200_000


@dataclass(frozen=True)
class Record:
    """One resource as another system describes it."""

    id: str
    type: str
    title: str
    summary: str
    body: str
    themes: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()
    audience: tuple[str, ...] = ()
    year: int | None = None
    organisation: str = ""


@dataclass
class Reading:
    """What a file holds: its records, and each bad line with its number and the reason."""

    records: list[Record] = field(default_factory=list)
    problems: list[tuple[int, str]] = field(default_factory=list)


def read_records(lines: Iterable[bytes]) -> Reading:
    """Read every line; blank ones are passed over, bad ones become problems."""
    reading, seen = Reading(), dict[str, int]()
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            record = _record(json.loads(line.decode("utf-8-sig")))
            if record.id in seen:
                raise ValueError(f"the id {record.id!r} already stands on line {seen[record.id]}")
        except UnicodeDecodeError:
            reading.problems.append((number, "this is not UTF-8 text"))
        except json.JSONDecodeError as error:
            reading.problems.append((number, f"this is not JSON: {error.msg}"))
        except (ValueError, RecursionError) as error:
            reading.problems.append((number, str(error)))
        else:
            seen[record.id] = number
            reading.records.append(record)
    return reading


def _record(data: Any) -> Record:
    if not isinstance(data, dict):
        raise ValueError("expected an object")
    kind = _text(data, "type", required=True)
    if kind not in TYPES:
        raise ValueError(f"type {kind!r} is not one of {', '.join(TYPES)}")
    steps = _texts(data, "steps")
    unknown = [step for step in steps if step not in Step.values]
    if unknown:
        raise ValueError(f"step {unknown[0]!r} is not one of {', '.join(Step.values)}")
    return Record(
        id=_text(data, "id", required=True),
        type=kind,
        title=_text(data, "title", required=True),
        summary=_text(data, "summary"),
        body=_text(data, "body"),
        themes=_texts(data, "themes"),
        steps=steps,
        audience=_texts(data, "audience"),
        year=_year(data.get("year")),
        organisation=_text(data, "organisation"),
    )


def _text(data: dict[str, Any], name: str, *, required: bool = False) -> str:
    value = data.get(name)
    value = "" if value is None else value
    if not isinstance(value, str):
        raise ValueError(f"{name} is not text")
    value = _readable(value)
    if required and not value:
        raise ValueError(f"{name} is missing")
    limit = LONGEST.get(name, LONGEST_BODY)
    if len(value) > limit:
        raise ValueError(f"{name} has {len(value)} characters, at most {limit} fit")
    return value


def _readable(value: str) -> str:
    try:
        value.encode()
    except UnicodeEncodeError:
        raise ValueError("a character cannot be written (lone surrogate)") from None
    return "".join(c for c in value if c in "\n\t" or ord(c) >= 32).strip()


def _texts(data: dict[str, Any], name: str) -> tuple[str, ...]:
    values = data.get(name) or []
    if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
        raise ValueError(f"{name} is not a list of texts")
    cleaned = [_readable(value) for value in values]
    if any(len(value) > 120 for value in cleaned):
        raise ValueError(f"a value of {name} is longer than 120 characters")
    return tuple(dict.fromkeys(value for value in cleaned if value))


def _year(value: Any) -> int | None:
    if value is None or value == "":
        return None
    if isinstance(value, bool) or not isinstance(value, int) or not 1900 <= value <= 2100:
        raise ValueError("year is not a year between 1900 and 2100")
    return value
