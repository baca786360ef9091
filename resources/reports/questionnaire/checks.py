"""What is wrong with a questionnaire, each problem with its place and what to do. Pure.

``protection`` looks at what a new version would take away from answers that were given.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from resources.reports.questionnaire import schema
from resources.reports.questionnaire.condition_checks import Scope, in_condition, in_rule
from resources.reports.questionnaire.keys import RESERVED
from resources.reports.questionnaire.paths import never_shown
from resources.reports.questionnaire.schema import (
    KEY,
    OTHER,
    Option,
    Question,
    Questionnaire,
)

SOURCES: Final = tuple(
    f"organisation.{name}" for name in ("name", "status", "activity", "region", "size")
)
LAST: Final = "last"
LISTS: Final = ("options", "rows", "columns")
CHOSEN: Final = (schema.CHOICE, schema.CHOICES, schema.RANKING)


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to mend. ``section``, ``question`` and ``item`` are places, counted from 0."""

    message: str
    section: int | None = None
    question: int | None = None
    field: str = ""  # of the form; a list such as "options" has an item
    item: int | None = None


Found = Iterator[Problem]


def place(questionnaire: Questionnaire, problem: Problem) -> str:
    """Where a problem stands, in words: « Section 3 “Horaire”, question “Durée” »."""
    if problem.section is None:
        return ""
    section = questionnaire.sections[problem.section]
    number = {"number": problem.section + 1, "title": section.title.fr or section.key}
    words = _("Section %(number)d “%(title)s”") % number
    if problem.question is None:
        return words
    question = section.questions[problem.question]
    title = question.label.fr or question.key
    named = {"section": words, "number": problem.question + 1, "title": title}
    return _("%(section)s, question %(number)d “%(title)s”") % named


def said(questionnaire: Questionnaire, problem: Problem) -> str:
    """A problem in one line, its place first."""
    where = place(questionnaire, problem)
    if not where:
        return problem.message
    return _("%(place)s: %(problem)s") % {"place": where, "problem": problem.message}


def problems(questionnaire: Questionnaire) -> list[Problem]:
    """Everything that is wrong, in the order of the questionnaire."""
    found = [*_keys(questionnaire), *_conditions(questionnaire)]
    for section_place, question_place, question in every_question(questionnaire):
        for field, item, message in _in_question(question):
            found.append(Problem(message, section_place, question_place, field, item))
    if not found:  # what is read wrongly cannot be followed
        found += _dead(questionnaire)
    return sorted(found, key=lambda p: (p.section or 0, -1 if p.question is None else p.question))


def every_question(questionnaire: Questionnaire) -> Iterator[tuple[int, int, Question]]:
    for section_place, section in enumerate(questionnaire.sections):
        for question_place, question in enumerate(section.questions):
            yield section_place, question_place, question


def _keys(questionnaire: Questionnaire) -> Found:
    """A key that is used twice is told of the later one: most often it is the copy."""
    titles: dict[str, str] = {}
    for number, section in enumerate(questionnaire.sections):
        for message in _of_key(section.key, titles):
            yield Problem(message, number, field="key")
        titles.setdefault(section.key, section.title.fr)
        if not section.title.fr:
            yield Problem(_("Give the title in French."), number, field="title_fr")
    labels: dict[str, str] = {}
    for section_place, question_place, question in every_question(questionnaire):
        for message in _of_key(question.key, labels):
            yield Problem(message, section_place, question_place, "key")
        labels.setdefault(question.key, question.label.fr)


def _of_key(key: str, earlier: Mapping[str, str]) -> Iterator[str]:
    if not KEY.fullmatch(key):
        yield _(
            "The key “%(key)s” is not possible: begin with a letter, then small letters, figures "
            "and _, 40 characters at most. Empty it to have one proposed."
        ) % {"key": key}
    elif key in RESERVED:
        words = _("The key “%(key)s” is a word of the conditions: choose another one.")
        yield words % {"key": key}
    if key in earlier:
        words = _(
            "The key “%(key)s” is already that of “%(other)s”. After a copy, empty the key: a new "
            "one is proposed."
        )
        yield words % {"key": key, "other": earlier[key]}


def _conditions(questionnaire: Questionnaire) -> Found:
    for number, section in enumerate(questionnaire.sections):
        scope = Scope(questionnaire, number)
        for message in in_condition(scope, section.when):
            yield Problem(message, number, field="when")
    for section_place, question_place, question in every_question(questionnaire):
        scope = Scope(questionnaire, section_place, question_place)
        for message in in_condition(scope, question.when):
            yield Problem(message, section_place, question_place, "when")
        for item, rule in enumerate(question.rules):
            for message in in_rule(scope, rule.check):
                yield Problem(message, section_place, question_place, "rules", item)


def _dead(questionnaire: Questionnaire) -> Found:
    dead = never_shown(questionnaire)
    for section_place, question_place, question in every_question(questionnaire):
        if question.key in dead:
            message = _("No answer makes this question appear: look at its condition again.")
            yield Problem(message, section_place, question_place, "when")


Details = Iterator[tuple[str, int | None, str]]


def _in_question(question: Question) -> Details:
    if not question.label.fr:
        yield "label_fr", None, _("Give the question in French.")
    for name in LISTS:
        yield from _list(name, getattr(question, name))
    if question.type in CHOSEN and len(question.option_keys) < 2:
        yield "options", None, _("Give two answers to choose from, at least.")
    if question.type == schema.MATRIX:
        yield from _matrix(question)
    least, most = question.minimum, question.maximum
    if least is not None and most is not None and least > most:
        yield "maximum", None, _("The most is less than the least.")
    yield from ((name, None, message) for name, message in _settings(question))


def _list(name: str, options: Sequence[Option]) -> Details:
    keys = Counter(option.key for option in options)
    for item, option in enumerate(options):
        if not option.label.fr:
            yield name, item, _("Give the words in French.")
        if not KEY.fullmatch(option.key):
            words = _("The key “%(key)s” is not possible: small letters, figures and _.")
            yield name, item, words % {"key": option.key}
        if keys[option.key] > 1:
            words = _("The key “%(key)s” is used twice. After a copy, empty it: one is proposed.")
            yield name, item, words % {"key": option.key}
        if name == "options" and option.key == OTHER:
            words = _("“autre” is kept for the answer with words: tick “Other” instead.")
            yield name, item, words


def _matrix(question: Question) -> Details:
    if not question.rows:
        yield "rows", None, _("A table needs rows.")
    if not question.columns:
        yield "columns", None, _("A table needs columns.")


def _settings(question: Question) -> Iterator[tuple[str, str]]:
    source = question.prefill
    is_last = source == LAST or (source.startswith(f"{LAST}:") and source != f"{LAST}:")
    if source and source not in SOURCES and not is_last:
        known = ", ".join((LAST, f"{LAST}:…", *SOURCES))
        words = _("“%(source)s” is nothing to fill in from. Known: %(known)s.")
        yield "prefill", words % {"source": source, "known": known}
    if question.theme and question.theme not in schema.THEMES:
        words = _("The theme “%(theme)s” is not known.")
        yield "theme", words % {"theme": question.theme}
    if question.publish not in schema.PUBLISHED:
        words = _("“%(value)s” says nothing about what is made public.")
        yield "publish", words % {"value": question.publish}
    if question.type not in schema.TYPES:
        yield "", _("The type “%(type)s” is not known.") % {"type": question.type}
