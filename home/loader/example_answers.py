"""Reads the answers of the invented co-ops: a line of cells and a few texts make one answer.

Each cell is turned into what a person would have typed, and read as the form reads it: an answer
that the form would refuse is a fault of the content.
"""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from django.http import QueryDict

from resources.reports.questionnaire import schema, values
from resources.reports.questionnaire.schema import OTHER, Question, Questionnaire
from resources.reports.questionnaire.values import field_name

from .sources import CONTENT, ContentError

FOLDER: Final = "campaigns"
COOP: Final = ("statut", "activite", "region", "taille")
PLACES: Final = ("accessible_pmr", "transport", "garde_enfants")
COUNTS: Final = ("convoques", "presents", "representes", "votants_distance")
SLOTS: Final = (("11:30", "matin"), ("13:30", "midi"), ("17:00", "apres_midi"),
                ("19:00", "fin_journee"), ("24:00", "soir"))  # fmt: skip
YES: Final = {"o": "yes", "n": "no"}
NOT_ASKED: Final = ("coop", "state", "horaire", "places", "lieu_nouveau", "consent", "pairs")
Fields = dict[str, list[str]]
Row = dict[str, str]


@dataclass(frozen=True)
class Example:
    """What one invented co-op answers in one season."""

    coop: str
    state: str
    values: dict[str, Any]


def coops() -> list[Row]:
    return rows("coops.csv")


def rows(name: str) -> list[Row]:
    with (CONTENT / FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def examples(
    season: str, shape: Questionnaire, stories: Mapping[str, Any], today: date
) -> Iterator[Example]:
    """The answers of a season, in the order of the file."""
    known = {row["slug"]: row for row in coops()}
    for row in rows(f"answers-{season}.csv"):
        cells = {name: cell for name, cell in row.items() if cell} | stories.get(row["coop"], {})
        cells = known[row["coop"]] | followed(cells, today)
        found = {
            question.key: value
            for question in shape
            if (value := _value(question, cells.get(question.key, ""), row["coop"])) is not None
        }
        yield Example(row["coop"], row["state"], found)


def followed(cells: Row, today: date) -> Row:
    """The cells, with those that follow from others: the day from the date, the time from the hour."""
    told = {name: cell for name, cell in cells.items() if name not in NOT_ASKED}
    if "date_ag" in cells:
        day = _day(cells["date_ag"], today)
        told |= {"date_ag": day.isoformat(), "jour": _name_of(day)}
    if "heure_debut" in cells:
        hour = cells["heure_debut"]
        told["creneau"] = next(slot for end, slot in SLOTS if hour < end)
    for place, mark in zip(PLACES, cells.get("places", ""), strict=False):
        told[place] = mark
    for name, key in (("horaire", "horaire"), ("lieu_nouveau", "lieu")):
        if key in cells or ("heure_debut" in cells and key == "horaire"):
            told[f"{key}_change"] = "o" if name in cells else "n"
        if name in cells:
            told[f"{key}_effet"] = cells[name]
    if "consent" in cells:
        told |= {"consent_niveau": cells["consent"], "consent_pairs": cells.get("pairs", "n")}
    if cells.get("objectifs") and cells.get("consent"):
        told["objectifs_publication"] = "publier" if cells["consent"] == "nom" else "federation"
    return told


def _day(cell: str, today: date) -> date:
    """A date, or so many days before the load; no meeting is held on a Sunday."""
    if not cell.startswith("-"):
        return date.fromisoformat(cell)
    day = today + timedelta(days=int(cell))
    return day - timedelta(days=3) if day.weekday() == 6 else day


def _name_of(day: date) -> str:
    return {4: "vendredi", 5: "samedi"}.get(day.weekday(), "semaine")


def _value(question: Question, cell: str, coop: str) -> Any:
    if not cell:
        return None
    posted = QueryDict(mutable=True)
    for name, given in _typed(question, cell).items():
        posted.setlist(name, given)
    reading = values.read(question, posted)
    if not reading.is_right or reading.value is None:
        raise ContentError(f"{FOLDER}: {coop}, {question.key}: {cell!r} {reading.errors}")
    return reading.value


def _typed(question: Question, cell: str) -> Fields:
    """What a person would have typed and ticked."""
    name = field_name(question.key)
    match question.type:
        case schema.YES_NO:
            return {name: [YES[cell]]}
        case schema.CONSENT:
            return {name: [cell]} if question.options else {name: ["on"] if cell == "o" else []}
        case schema.DURATION:
            hours, minutes = divmod(int(cell), 60)
            return {f"{name}-h": [str(hours)], f"{name}-m": [str(minutes)]}
        case schema.CHOICE | schema.CHOICES:
            before, _mark, other = cell.partition(f"{OTHER}:")
            keys = [*before.split(), *([OTHER] if other else [])]
            return {name: keys, field_name(question.key, OTHER): [other]}
        case schema.MATRIX | schema.PRACTICES:
            found: Fields = {}
            for part in cell.split(", "):
                found |= _row(question, *part.split())
            return found
    return {name: [cell]}


def _row(question: Question, row: str, told: str, useful: str = "") -> Fields:
    if question.type == schema.PRACTICES:
        parts = {"tried": "on", "kept": told, "useful": useful}
        return {field_name(question.key, row, part): [text] for part, text in parts.items()}
    if question.cell == schema.CHOICE:
        return {field_name(question.key, row): [told]}
    counts = zip(COUNTS, told.split("/"), strict=False)
    return {field_name(question.key, row, column): [count] for column, count in counts}
