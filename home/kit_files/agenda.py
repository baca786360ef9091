"""Writes the events that readers import into their own calendar (RFC 5545)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from home.kit_files.manifest import Manifest, read_toml
from home.kit_files.model import LANGUAGE, LICENCE_NAME, PUBLISHER, KitContentError
from home.kit_files.typography import french_spaces, widen_narrow_spaces

_LINE_LIMIT = 75  # octets, the end of the line not counted
_TIME = "%Y%m%dT%H%M%S"
_ZONE = "Europe/Paris"
# The rule of the European Union since 1996: it needs no table of past years.
_TIME_ZONE = (
    "BEGIN:VTIMEZONE",
    f"TZID:{_ZONE}",
    "BEGIN:STANDARD",
    "DTSTART:19961027T030000",
    "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU",
    "TZOFFSETFROM:+0200",
    "TZOFFSETTO:+0100",
    "TZNAME:CET",
    "END:STANDARD",
    "BEGIN:DAYLIGHT",
    "DTSTART:19960331T020000",
    "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
    "TZOFFSETFROM:+0100",
    "TZOFFSETTO:+0200",
    "TZNAME:CEST",
    "END:DAYLIGHT",
    "END:VTIMEZONE",
)


def write_event(source: Path, manifest: Manifest) -> bytes:
    """Return the calendar of one event: UTF-8, folded, the same bytes at every build.

    It names neither organiser nor method: programs would lock an event that came
    from somebody else, and this one is made to be changed.
    """
    data = read_toml(source)
    start = data["start"]
    if not isinstance(start, datetime) or start.tzinfo is not None:
        raise KitContentError(f"{source.name}: `start` is a date and a time without zone")
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:-//{_escape(PUBLISHER)}//vie coopérative//FR",
        "CALSCALE:GREGORIAN",
        *_TIME_ZONE,
        *_event(data, start, manifest),
        "END:VCALENDAR",
    ]
    return "".join(f"{_fold(line)}\r\n" for line in lines).encode()


def _event(data: dict[str, Any], start: datetime, manifest: Manifest) -> Iterator[str]:
    length = timedelta(minutes=sum(moment["minutes"] for moment in data["agenda"]))
    stamp = f"{manifest.timestamp:{_TIME}}Z"
    language = LANGUAGE.partition("-")[0]
    yield "BEGIN:VEVENT"
    yield f"UID:{data['uid']}"
    yield f"DTSTAMP:{stamp}"
    yield f"LAST-MODIFIED:{stamp}"
    yield f"DTSTART;TZID={_ZONE}:{start:{_TIME}}"
    yield f"DTEND;TZID={_ZONE}:{start + length:{_TIME}}"
    yield f"SUMMARY;LANGUAGE={language}:{_text(data['summary'])}"
    yield f"LOCATION;LANGUAGE={language}:{_text(data['location'])}"
    yield f"DESCRIPTION;LANGUAGE={language}:{_text(_description(data, manifest))}"
    yield f"CONTACT:{_text(f'{PUBLISHER}, mailto:{manifest.contact}')}"
    yield "CATEGORIES:" + ",".join(_text(name) for name in data["categories"])
    yield "STATUS:TENTATIVE"
    yield "BEGIN:VALARM"
    yield "ACTION:DISPLAY"
    yield "TRIGGER:-P1D"
    yield f"DESCRIPTION;LANGUAGE={language}:{_text(data['reminder'])}"
    yield "END:VALARM"
    yield "END:VEVENT"


def _description(data: dict[str, Any], manifest: Manifest) -> str:
    agenda = [f"- {moment['minutes']} min : {moment['text']}" for moment in data["agenda"]]
    # All that is said of the template stands in one paragraph: guests should not read it.
    about = [
        data["template_note"],
        f"{data['source']} Licence {LICENCE_NAME}.",
        f"Une remarque sur ce modèle : mailto:{manifest.contact}",
    ]
    parts = [about, [data["lead"]], [data["agenda_title"], *agenda], data["closing"]]
    return "\n\n".join("\n".join(part) for part in parts)


def _text(text: str) -> str:
    return _escape(widen_narrow_spaces(french_spaces(text)))


def _escape(text: str) -> str:
    for mark, written in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n")):
        text = text.replace(mark, written)
    return text


def _fold(line: str) -> str:
    """Cut a long line so that no piece is over the limit and no letter is cut in two."""
    pieces, piece, size = [], "", 0
    for letter in line:
        octets = len(letter.encode())
        if size + octets > _LINE_LIMIT:
            pieces.append(piece)
            piece, size = " ", 1
        piece, size = piece + letter, size + octets
    return "\r\n".join([*pieces, piece])
