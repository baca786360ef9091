"""The ways through a questionnaire: which questions appear together, how many, and for how long. Pure.

Questions whose conditions look at the same answers form a knot; knots do not touch each other. The
shortest way through the whole is the sum of the shortest ways through each knot, the number of ways
their product.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final

from resources.reports.questionnaire import worlds
from resources.reports.questionnaire.conditions import Condition, names
from resources.reports.questionnaire.effort import seconds
from resources.reports.questionnaire.evaluation import holds
from resources.reports.questionnaire.schema import Question, Questionnaire, Section

MOST_CASES: Final = 20_000  # gone through for one knot or one section
Answers = Mapping[str, Any]
Case = tuple[Sequence[Question], Answers]  # the questions that appear, and the answers behind


@dataclass(frozen=True)
class Way:
    """One set of questions that appear together, with the answers that lead to it."""

    questions: tuple[Question, ...]
    answers: tuple[tuple[Question, Any], ...] = ()  # the shortest list that leads here

    @cached_property
    def count(self) -> int:
        return sum(1 for question in self.questions if question.is_answered)

    @cached_property
    def seconds(self) -> int:
        return sum(seconds(question) for question in self.questions)


@dataclass(frozen=True)
class SectionWays:
    """The ways through one page of the questionnaire; none when there are too many to show."""

    section: Section
    ways: tuple[Way, ...]
    is_complete: bool = True


@dataclass(frozen=True)
class Ways:
    """What « chemins possibles » shows."""

    sections: tuple[SectionWays, ...]
    shortest: Way
    longest: Way
    number: int
    dead: frozenset[str] = field(default_factory=frozenset)
    is_complete: bool = True


def ways_through(questionnaire: Questionnaire) -> Ways:
    """All ways through a questionnaire whose conditions can be read."""
    by_section = tuple(_through(questionnaire, section) for section in questionnaire.sections)
    shortest: list[Question] = []
    longest: list[Question] = []
    number, complete = 1, True
    for knot in _knots(questionnaire):
        try:
            ways = _distinct(questionnaire, knot)
        except worlds.TooManyError:
            complete = False
            longest += [question for question in questionnaire if question.key in knot]
            continue
        shortest += min(ways, key=lambda way: (way.seconds, way.count)).questions
        longest += max(ways, key=lambda way: (way.seconds, way.count)).questions
        number *= len(ways)
    return Ways(
        sections=by_section,
        shortest=_in_order(questionnaire, shortest),
        longest=_in_order(questionnaire, longest),
        number=number,
        dead=never_shown(questionnaire),
        is_complete=complete and all(part.is_complete for part in by_section),
    )


def never_shown(questionnaire: Questionnaire) -> frozenset[str]:
    """The questions that no answer makes appear. What is not sure is left out."""
    dead: set[str] = set()
    for knot in _knots(questionnaire):
        if len(knot) == 1 or any(map(worlds.compares_answers, _inside(questionnaire, knot))):
            continue
        try:
            seen = {
                question.key
                for shown, _answers in _cases(questionnaire, knot, all_answered=False)
                for question in shown
            }
        except worlds.TooManyError:
            continue
        dead |= knot - seen
    return frozenset(dead)


def _in_order(questionnaire: Questionnaire, questions: Iterable[Question]) -> Way:
    keys = {question.key for question in questions}
    return Way(tuple(question for question in questionnaire if question.key in keys))


def _through(questionnaire: Questionnaire, section: Section) -> SectionWays:
    keys = {question.key for question in section.questions}
    needed = keys | _looked_at(questionnaire, keys)
    try:
        return SectionWays(section, tuple(_distinct(questionnaire, needed, keys)))
    except worlds.TooManyError:
        return SectionWays(section, (), is_complete=False)


def _distinct(
    questionnaire: Questionnaire, keys: Collection[str], shown_keys: Collection[str] | None = None
) -> list[Way]:
    """The different sets of questions among ``shown_keys``; each by its shortest explanation."""
    found: dict[tuple[str, ...], Way] = {}
    for shown, answers in _cases(questionnaire, keys):
        questions = tuple(q for q in shown if shown_keys is None or q.key in shown_keys)
        outcome = tuple(question.key for question in questions)
        if outcome not in found or len(answers) < len(found[outcome].answers):
            told = tuple((questionnaire.questions[key], value) for key, value in answers.items())
            found[outcome] = Way(questions, told)
    return sorted(found.values(), key=lambda way: (way.seconds, way.count))


def _cases(
    questionnaire: Questionnaire, keys: Collection[str], all_answered: bool = True
) -> Iterator[Case]:
    """The visible questions among ``keys`` for every answer that makes a difference.

    ``all_answered``: questions that must be answered are, as in what a co-op sends.
    Raises TooManyError.
    """
    steps = [
        Step(
            section,
            _parsed(questionnaire, section.when),
            _parsed(questionnaire, question.when),
            question,
        )
        for section in questionnaire.sections
        for question in section.questions
        if question.key in keys
    ]
    walk = _Walk(steps, worlds.asked(questionnaire), all_answered)
    return _not_too_many(walk.from_(0, (), {}))


def _not_too_many(cases: Iterable[Case]) -> Iterator[Case]:
    for number, case in enumerate(cases):
        if number == MOST_CASES:
            raise worlds.TooManyError
        yield case


@dataclass(frozen=True)
class Step:
    """One question on the way, with the conditions that it waits for."""

    section: Section
    section_when: Condition | None
    when: Condition | None
    question: Question

    def is_reached(self, answers: Answers) -> bool:
        return self._is_section_reached(answers) and holds(self.when, answers)

    def _is_section_reached(self, answers: Answers) -> bool:
        """A section is shown or not as a whole: its own answers come too late for its condition."""
        if self.section_when is None:
            return True
        own = {question.key for question in self.section.questions}
        before = {key: value for key, value in answers.items() if key not in own}
        return holds(self.section_when, before)


class _Walk:
    """Goes from question to question, along every answer that conditions look at."""

    def __init__(self, steps: Sequence[Step], places: worlds.Asked, all_answered: bool) -> None:
        self.steps, self.all_answered = steps, all_answered
        looked_at = {text.split(".", 1)[0] for text in places}
        questions = [step.question for step in steps if step.question.key in looked_at]
        self.values = {q.key: worlds.values_of(q, places) for q in questions}

    def from_(self, place: int, shown: tuple[Question, ...], answers: Answers) -> Iterator[Case]:
        if place == len(self.steps):
            yield shown, answers
            return
        question = self.steps[place].question
        if not self.steps[place].is_reached(answers):
            yield from self.from_(place + 1, shown, answers)
            return
        shown = (*shown, question)
        values = self.values.get(question.key)
        if values is None or not (self.all_answered and question.required):
            yield from self.from_(place + 1, shown, answers)
        for value in values or ():
            yield from self.from_(place + 1, shown, {**answers, question.key: value})


def _parsed(questionnaire: Questionnaire, text: str) -> Condition | None:
    return worlds.read(text, questionnaire.questions.keys())


def _needs(questionnaire: Questionnaire) -> dict[str, set[str]]:
    """For each question, those that its conditions look at, its section's included."""
    found = {}
    for section in questionnaire.sections:
        above = set(_keys_in(questionnaire, section.when))
        for question in section.questions:
            found[question.key] = above | set(_keys_in(questionnaire, question.when))
    return found


