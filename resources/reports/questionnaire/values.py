"""What may be answered to each type of question: how it is typed, kept, and said again. Pure.

A value is kept as JSON:
- text, long_text: a text · integer: a whole number · decimal, amount: a text such as « 12.50 »
- date: « 2026-05-14 » · time: « 18:30 » · duration: minutes · yes_no: true or false · scale: 1 to 4
- choice, choices: {"chosen": [keys], "other": text} · ranking: [keys], the first one first
- matrix of numbers: {row: {column: number}}, of choices: {row: column}
- practices: {"P01": {"tried": true, "kept": key, "useful": 1 to 4, "more": text}}
- file, photo: [identifiers of attachments] · consent: the key of an option, or true or false

In a form, a question is the field « q-KEY », a part of it « q-KEY-PART ». What cannot be read is
given back as it was typed.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, time
from typing import Any, Final, Protocol

from django.utils.translation import gettext as _

from resources.reports.questionnaire import schema
from resources.reports.questionnaire.numbers import number_in
from resources.reports.questionnaire.schema import OTHER, Question

PRACTICES: Final = tuple(f"P{number:02d}" for number in range(1, 21))
KEPT: Final = ("yes", "changed", "no")
LONGEST_TEXT: Final = 200  # signs, of a short text
LONGEST_STORY: Final = 5_000


class Posted(Protocol):
    """A Django ``QueryDict``, or anything that answers like it."""

    def get(self, name: str, default: str = "") -> Any: ...
    def getlist(self, name: str) -> list[str]: ...


@dataclass
class Reading:
    """What was made of the fields of one question: its value, else what to say of which field."""

    value: Any = None
    errors: dict[str, str] = field(default_factory=dict)  # by the name of the field

    @property
    def is_right(self) -> bool:
        return not self.errors


def field_name(key: str, *parts: str) -> str:
    return "-".join(("q", key, *parts))


def cleaned(text: object) -> str:
    """Text as it is kept: normalised, without signs that show nothing or turn the line about.

    New lines and tabs stay. Lone surrogates and control signs are left out.
    """
    text = str(text or "").replace("\r\n", "\n").replace("\r", "\n")
    kept = (c for c in text if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs"))
    return unicodedata.normalize("NFC", "".join(kept)).strip()


def read(question: Question, data: Posted) -> Reading:
    """Read the answer to one question from a form. None when nothing was answered.

    Files are not read here. Nothing is required here: see ``missing``.
    """
    reader = _readers.get(question.type)
    return reader(question, data) if reader else Reading()


def missing(question: Question, value: Any) -> str:
    """What to say of a question that must be answered and is not; nothing when all is well."""
    empty = value in (None, "", [], {}) or (
        question.type in (schema.CHOICE, schema.CHOICES) and not value.get("chosen")
    )
    return _("Please answer this question.") if question.required and empty else ""


def _text(question: Question, data: Posted) -> Reading:
    name = field_name(question.key)
    text = cleaned(data.get(name, ""))
    short = question.type == schema.TEXT
    most = question.max_length or (LONGEST_TEXT if short else LONGEST_STORY)
    if short:
        text = " ".join(text.split())
    if len(text) > most:
        words = _("This text is %(extra)d characters too long: %(most)d at most.")
        return Reading(None, {name: words % {"extra": len(text) - most, "most": most}})
    return Reading(text or None)


def _number(question: Question, data: Posted) -> Reading:
    name = field_name(question.key)
    number, error = number_in(str(data.get(name, "") or ""), question)
    if error:
        return Reading(None, {name: error})
    if number is None:
        return Reading()
    return Reading(int(number) if question.type == schema.INTEGER else f"{number:f}")


def _date(question: Question, data: Posted) -> Reading:
    name = field_name(question.key)
    text = cleaned(data.get(name, ""))
    if not text:
        return Reading()
    french = re.fullmatch(r"(\d{1,2})[/. -](\d{1,2})[/. -](\d{4})", text)
    try:
        found = (
            date(int(french[3]), int(french[2]), int(french[1]))
            if french
            else date.fromisoformat(text)
        )
    except ValueError:
        return Reading(None, {name: _("Write a date such as 14/05/2026.")})
    if not 1900 <= found.year <= 2100:
        return Reading(
            None, {name: _("This year is not possible: write a date such as 14/05/2026.")}
        )
    return Reading(found.isoformat())


def _time(question: Question, data: Posted) -> Reading:
    name = field_name(question.key)
    text = cleaned(data.get(name, ""))
    match = re.fullmatch(r"(\d{1,2})\s*[:hH.]\s*(\d{2})?(?::\d{2})?|(\d{1,2})", text)
    if not text:
        return Reading()
    try:
        if match is None:
            raise ValueError(text)
        found = time(int(match[1] or match[3]), int(match[2] or 0))
    except ValueError:
        return Reading(None, {name: _("Write an hour such as 18:30.")})
    return Reading(found.strftime("%H:%M"))


def _duration(question: Question, data: Posted) -> Reading:
    """Hours and minutes, in two fields; the value is in minutes."""
    names = field_name(question.key, "h"), field_name(question.key, "m")
    texts = [cleaned(data.get(name, "")) for name in names]
    if not any(texts):
        return Reading()
    for name, text, most in zip(names, texts, (99, 59), strict=True):
        if text and not (text.isascii() and text.isdigit() and int(text[:4]) <= most):
            words = _("Write hours and minutes in figures, for instance 2 h 15.")
            return Reading(None, {name: words})
    return Reading(int(texts[0] or 0) * 60 + int(texts[1] or 0))


def _yes_no(question: Question, data: Posted) -> Reading:
    return Reading({"yes": True, "no": False}.get(data.get(field_name(question.key), "")))


def _choices(question: Question, data: Posted) -> Reading:
    name = field_name(question.key)
    given = data.getlist(name)
    chosen = [key for key in question.option_keys if key in given]
    if question.type == schema.CHOICE:
        chosen = chosen[-1:]
    other_name = field_name(question.key, OTHER)
    other = " ".join(cleaned(data.get(other_name, "")).split()) if OTHER in chosen else ""
    if len(other) > LONGEST_TEXT:
        words = _("This text is %(extra)d characters too long: %(most)d at most.")
        most = {"extra": len(other) - LONGEST_TEXT, "most": LONGEST_TEXT}
        return Reading(None, {other_name: words % most})
    if not chosen:
        return Reading()
    return Reading({"chosen": chosen, "other": other} if other else {"chosen": chosen})


def _scale(question: Question, data: Posted) -> Reading:
    text = str(data.get(field_name(question.key), ""))
    return Reading(int(text) if text in map(str, schema.SCALE) else None)


def _ranking(question: Question, data: Posted) -> Reading:
    """A place for each option: « 1 » for the first. Two at the same place is a fault."""
    places: dict[int, str] = {}
    for key in question.option_keys:
        name = field_name(question.key, key)
        text = cleaned(data.get(name, ""))
        if not text:
            continue
        if not (text.isascii() and text.isdigit() and 1 <= int(text[:4]) <= len(question.options)):
            most = {"most": len(question.options)}
            return Reading(None, {name: _("Write a place from 1 to %(most)d.") % most})
        if int(text) in places:
            return Reading(None, {name: _("Two answers have the same place.")})
        places[int(text)] = key
    return Reading([places[place] for place in sorted(places)] or None)


def _matrix(question: Question, data: Posted) -> Reading:
    found: dict[str, Any] = {}
    errors: dict[str, str] = {}
    columns = [column.key for column in question.columns]
    for row in (option.key for option in question.rows):
        if question.cell == schema.CHOICE:
            column = data.get(field_name(question.key, row), "")
            if column in columns:
                found[row] = column
            continue
        for column in columns:
            name = field_name(question.key, row, column)
            number, error = number_in(str(data.get(name, "") or ""), question)
            if error:
                errors[name] = error
            elif number is not None:
                found.setdefault(row, {})[column] = int(number)
    return Reading(None if errors else found or None, errors)


def _practices(question: Question, data: Posted) -> Reading:
    found: dict[str, Any] = {}
    errors: dict[str, str] = {}
    for code in PRACTICES:
        if not data.get(field_name(question.key, code, "tried"), ""):
            continue
        told: dict[str, Any] = {"tried": True}
        kept = data.get(field_name(question.key, code, "kept"), "")
        useful = str(data.get(field_name(question.key, code, "useful"), ""))
        name = field_name(question.key, code, "more")
        more = cleaned(data.get(name, ""))
        if len(more) > LONGEST_STORY:
            words = _("This text is %(extra)d characters too long: %(most)d at most.")
            errors[name] = words % {"extra": len(more) - LONGEST_STORY, "most": LONGEST_STORY}
        told |= {"kept": kept} if kept in KEPT else {}
        told |= {"useful": int(useful)} if useful in map(str, schema.SCALE) else {}
        told |= {"more": more} if more else {}
        found[code] = told
    return Reading(None if errors else found or None, errors)


def _consent(question: Question, data: Posted) -> Reading:
    given = data.get(field_name(question.key), "")
    if question.options:
        return Reading(given if given in question.option_keys else None)
    return Reading(bool(given))


_readers: Final[dict[str, Callable[[Question, Posted], Reading]]] = {
    schema.TEXT: _text,
    schema.LONG_TEXT: _text,
    schema.INTEGER: _number,
    schema.DECIMAL: _number,
    schema.AMOUNT: _number,
    schema.DATE: _date,
    schema.TIME: _time,
    schema.DURATION: _duration,
    schema.YES_NO: _yes_no,
    schema.CHOICE: _choices,
    schema.CHOICES: _choices,
    schema.SCALE_TYPE: _scale,
    schema.RANKING: _ranking,
    schema.MATRIX: _matrix,
    schema.PRACTICES: _practices,
    schema.CONSENT: _consent,
}
