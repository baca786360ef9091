"""What is wrong with one condition or rule, where it stands. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, Final

from django.utils.translation import gettext as _

from resources.reports.questionnaire import schema
from resources.reports.questionnaire.conditions import (
    Both,
    Comparison,
    Condition,
    ConditionError,
    Either,
    Literal,
    Not,
    Path,
    names,
    parse,
)
from resources.reports.questionnaire.schema import Question, Questionnaire
from resources.reports.questionnaire.values import KEPT, PRACTICES

ALIKE: Final = 0.75  # two words that are so much alike may be one mistyped
ROW: Final = "row"  # in a rule of a table: each row in turn
ORDERED: Final = (*schema.NUMBERS, schema.DATE, schema.TIME, schema.SCALE_TYPE)
SEVERAL: Final = (schema.CHOICES, schema.RANKING)
TEXTS: Final = (schema.TEXT, schema.LONG_TEXT, schema.DATE, schema.TIME)


@dataclass(frozen=True)
class Scope:
    """The place of a condition: what stands before it may be named."""

    questionnaire: Questionnaire
    section: int
    question: int | None = None  # none: the condition of the section itself

    @property
    def own(self) -> Question | None:
        if self.question is None:
            return None
        return self.questionnaire.sections[self.section].questions[self.question]

    def earlier(self) -> dict[str, Question]:
        found: dict[str, Question] = {}
        for number, section in enumerate(self.questionnaire.sections[: self.section + 1]):
            here = number == self.section
            last = (self.question or 0) if here else len(section.questions)
            found |= {question.key: question for question in section.questions[:last]}
        return found


def in_condition(scope: Scope, text: str) -> Iterator[str]:
    yield from _in(scope, text, scope.earlier())


def in_rule(scope: Scope, text: str) -> Iterator[str]:
    """Rules may look at the question itself, and in a table at the row at hand."""
    if not text.strip():
        yield _("Say what should hold.")
        return
    own = scope.own
    assert own is not None
    yield from _in(scope, text, scope.earlier() | {own.key: own}, in_rule=True)


def _in(
    scope: Scope, text: str, allowed: dict[str, Question], in_rule: bool = False
) -> Iterator[str]:
    try:
        condition = parse(text, scope.questionnaire.questions.keys())
    except ConditionError as error:
        yield _unreadable(error)
        return
    named = list(dict.fromkeys(names(condition)))
    wrong = [message for path in named for message in _name(scope, path, allowed, in_rule)]
    yield from wrong
    if not wrong:
        for comparison in _comparisons(condition):
            yield from _comparison(scope, comparison, in_rule)


def _unreadable(error: ConditionError) -> str:
    reasons = {
        "The condition is longer than 500 characters": _("it is longer than 500 characters"),
        "The condition cannot be read from here": _("nothing can be read from here"),
        "Nothing is expected after this": _("nothing is expected here"),
        "Something is missing here": _("this is missing"),
        "The condition is nested too deep": _("there are too many parentheses"),
        "The key of a question is expected here": _("the key of a question is expected here"),
        "An option or a number is expected here": _("an answer or a number is expected here"),
        "The condition stops too early": _("it stops too early"),
    }
    why = reasons[error.message]
    if not error.found:
        return _("This condition cannot be read: %(why)s.") % {"why": why}
    words = _("This condition cannot be read: %(why)s: “%(found)s”.")
    return words % {"why": why, "found": error.found}


def _name(scope: Scope, path: Path, allowed: dict[str, Question], in_rule: bool) -> Iterator[str]:
    questions = scope.questionnaire.questions
    key = path.key
    if in_rule and key == ROW and scope.own is not None:
        yield from _row(scope.own, path)
    elif key not in questions:
        close = get_close_matches(key, questions, 1, ALIKE)
        if close:
            words = _("There is no question with the key “%(key)s”. Did you mean “%(close)s”?")
            yield words % {"key": key, "close": close[0]}
        else:
            yield _("There is no question with the key “%(key)s”.") % {"key": key}
    elif key not in allowed:
        yield _not_before(scope, key)
    elif questions[key].type == schema.STATEMENT:
        yield _("“%(key)s” is words without a question: it has no answer.") % {"key": key}
    else:
        yield from _inside(questions[key], path)


def _not_before(scope: Scope, key: str) -> str:
    own = scope.own
    if own is not None and own.key == key:
        return _("“%(key)s” looks at its own answer.") % {"key": key}
    circle = _circle(scope, key)
    if circle:
        words = _("These conditions turn in a circle: %(keys)s.")
        return words % {"keys": " → ".join(circle)}
    words = _("“%(key)s” comes later: a condition looks at earlier questions only.")
    return words % {"key": key}


def _circle(scope: Scope, key: str) -> list[str]:
    """The way back from ``key`` to where the condition stands, when there is one."""
    section = scope.questionnaire.sections[scope.section]
    starts = {scope.own.key} if scope.own else {question.key for question in section.questions}
    if key in starts:
        return [section.key, key, section.key]
    ways = [[key]]
    seen = {key}
    while ways:
        way = ways.pop()
        for following in _looks_at(scope.questionnaire, way[-1]):
            if following in starts:
                return [following, *way, following]
            if following not in seen:
                seen.add(following)
                ways.append([*way, following])
    return []


def _looks_at(questionnaire: Questionnaire, key: str) -> list[str]:
    question, section = questionnaire.questions.get(key), questionnaire.section_of(key)
    found = []
    for text in (question.when if question else "", section.when if section else ""):
        try:
            found += [path.key for path in names(parse(text, questionnaire.questions.keys()))]
        except ConditionError:
            continue
    return found


def _row(own: Question, path: Path) -> Iterator[str]:
    column = path.text.partition(".")[2]
    if own.type != schema.MATRIX:
        yield _("“row” is for tables only.")
    elif column not in {option.key for option in own.columns}:
        yield _("The table has no column “%(key)s”.") % {"key": column}


def _inside(question: Question, path: Path) -> Iterator[str]:
    _key, *parts = path.text.split(".")
    if not parts:
        return
    if question.type == schema.PRACTICES:
        rows, columns = {code.lower() for code in PRACTICES}, {"tried", "kept", "useful", "more"}
        parts = [part.lower() for part in parts]
    elif question.type == schema.MATRIX:
        rows, columns = (
            {option.key for option in part} for part in (question.rows, question.columns)
        )
    else:
        yield _("“%(key)s” is no table: nothing stands after a dot.") % {"key": question.key}
        return
    if parts[0] not in rows:
        yield _("The table “%(key)s” has no row “%(row)s”.") % {
            "key": question.key, "row": parts[0],
        }  # fmt: skip
    if len(parts) > 1 and (parts[1] not in columns or question.cell == schema.CHOICE):
        yield _("The table “%(key)s” has no column “%(column)s” in a row.") % {
            "key": question.key, "column": parts[1],
        }  # fmt: skip


def _comparisons(condition: Condition | None) -> Iterator[Comparison]:
    match condition:
        case Comparison():
            yield condition
        case Not(inner):
            yield from _comparisons(inner)
        case Both(parts) | Either(parts):
            for part in parts:
                yield from _comparisons(part)


def _comparison(scope: Scope, comparison: Comparison, in_rule: bool) -> Iterator[str]:
    """Whether a comparison makes sense for the type of what it looks at."""
    left = comparison.left
    if comparison.operator == "answered" or (in_rule and left.key == ROW):
        return
    question = scope.questionnaire.questions[left.key]
    if question.type in (schema.MATRIX, schema.PRACTICES):
        if "." not in left.text:
            words = _("Say which cell of the table “%(key)s”, for instance %(key)s.row.column.")
            yield words % {"key": question.key}
        elif question.cell == schema.CHOICE:
            yield from _options(comparison, [option.key for option in question.columns], question)
        elif question.type == schema.PRACTICES and left.text.endswith(".kept"):
            yield from _options(comparison, KEPT, question)
        return
    if comparison.operator in ("<", "<=", ">", ">=") and question.type not in ORDERED:
        words = _("“%(key)s” has no more and no less: use = or “in”.")
        yield words % {"key": question.key}
    elif comparison.operator == "has" and question.type not in SEVERAL:
        yield _("“has” is for several choices; for “%(key)s” use =.") % {"key": question.key}
    elif question.type in schema.UPLOADS:
        yield _("For “%(key)s” only “is answered” can be asked.") % {"key": question.key}
    else:
        yield from _values(comparison, question)


def _values(comparison: Comparison, question: Question) -> Iterator[str]:
    if question.option_keys:
        yield from _options(comparison, question.option_keys, question)
        return
    for value in _literals(comparison):
        if question.type in (schema.YES_NO, schema.CONSENT):
            right = isinstance(value, bool)
        elif question.type in (*schema.NUMBERS, schema.SCALE_TYPE):
            right = isinstance(value, int | float) and not isinstance(value, bool)
        else:
            right = question.type in TEXTS and isinstance(value, str)
        if not right:
            words = _("“%(value)s” is no answer to “%(key)s”.")
            yield words % {"value": _plain(value), "key": question.key}


def _options(comparison: Comparison, options: Any, question: Question) -> Iterator[str]:
    for value in _literals(comparison):
        if value not in options:
            close = get_close_matches(str(value), list(options), 1, ALIKE)
            if close:
                words = _("“%(key)s” has no answer “%(value)s”. Did you mean “%(close)s”?")
                yield words % {
                    "key": question.key, "value": _plain(value), "close": close[0],
                }  # fmt: skip
            else:
                words = _("“%(key)s” has no answer “%(value)s”. It has: %(options)s.")
                yield words % {
                    "key": question.key, "value": _plain(value), "options": ", ".join(options),
                }  # fmt: skip


def _literals(comparison: Comparison) -> list[Any]:
    return [right.value for right in comparison.right if isinstance(right, Literal)]


def _plain(value: Any) -> str:
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)
