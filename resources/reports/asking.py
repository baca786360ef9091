"""Questions as a page shows them: each with its fields filled in, its errors and its marks.

``templates/reports/question.html`` draws an ``Asked``; the form, the page of a conflict and the
preview of the editors all draw the same.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django.utils.translation import gettext as _

from resources.reports.controls import Control, PracticeName, Row, Warned, scale
from resources.reports.questionnaire import schema
from resources.reports.questionnaire.schema import OTHER, Option, Question
from resources.reports.questionnaire.values import (
    KEPT,
    LONGEST_STORY,
    LONGEST_TEXT,
    PRACTICES,
    field_name,
)

Fields = Mapping[str, Sequence[str]]
MANY: Final = 7  # choices: more stand in a list that unfolds
PARTS: Final[Mapping[str, str]] = {
    schema.TEXT: "line",
    schema.INTEGER: "line",
    schema.DECIMAL: "line",
    schema.AMOUNT: "line",
    schema.DATE: "line",
    schema.TIME: "line",
    schema.LONG_TEXT: "story",
    schema.DURATION: "duration",
    schema.RANKING: "ranking",
    schema.PRACTICES: "practices",
    schema.FILE: "upload",
    schema.PHOTO: "upload",
    schema.STATEMENT: "statement",
}
ALONE: Final = ("line", "story", "select", "tick")  # one control, which its label names
# Browsers fill in what they know only where they are told so: what is asked is about a co-op.
INPUT_MODES: Final = {
    schema.INTEGER: "numeric",
    schema.DECIMAL: "decimal",
    schema.AMOUNT: "decimal",
}


@dataclass(frozen=True)
class Asked:
    """One question, ready to be drawn. ``prefix`` tells two drawings of it on one page apart."""

    question: Question
    language: str
    fields: Fields = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)  # by the name of the field
    warnings: Sequence[Warned] = ()
    is_prefilled: bool = False
    is_hidden: bool = False
    prefix: str = ""
    uploads: Sequence[Any] = ()  # the attachments that are there
    can_upload: bool = False
    practices: Mapping[str, PracticeName] = field(default_factory=dict)  # by code

    @property
    def name(self) -> str:
        return self.prefix + field_name(self.question.key)

    @property
    def label(self) -> str:
        return self.question.label.in_(self.language)

    @property
    def help(self) -> str:
        return self.question.help.in_(self.language)

    @property
    def part(self) -> str:
        """Which of ``templates/reports/fields/`` draws its fields."""
        kind = self.question.type
        if kind == schema.CONSENT and not self.question.options:
            return "tick"
        if kind == schema.MATRIX:
            return "choices_table" if self.question.cell == schema.CHOICE else "numbers_table"
        if self._is_select:
            return "select"
        return PARTS.get(kind, "options")

    @property
    def template(self) -> str:
        return f"reports/fields/{self.part}.html"

    @property
    def is_alone(self) -> bool:
        return self.part in ALONE

    @property
    def is_statement(self) -> bool:
        return self.question.type == schema.STATEMENT

    @property
    def mark(self) -> str:
        """Where a value comes from that nobody has confirmed yet."""
        if not self.is_prefilled:
            return ""
        if self.question.prefill.startswith("organisation."):
            return _("Taken from your co-operative’s sheet: correct it if need be.")
        return _("Taken from last year: correct it if need be.")

    @property
    def error(self) -> str:
        """What is wrong with the question as a whole; its parts say theirs beside them."""
        return self.errors.get(self._own(self.name), "")

    @property
    def described_by(self) -> str:
        told = (("help", self.help), ("mark", self.mark), ("error", self.error))
        return " ".join(f"{self.name}-{what}" for what, words in told if words)

    # -- One control ---------------------------------------------------------------------------

    @property
    def value(self) -> str:
        return self._first(self.name)

    @property
    def input_type(self) -> str:
        kind = self.question.type
        return kind if kind in (schema.DATE, schema.TIME) and self._is_readable else "text"

    @property
    def input_mode(self) -> str:
        return INPUT_MODES.get(self.question.type, "")

    @property
    def unit(self) -> str:
        return "€" if self.question.type == schema.AMOUNT else ""

    @property
    def most_signs(self) -> int:
        short = self.question.type == schema.TEXT
        return self.question.max_length or (LONGEST_TEXT if short else LONGEST_STORY)

    @property
    def autocomplete(self) -> str:
        return "organization" if self.question.prefill == "organisation.name" else "off"

    @property
    def both_times(self) -> list[Control]:
        """The hours and the minutes of a duration."""
        hours, minutes = f"{self.name}-h", f"{self.name}-m"
        return [self._control(hours, _("hours")), self._control(minutes, _("minutes"))]

    # -- Choices -------------------------------------------------------------------------------

    @property
    def choices(self) -> list[Control]:
        chosen = self._all(self.name)
        return [
            Control(
                self.name,
                words,
                key,
                checked=key in chosen,
                # The first one bears the name of the question: links to errors lead to it.
                id=self.name if number == 0 else f"{self.name}--{key}",
            )
            for number, (key, words) in enumerate(self._pairs)
        ]

    @property
    def is_several(self) -> bool:
        return self.question.type == schema.CHOICES

    @property
    def is_scale(self) -> bool:
        return self.question.type == schema.SCALE_TYPE

    @property
    def other(self) -> Control | None:
        """The text beside « other »."""
        if not self.question.other:
            return None
        return self._control(f"{self.name}-{OTHER}", _("Which one, in a few words?"))

    @property
    def places(self) -> list[Control]:
        """One field an option of a ranking: its place."""
        return [
            self._control(f"{self.name}-{option.key}", option.label.in_(self.language))
            for option in self.question.options
        ]

    # -- Tables --------------------------------------------------------------------------------

    @property
    def numbers(self) -> list[Row]:
        return [
            Row(
                row.key,
                row.label.in_(self.language),
                [
                    self._control(
                        f"{self.name}-{row.key}-{column.key}", column.label.in_(self.language)
                    )
                    for column in self.question.columns
                ],
            )
            for row in self.question.rows
        ]

    @property
    def column_labels(self) -> list[str]:
        return [column.label.in_(self.language) for column in self.question.columns]

    @property
    def choices_by_row(self) -> list[Row]:
        return [self._choices_of(row) for row in self.question.rows]

    def _choices_of(self, row: Option) -> Row:
        name = f"{self.name}-{row.key}"
        columns = [(c.key, c.label.in_(self.language)) for c in self.question.columns]
        return Row(row.key, row.label.in_(self.language), self._radios(name, columns))

    @property
    def tried(self) -> list[Row]:
        """The practices, each with what one may tell of it."""
        return [self._practice(code) for code in PRACTICES]

    def _practice(self, code: str) -> Row:
        title, url, language = self.practices.get(code, PracticeName(code))
        name = f"{self.name}-{code}"
        kept = dict(zip(KEPT, (_("Yes"), _("Yes, changed"), _("No")), strict=True))
        ticked = self._control(f"{name}-tried", title)
        rest = {
            "kept": self._radios(f"{name}-kept", kept.items()),
            "useful": self._radios(f"{name}-useful", scale()),
            "more": self._control(f"{name}-more", _("One word more?")),
        }
        return Row(code, title, [ticked], rest, url, language)

    # -- Inside --------------------------------------------------------------------------------

    @property
    def _is_select(self) -> bool:
        question = self.question
        return (
            question.type == schema.CHOICE and not question.other and len(question.options) > MANY
        )

    @property
    def _is_readable(self) -> bool:
        """A date or an hour that was not understood is shown as it was typed."""
        return self._own(self.name) not in self.errors

    @property
    def _pairs(self) -> Iterator[tuple[str, str]]:
        question = self.question
        if question.type == schema.YES_NO:
            yield from (("yes", _("Yes")), ("no", _("No")))
        elif question.type == schema.SCALE_TYPE:
            yield from scale()
        else:
            yield from ((o.key, o.label.in_(self.language)) for o in question.options)
            if question.other:
                yield OTHER, _("Other")

    def _radios(self, name: str, pairs: Iterable[tuple[str, str]]) -> list[Control]:
        chosen = self._first(name)
        return [
            Control(
                name, words, key, checked=key == chosen, id=name if not number else f"{name}--{key}"
            )
            for number, (key, words) in enumerate(pairs)
        ]

    def _control(self, name: str, label: str) -> Control:
        error = self.errors.get(self._own(name), "")
        value = self._first(name)
        described = f"{name}-error" if error else ""
        return Control(name, label, value, bool(value), error, name, described)

    def _all(self, name: str) -> Sequence[str]:
        own = self._own(name)
        return list(self.fields[own]) if own in self.fields else []

    def _first(self, name: str) -> str:
        return next(iter(self._all(name)), "")

    def _own(self, name: str) -> str:
        return name.removeprefix(self.prefix)
