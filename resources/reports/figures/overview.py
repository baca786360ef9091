"""Every figure of a campaign, section by section, and the choices of its forms. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from resources.reports.figures.counting import Distribution, distribution
from resources.reports.figures.crossing import Crossing, Filter
from resources.reports.figures.numbers import Numbers, numbers
from resources.reports.figures.participation import QUESTION, Rates, participation
from resources.reports.figures.practices import Practice, practices
from resources.reports.questionnaire.schema import NUMBERS, Section

SEPARATOR: Final = ":"


@dataclass(frozen=True)
class Part:
    """The figures of one section."""

    key: str
    title: str
    distributions: tuple[Distribution, ...]
    numbers: tuple[Numbers, ...]
    rates: tuple[Rates, ...]
    practices: tuple[Practice, ...]

    @property
    def is_shown(self) -> bool:
        return bool(self.distributions or self.numbers or self.rates)

    @property
    def attendance(self) -> list[tuple[str, Any]]:
        return [(rates.label, rates.attendance) for rates in self.rates]

    @property
    def expression(self) -> list[tuple[str, Any]]:
        return [(rates.label, rates.expression) for rates in self.rates]


def overview(crossing: Crossing, only: Filter | None, language: str) -> list[Part]:
    """The sections that have figures. What is told of each practice does not follow the filter."""
    told = practices(crossing, language) if only is None else ()
    sections = crossing.records.shape.sections
    parts = (_part(crossing, section, only, language, told) for section in sections)
    return [part for part in parts if part.is_shown]


def _part(
    crossing: Crossing,
    section: Section,
    only: Filter | None,
    language: str,
    told: tuple[Practice, ...],
) -> Part:
    keys = {question.key for question in section.questions}
    return Part(
        section.key,
        section.title.in_(language),
        tuple(
            distribution(crossing, key, only, language)
            for key in _counted(crossing, keys)
            if only is None or key != only.key
        ),
        tuple(
            numbers(crossing, question.key, only, language)
            for question in section.questions
            if question.type in NUMBERS
        ),
        participation(crossing, only, language) if QUESTION in keys else (),
        tuple(practice for practice in told if practice.question in keys),
    )


def _counted(crossing: Crossing, keys: set[str]) -> Iterator[str]:
    """The closed questions of a section; what is told of each practice has a table of its own."""
    for key, variable in crossing.records.variables.items():
        if variable.question in keys and not key.endswith((".kept", ".useful")):
            yield key


@dataclass(frozen=True)
class FilterChoice:
    only: Filter
    value: str  # in an address
    question: str
    label: str
    n: int


@dataclass(frozen=True)
class FilterGroup:
    label: str
    choices: tuple[FilterChoice, ...]


def filter_choices(crossing: Crossing, language: str) -> list[FilterGroup]:
    """The filters that may be asked for, by question."""
    groups = []
    for variable in crossing.records.filters.values():
        label = variable.label.in_(language)
        choices = []
        for option in variable.options:
            only = Filter(variable.key, option.key)
            if only in crossing.offered:
                value = f"{only.key}{SEPARATOR}{only.option}"
                n = crossing.offered[only].bit_count()
                choices.append(FilterChoice(only, value, label, option.label.in_(language), n))
        if choices:
            groups.append(FilterGroup(label, tuple(choices)))
    return groups


def filter_from(crossing: Crossing, value: str) -> Filter | None:
    """The filter of an address; None when it is not offered."""
    key, _separator, option = value.partition(SEPARATOR)
    only = Filter(key, option)
    return only if only in crossing.offered else None


def sections_with_choices(
    crossing: Crossing, language: str
) -> list[tuple[str, list[tuple[str, str]]]]:
    """The closed questions that may be crossed or followed, by section."""
    found = []
    for section in crossing.records.shape.sections:
        keys = {question.key for question in section.questions}
        choices = [
            (key, variable.label.in_(language))
            for key, variable in crossing.records.variables.items()
            if variable.question in keys
        ]
        if choices:
            found.append((section.title.in_(language), choices))
    return found