def _keys_in(questionnaire: Questionnaire, text: str) -> Iterator[str]:
    condition = _parsed(questionnaire, text)
    return (place.key for place in names(condition) if place.key in questionnaire.questions)


def _looked_at(questionnaire: Questionnaire, keys: Collection[str]) -> set[str]:
    """Everything that decides, near or far, whether these questions appear."""
    needs = _needs(questionnaire)
    found: set[str] = set()
    waiting = list(keys)
    while waiting:
        for key in needs[waiting.pop()] - found:
            found.add(key)
            waiting.append(key)
    return found


def _knots(questionnaire: Questionnaire) -> Sequence[frozenset[str]]:
    """The questions, grouped by what they depend on; each stands in exactly one group."""
    group = {key: {key} for key in questionnaire.questions}
    for key, needed in _needs(questionnaire).items():
        for other in needed:
            if group[key] is not group[other]:
                joined = group[key] | group[other]
                group.update(dict.fromkeys(joined, joined))
    return [frozenset(keys) for keys in {id(keys): keys for keys in group.values()}.values()]


def _inside(questionnaire: Questionnaire, knot: frozenset[str]) -> Iterator[Condition | None]:
    for section in questionnaire.sections:
        inside = [question for question in section.questions if question.key in knot]
        yield from (_parsed(questionnaire, question.when) for question in inside)
        if inside:
            yield _parsed(questionnaire, section.when)
