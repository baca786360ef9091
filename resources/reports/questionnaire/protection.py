"""What a new version of a questionnaire would take away from answers that were given. Pure."""

from collections.abc import Callable, Iterable, Iterator, Mapping

from django.utils.translation import gettext as _

from resources.reports.questionnaire import schema
from resources.reports.questionnaire.checks import LISTS, Problem, every_question
from resources.reports.questionnaire.schema import OTHER, Option, Question, Questionnaire

Count = Callable[[Question, str], int]  # the answers to a question, or with one of its options


def protected(before: Questionnaire, after: Questionnaire, answers: Count) -> list[Problem]:
    """What ``after`` takes away that was answered under ``before``.

    ``answers(question, option)`` counts the answers to a question that hold this option, row or
    column; with an empty option, all its answers. It is asked only about what would go.
    """
    found: list[Problem] = []
    places = {q.key: (section, number) for section, number, q in every_question(after)}
    for question in before:
        if question.key not in after.questions:
            found += _gone(question, answers)
            continue
        kept = after.questions[question.key]
        section, number = places[question.key]
        for field, message in _lost(question, kept, answers):
            found.append(Problem(message, section, number, field))
    return found


def _gone(question: Question, answers: Count) -> Iterable[Problem]:
    count = answers(question, "")
    if count:
        words = _(
            "The question “%(label)s” (key %(key)s) has %(count)d answers: it cannot disappear, nor "
            "its key change. Put it back, with the key %(key)s."
        )
        named = {"label": question.label.fr, "key": question.key, "count": count}
        yield Problem(words % named)


def _lost(question: Question, kept: Question, answers: Count) -> Iterator[tuple[str, str]]:
    if question.type != kept.type or (question.cell and question.cell != kept.cell):
        count = answers(question, "")
        if count:
            words = _(
                "This question (key %(key)s) has %(count)d answers: its type cannot change any "
                "more. Add another question instead."
            )
            yield "", words % {"key": question.key, "count": count}
            return
    for name in LISTS:
        keys = {option.key for option in getattr(kept, name)}
        for option in getattr(question, name):
            if option.key in keys:
                continue
            count = answers(question, option.key)
            if count:
                yield name, _option_gone(option, count)
    if question.other and not kept.other:
        count = answers(question, OTHER)
        if count:
            yield "other", _option_gone(Option(OTHER, schema.Words(_("Other"))), count)


def _option_gone(option: Option, count: int) -> str:
    words = _(
        "“%(label)s” (key %(key)s) was chosen in %(count)d answers: it cannot disappear, nor its "
        "key change. Put it back."
    )
    return words % {"label": option.label.fr, "key": option.key, "count": count}


def counted(values: Iterable[Mapping[str, object]]) -> Count:
    """Counts over the stored values of answers, for ``protected``; read when first asked for."""
    stored: list[Mapping[str, object]] | None = None

    def count(question: Question, option: str) -> int:
        nonlocal stored
        if stored is None:
            stored = list(values)
        given = (value.get(question.key) for value in stored)
        return sum(1 for value in given if _holds(value, option))

    return count


def _holds(value: object, option: str) -> bool:
    if not option:
        return value not in (None, "", [], {})
    if isinstance(value, Mapping):
        return option in value or any(_holds(part, option) for part in value.values())
    if isinstance(value, list):
        return option in value
    return value == option
