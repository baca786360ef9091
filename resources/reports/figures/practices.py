"""What is told of each practice: tried by how many, kept or not, how useful. Pure."""

from dataclasses import dataclass

from resources.reports.figures.counting import Cell, Distribution, distribution
from resources.reports.figures.crossing import Crossing
from resources.reports.questionnaire.schema import PRACTICES

FOR, AGAINST = ("3", "4"), ("1", "2")  # of the scale of usefulness


@dataclass(frozen=True)
class Practice:
    """One practice; what is hidden is None, never 0."""

    question: str
    code: str
    tried: Cell
    kept: Distribution
    useful: Distribution

    @property
    def found_useful(self) -> int | None:
        """How many gave 3 or 4 of 4."""
        return _sum(self.useful, FOR)

    @property
    def found_useless(self) -> int | None:
        """How many gave 1 or 2 of 4."""
        return _sum(self.useful, AGAINST)


def _sum(told: Distribution, keys: tuple[str, ...]) -> int | None:
    counts = [cell.count for cell in told.cells if cell.key in keys]
    return None if None in counts else sum(count or 0 for count in counts)


def practices(crossing: Crossing, language: str = "fr") -> tuple[Practice, ...]:
    """The practices of the questionnaire that somebody may have tried, in the order of their codes."""
    found = []
    for question in crossing.records.shape:
        if question.type != PRACTICES:
            continue
        tried = distribution(crossing, f"{question.key}.tried", language=language)
        for cell in tried.cells:
            parts = [
                distribution(crossing, f"{question.key}.{cell.key}.{part}", language=language)
                for part in ("kept", "useful")
            ]
            found.append(Practice(question.key, cell.key, cell, *parts))
    return tuple(found)
