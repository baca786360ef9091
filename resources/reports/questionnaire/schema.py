"""The shape of a questionnaire: sections of questions, each with a key that no rename changes. Pure.

A campaign keeps it as a stream that editors move about, and a file carries it from one hub to
another: ``exchange`` reads and writes the file, ``stream`` the field.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

KEY: Final = re.compile(r"[a-z][a-z0-9_]{0,39}")
OTHER: Final = "autre"  # the key of « other », which has a text beside it
SCALE: Final = (1, 2, 3, 4)

TEXT, LONG_TEXT, INTEGER, DECIMAL, AMOUNT = "text", "long_text", "integer", "decimal", "amount"
DATE, TIME, DURATION, YES_NO = "date", "time", "duration", "yes_no"
CHOICE, CHOICES, SCALE_TYPE, RANKING = "choice", "choices", "scale", "ranking"
MATRIX, PRACTICES, FILE, PHOTO = "matrix", "practices", "file", "photo"
CONSENT, STATEMENT = "consent", "statement"
TYPES: Final = (
    TEXT, LONG_TEXT, INTEGER, DECIMAL, AMOUNT, DATE, TIME, DURATION, YES_NO, CHOICE, CHOICES,
    SCALE_TYPE, RANKING, MATRIX, PRACTICES, FILE, PHOTO, CONSENT, STATEMENT,
)  # fmt: skip
CLOSED: Final = (YES_NO, CHOICE, CHOICES, SCALE_TYPE)  # what can be counted and crossed
NUMBERS: Final = (INTEGER, DECIMAL, AMOUNT, DURATION)
UPLOADS: Final = (FILE, PHOTO)

PUBLIC, AGGREGATE, FEDERATION = "public", "aggregate", "federation"
PUBLISHED: Final = (PUBLIC, AGGREGATE, FEDERATION)
THEMES: Final = (
    "coop", "ag", "horaire", "lieu", "collaborateurs", "sensibilisation", "convocation", "clarte",
    "convivialite", "participation", "pratiques", "recit", "outils", "objectifs", "consentement",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Words:
    """One text in the languages of the site; French where the other is missing."""

    fr: str = ""
    en: str = ""

    def in_(self, language: str) -> str:
        return (self.en if language[:2] == "en" else self.fr) or self.fr

    def __bool__(self) -> bool:
        return bool(self.fr or self.en)


@dataclass(frozen=True, slots=True)
class Option:
    """One answer of a closed question, one row or one column of a matrix."""

    key: str
    label: Words


def label_of(options: Iterable[Option], key: str, language: str) -> str:
    """The words of the option, row or column of this key; its bare key once it is gone."""
    return next((option.label.in_(language) for option in options if option.key == key), key)


@dataclass(frozen=True, slots=True)
class Rule:
    """What should hold between answers; a person may confirm that it does not, and say why."""

    check: str
    message: Words


@dataclass(frozen=True)
class Question:
    key: str
    type: str
    label: Words
    help: Words = Words()
    required: bool = False
    when: str = ""
    options: tuple[Option, ...] = ()
    other: bool = False
    rows: tuple[Option, ...] = ()
    columns: tuple[Option, ...] = ()
    cell: str = ""  # of a matrix: INTEGER, or CHOICE for one column a row
    minimum: float | None = None
    maximum: float | None = None
    max_length: int | None = None  # signs
    publish: str = AGGREGATE
    facet: bool = False
    theme: str = ""
    prefill: str = ""
    quick: bool = False  # stands in « Bilan d'AG en 10 minutes » too
    rules: tuple[Rule, ...] = ()

    @property
    def is_answered(self) -> bool:
        """Whether there is something to answer: a statement only says something."""
        return self.type != STATEMENT

    @property
    def is_upload(self) -> bool:
        return self.type in UPLOADS

    @property
    def option_keys(self) -> tuple[str, ...]:
        """The keys that may be chosen, « other » last where it is offered."""
        return (*(option.key for option in self.options), *((OTHER,) if self.other else ()))

    def option_label(self, key: str, language: str) -> str:
        """The words of an option; its bare key once the option is gone."""
        return label_of(self.options, key, language)


@dataclass(frozen=True)
class Section:
    key: str
    title: Words
    intro: Words = Words()
    when: str = ""
    questions: tuple[Question, ...] = ()


@dataclass(frozen=True)
class Questionnaire:
    sections: tuple[Section, ...] = field(default_factory=tuple)

    @cached_property
    def questions(self) -> Mapping[str, Question]:
        """Every question by its key, in their order."""
        return {question.key: question for question in self}

    @cached_property
    def keys(self) -> frozenset[str]:
        return frozenset(self.questions)

    def __iter__(self) -> Iterator[Question]:
        return (question for section in self.sections for question in section.questions)

    def section(self, key: str) -> Section | None:
        return next((section for section in self.sections if section.key == key), None)

    def section_of(self, question_key: str) -> Section | None:
        return next(
            (s for s in self.sections if any(q.key == question_key for q in s.questions)), None
        )
