"""The columns of a campaign: each question gives its own, in the order of the questions. Pure.

A question is one column, named by its key, unless it holds several answers: « canaux.courrier » is
an option, « canaux.autre.text » the words beside « other », « participation.salaries.presents » a
cell of a matrix, « pratiques.P05.useful » what was said of a practice. The columns come from the
questionnaire alone: whatever paths people took, they are the same.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from resources.reports.exports.parts import gathered, parts_of, spread
from resources.reports.questionnaire.schema import Question, Questionnaire

Cell = str | int | Decimal | date | None


@dataclass(frozen=True, slots=True)
class Column:
    """One column of answers: which part of which question."""

    question: Question
    parts: tuple[str, ...]

    @property
    def name(self) -> str:
        return ".".join((self.question.key, *self.parts))


@dataclass(frozen=True)
class Columns:
    """The columns of a questionnaire, both ways: answers to cells, cells to answers."""

    questionnaire: Questionnaire

    @cached_property
    def of_questions(self) -> Sequence[tuple[Question, tuple[tuple[str, ...], ...]]]:
        asked = (question for question in self.questionnaire if question.is_answered)
        return [(question, parts_of(question)) for question in asked]

    @cached_property
    def all(self) -> Sequence[Column]:
        return [Column(q, parts) for q, several in self.of_questions for parts in several]

    def cells(self, answers: Mapping[str, Any]) -> list[Cell]:
        """One cell a column; empty for what was not answered. Hidden answers must be out already."""
        found: list[Cell] = []
        for question, several in self.of_questions:
            value = answers.get(question.key)
            if value is None:
                found.extend([None] * len(several))
                continue
            cells = spread(question, value)
            found.extend(cells.get(parts) for parts in several)
        return found

    def answers(self, cells: Iterable[tuple[str, Any]]) -> dict[str, Any]:
        """The answers that these named cells say. ValueError for a cell that cannot be one."""
        by_question: dict[str, dict[tuple[str, ...], Any]] = {}
        for name, cell in cells:
            key, *parts = name.split(".")
            if cell not in (None, ""):
                by_question.setdefault(key, {})[tuple(parts)] = cell
        found = {}
        for question, _several in self.of_questions:
            if question.key in by_question:
                value = gathered(question, by_question[question.key])
                if value is not None:
                    found[question.key] = value
        return found
