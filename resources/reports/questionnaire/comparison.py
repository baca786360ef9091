"""What one questionnaire changes in another, question by question, by their keys. Pure."""

from dataclasses import dataclass

from resources.reports.questionnaire.exchange import question_data
from resources.reports.questionnaire.schema import Question, Questionnaire


@dataclass(frozen=True)
class Changed:
    """A question that stays, with the names of what changes in it, as in the file."""

    before: Question
    after: Question
    names: tuple[str, ...]


@dataclass(frozen=True)
class Comparison:
    added: tuple[Question, ...]
    removed: tuple[Question, ...]
    changed: tuple[Changed, ...]
    unchanged: int
    is_same: bool  # the order and the words of the sections too


def compare(before: Questionnaire, after: Questionnaire) -> Comparison:
    changed = []
    unchanged = 0
    for question in after:
        former = before.questions.get(question.key)
        if former is None:
            continue
        names = _differences(former, question)
        if names:
            changed.append(Changed(former, question, names))
        else:
            unchanged += 1
    return Comparison(
        added=tuple(q for q in after if q.key not in before.questions),
        removed=tuple(q for q in before if q.key not in after.questions),
        changed=tuple(changed),
        unchanged=unchanged,
        is_same=before == after,
    )


def _differences(before: Question, after: Question) -> tuple[str, ...]:
    old, new = question_data(before), question_data(after)
    return tuple(name for name in old | new if old.get(name) != new.get(name))
