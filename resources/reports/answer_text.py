"""An answer in words: what a person reads again before sending, on the receipt, in a mail."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from resources.reports.controls import PracticeName, scale
from resources.reports.models import Answer
from resources.reports.questionnaire import schema, visibility
from resources.reports.questionnaire.evaluation import is_given
from resources.reports.questionnaire.schema import OTHER, Question, Section
from resources.reports.working import Problem, Working


@dataclass(frozen=True)
class Told:
    """A question and its answer, line by line; no line when it was not answered."""

    question: Question
    label: str
    lines: Sequence[str]
    problems: Sequence[Problem] = ()
    reasons: Sequence[str] = ()


@dataclass(frozen=True)
class ToldSection:
    section: Section
    title: str
    answers: Sequence[Told] = field(default_factory=tuple)

    @property
    def is_answered(self) -> bool:
        return any(told.lines for told in self.answers)


@dataclass(frozen=True)
class Names:
    """What an answer refers to and does not hold: names of files, titles of practices."""

    files: Mapping[str, str] = field(default_factory=dict)
    practices: Mapping[str, PracticeName] = field(default_factory=dict)


def told_sections(
    answer: Answer,
    held: Working,
    language: str,
    names: Names | None = None,
    found: Sequence[Problem] = (),
) -> list[ToldSection]:
    """Every visible question with its answer, section by section."""
    names = names or Names()
    by_key: dict[str, list[Problem]] = {}
    for problem in found:
        by_key.setdefault(problem.question.key, []).append(problem)
    sections = []
    for section, questions in visibility.shown_sections(answer.campaign.shape, held.values):
        told = [
            Told(
                question,
                question.label.in_(language),
                lines(question, held.values.get(question.key), language, names),
                by_key.get(question.key, ()),
                [r for n, r in held.reasons.items() if n.startswith(f"why-{question.key}-")],
            )
            for question in questions
            if question.is_answered
        ]
        if told:
            sections.append(ToldSection(section, section.title.in_(language), told))
    return sections


def lines(question: Question, value: Any, language: str, names: Names | None = None) -> list[str]:
    """An answer in the words of its question; nothing when it was not answered."""
    if not is_given(value):
        return []
    writer = _writers.get(question.type, _plain)
    return writer(question, value, language, names or Names())


def _plain(question: Question, value: Any, language: str, names: Names) -> list[str]:
    return [str(value)]


def _amount(question: Question, value: Any, language: str, names: Names) -> list[str]:
    text = number_format(value, use_l10n=True, force_grouping=True)
    return [f"{text}\u00a0€" if question.type == schema.AMOUNT else text]


def _date(question: Question, value: Any, language: str, names: Names) -> list[str]:
    return [date_format(date.fromisoformat(value), "DATE_FORMAT")]


def _time(question: Question, value: Any, language: str, names: Names) -> list[str]:
    hours, _colon, minutes = str(value).partition(":")
    return [f"{int(hours)}\u00a0h\u00a0{minutes}" if language == "fr" else str(value)]


def _duration(question: Question, value: Any, language: str, names: Names) -> list[str]:
    hours, minutes = divmod(int(value), 60)
    return [f"{hours}\u00a0h\u00a0{minutes:02d}"]


def _yes_no(question: Question, value: Any, language: str, names: Names) -> list[str]:
    return [_("Yes") if value else _("No")]


def _choices(question: Question, value: Any, language: str, names: Names) -> list[str]:
    return [
        " – ".join(part for part in (_("Other"), value.get("other", "")) if part)
        if key == OTHER
        else question.option_label(key, language)
        for key in value.get("chosen", ())
    ]


def _scale(question: Question, value: Any, language: str, names: Names) -> list[str]:
    return [dict(scale()).get(str(value), str(value))]


def _ranking(question: Question, value: Any, language: str, names: Names) -> list[str]:
    return [f"{n}. {question.option_label(key, language)}" for n, key in enumerate(value, 1)]


def _matrix(question: Question, value: Any, language: str, names: Names) -> list[str]:
    columns = {column.key: column.label.in_(language) for column in question.columns}
    found = []
    for row in question.rows:
        told = value.get(row.key)
        if not is_given(told):
            continue
        if isinstance(told, Mapping):
            cells = [
                _("%(what)s: %(number)s") % {"what": columns.get(key, key), "number": number}
                for key, number in told.items()
            ]
            found.append(f"{row.label.in_(language)} – {', '.join(cells)}")
        else:
            found.append(f"{row.label.in_(language)} – {columns.get(told, told)}")
    return found


def _practices(question: Question, value: Any, language: str, names: Names) -> list[str]:
    kept = {"yes": _("kept"), "changed": _("kept, changed"), "no": _("not kept")}
    marks = dict(scale())
    found = []
    for code, told in value.items():
        title = names.practices.get(code, PracticeName(code)).title
        parts = [kept.get(told.get("kept"), ""), marks.get(str(told.get("useful")), "")]
        parts.append(told.get("more", ""))
        found.append(" – ".join(part for part in (title, *parts) if part))
    return found


def _files(question: Question, value: Any, language: str, names: Names) -> list[str]:
    return [names.files.get(key, _("a file")) for key in value]


def _consent(question: Question, value: Any, language: str, names: Names) -> list[str]:
    if question.options:
        return [question.option_label(value, language)]
    return [_("Yes") if value else _("No")]


Writer = Callable[[Question, Any, str, Names], list[str]]
_writers: Final[Mapping[str, Writer]] = {
    schema.DECIMAL: _amount,
    schema.AMOUNT: _amount,
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
    schema.FILE: _files,
    schema.PHOTO: _files,
    schema.CONSENT: _consent,
}
