"""What each column means: the question, its words and their version, what its figures stand for."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from django.db.models import Max

from resources.reports.exports.columns import Column, Columns
from resources.reports.exports.parts import OTHER_TEXT, WHOLE
from resources.reports.models import Campaign, Wording
from resources.reports.questionnaire import schema
from resources.reports.questionnaire.schema import Option, Question

HEADER: Final = (
    "column", "key", "type", "section", "label_fr", "label_en", "part_fr", "part_en", "wording",
    "values", "shown_if", "section_shown_if", "required", "publish",
)  # fmt: skip
PRACTICE_PARTS: Final[Mapping[str, tuple[str, str]]] = {
    "tried": ("essayée (1 oui, 0 non)", "tried (1 yes, 0 no)"),
    "kept": ("gardée : yes oui, changed autrement, no non", "kept: yes, changed, no"),
    "useful": ("utile, de 1 à 4", "useful, from 1 to 4"),
    "more": ("en quelques mots", "in a few words"),
}
OTHER_WORDS: Final = ("autre, en toutes lettres", "other, in words")
MEANINGS: Final[Mapping[str, str]] = {
    schema.YES_NO: "1 = oui / yes | 0 = non / no",
    schema.DURATION: "minutes",
    schema.AMOUNT: "euros",
    schema.SCALE_TYPE: "1 – 4",
    schema.DATE: "AAAA-MM-JJ / YYYY-MM-DD",
    schema.TIME: "HH:MM",
    schema.CHOICES: "1 = oui / yes | 0 = non / no",
    schema.RANKING: "1 = en premier / first",
}


def lines(campaign: Campaign) -> Iterator[Sequence[Any]]:
    """One line a column of answers, in the order of the columns."""
    wordings = versions(campaign)
    for column in Columns(campaign.shape).all:
        question = column.question
        section = campaign.shape.section_of(question.key)
        part = part_words(column)
        yield (
            column.name, question.key, question.type, section.key if section else "",
            question.label.fr, question.label.en, *part, wordings.get(question.key),
            _values(column), question.when, section.when if section else "",
            int(question.required), question.publish,
        )  # fmt: skip


def versions(campaign: Campaign) -> dict[str, int]:
    """The number of the latest wording of each question; none before the campaign is published."""
    rows = Wording.objects.filter(campaign=campaign).values("key").annotate(last=Max("number"))
    return {row["key"]: row["last"] for row in rows.order_by("key")}


def part_words(column: Column) -> tuple[str, str]:
    """What the part of a question is called, in French and in English."""
    question, parts = column.question, column.parts
    if parts == WHOLE:
        return "", ""
    if parts == OTHER_TEXT and question.other:
        return OTHER_WORDS
    if question.type == schema.PRACTICES:
        french, english = PRACTICE_PARTS[parts[1]]
        return f"{parts[0]} : {french}", f"{parts[0]}: {english}"
    known = (*question.options, *question.rows)
    named = [_label(known, parts[0]), *(_label(question.columns, part) for part in parts[1:])]
    return " – ".join(fr for fr, _en in named), " – ".join(en for _fr, en in named)


def _label(options: Sequence[Option], key: str) -> tuple[str, str]:
    found = next((option.label for option in options if option.key == key), None)
    if found is None:  # « other »: its words are those of the form
        return ("autre", "other") if key == schema.OTHER else (key, key)
    return found.in_("fr"), found.in_("en")


def _values(column: Column) -> str:
    question = column.question
    if column.parts == OTHER_TEXT and question.other:
        return ""
    options = _options(question)
    if options and column.parts in (WHOLE, (*column.parts[:1],)):
        pairs = (f"{key} = {' / '.join(_label(options, key))}" for key in _keys(question, options))
        return " | ".join(pairs)
    if question.type == schema.CONSENT:
        return MEANINGS[schema.YES_NO]
    return MEANINGS.get(question.type, "")


def _options(question: Question) -> Sequence[Option]:
    """The options that stand in a cell by their key."""
    if question.type in (schema.CHOICE, schema.CONSENT):
        return question.options
    if question.type == schema.MATRIX and question.cell == schema.CHOICE:
        return question.columns
    return ()


def _keys(question: Question, options: Sequence[Option]) -> Sequence[str]:
    return question.option_keys if options is question.options else [o.key for o in options]
