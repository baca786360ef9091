"""What keeps a file from being a questionnaire, place by place, for the person who sent it. Pure."""

import json
from collections.abc import Iterator
from typing import Any, Final
from unicodedata import category

from django.utils.translation import gettext as _

from resources.reports.questionnaire import exchange, schema

TEXTS: Final = ("label", "title", "intro", "help", "message")
LISTS: Final = ("options", "rows", "columns")
NUMBERS: Final = ("minimum", "maximum", "max_length")
LARGEST_NUMBER: Final = 10**12
MOST_QUESTIONS: Final = 300
UNWRITABLE: Final = ("Cc", "Cs")  # no database takes them; but for the ends of lines


def faults(content: bytes) -> list[str]:
    """Why a file cannot be read, in the order of the file; nothing for one that can."""
    if len(content) > exchange.LARGEST:
        return [_("This file is larger than 1 MB.")]
    try:
        data = json.loads(content)
    except (ValueError, RecursionError) as error:
        where = {"line": getattr(error, "lineno", 1)}
        return [_("This file is no JSON file: line %(line)d cannot be read.") % where]
    if not isinstance(data, dict) or data.get("format") != exchange.FORMAT:
        return [_("This file is no questionnaire.")]
    if data.get("version") != exchange.VERSION:
        return [_("This file comes from another version of the site.")]
    if not isinstance(data.get("sections"), list):
        return [_("This file has no list of sections.")]
    if any(_is_unwritable(text) for text in _strings(data)):
        return [_("This file holds characters that cannot be written.")]
    if sum(len(part) for part in _lists_of_questions(data)) > MOST_QUESTIONS:
        return [_("This file has more than %(most)d questions.") % {"most": MOST_QUESTIONS}]
    return [message for n, part in enumerate(data["sections"], 1) for message in _section(part, n)]


def _strings(data: Any) -> Iterator[str]:
    """Every text of a file, names included, however deep it stands."""
    left = [data]
    while left:
        one = left.pop()
        if isinstance(one, str):
            yield one
        elif isinstance(one, dict):
            left += [*one, *one.values()]
        elif isinstance(one, list):
            left += one


def _is_unwritable(text: str) -> bool:
    return any(category(sign) in UNWRITABLE and sign not in "\n\r\t" for sign in text)


def _lists_of_questions(data: dict[str, Any]) -> Iterator[list[Any]]:
    for part in data["sections"]:
        if isinstance(part, dict) and isinstance(part.get("questions"), list):
            yield part["questions"]


def _section(data: Any, number: int) -> Iterator[str]:
    place = _("Section %(number)d") % {"number": number}
    if not isinstance(data, dict):
        yield _at(place, _("this is no section"))
        return
    yield from _texts(data, place, ("key", "title"))
    questions = data.get("questions", [])
    if not isinstance(questions, list):
        yield _at(place, _("the questions are no list"))
        return
    for count, question in enumerate(questions, 1):
        named = {"section": place, "number": count}
        yield from _question(question, _("%(section)s, question %(number)d") % named)


def _question(data: Any, place: str) -> Iterator[str]:
    if not isinstance(data, dict):
        yield _at(place, _("this is no question"))
        return
    yield from _texts(data, place, ("key", "type", "label"))
    if "type" in data and data["type"] not in schema.TYPES:
        yield _at(place, _("the type “%(type)s” is not known") % {"type": data["type"]})
    for name in NUMBERS:
        if not _is_number(data.get(name), whole=name == "max_length"):
            yield _at(place, _("“%(name)s” is no number") % {"name": name})
    for name in (*LISTS, "rules"):
        yield from _list(data.get(name) or [], name, place)


def _is_number(value: Any, *, whole: bool) -> bool:
    if value is None:
        return True
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    # Neither infinite nor, as JSON of Python lets one write, no number at all.
    return -LARGEST_NUMBER <= value <= LARGEST_NUMBER and not (
        whole and (value < 1 or value != int(value))
    )


def _list(items: Any, name: str, place: str) -> Iterator[str]:
    if not isinstance(items, list):
        yield _at(place, _("“%(name)s” is no list") % {"name": name})
        return
    needed = ("check", "message") if name == "rules" else ("key", "label")
    for number, item in enumerate(items, 1):
        inside = f"{place}, {name} {number}"
        if isinstance(item, dict):
            yield from _texts(item, inside, needed)
        else:
            yield _at(inside, _("this is no item of a list"))


def _texts(data: dict[str, Any], place: str, needed: tuple[str, ...]) -> Iterator[str]:
    for name in needed:
        if name not in data:
            yield _at(place, _("“%(name)s” is missing") % {"name": name})
    for name, value in data.items():
        both = isinstance(value, dict) and all(isinstance(v, str) for v in value.values())
        if name in TEXTS and value is not None and not both:
            words = _("“%(name)s” is no text in French and English")
            yield _at(place, words % {"name": name})
        if name in ("key", "type", "when", "check") and not isinstance(value, str):
            yield _at(place, _("“%(name)s” is no text") % {"name": name})


def _at(place: str, message: str) -> str:
    return _("%(place)s: %(problem)s.") % {"place": place, "problem": message}
