"""What is wrong with a synonym rule, by name: what it does not do, and what another says already.

Pure: the other rules and the words of the index are given. An editor reads the problems in words
of the administration; here they only have a name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from search.analysis import DEFAULT_LANGUAGE, LANGUAGES
from search.synonyms import Rule, Run, compile_rules, run_of

Said = frozenset[tuple[str, Run, Run]]


class Fault(StrEnum):
    """What may be wrong with a rule. The first three are those of a rule that does nothing."""

    ONLY_STOP_WORDS = "only stop words"
    ONE_STEM = "one stem"
    REPEATS = "repeats another rule"
    STOP_WORD = "stop word"
    ELSEWHERE = "in another rule"
    REVERSE = "reverse of another rule"
    ABSENT = "absent from the index"


IDLE = frozenset({Fault.ONLY_STOP_WORDS, Fault.ONE_STEM, Fault.REPEATS})


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault, with the words it is about and the other rule, by its number, when there is one."""

    fault: Fault
    words: tuple[str, ...] = ()
    other: int | None = None

    @property
    def is_idle(self) -> bool:
        """Whether the rule does nothing because of it."""
        return self.fault in IDLE


@dataclass(frozen=True, slots=True)
class RuleBook:
    """The rules in force, by number, and where each word stands."""

    rules: Mapping[int, Rule] = field(default_factory=dict)
    holding: Mapping[Run, tuple[int, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, rules: Mapping[int, Rule]) -> RuleBook:
        holding: dict[Run, tuple[int, ...]] = {}
        for number, rule in rules.items():
            for run in dict.fromkeys(_run(word) for word in rule.words):
                holding[run] = (*holding.get(run, ()), number)
        holding.pop((), None)
        return cls(rules, holding)

    def others(self, word: str, own: int | None) -> tuple[int, ...]:
        """The rules that expand this word, this one left out."""
        return tuple(number for number in self.holding.get(_run(word), ()) if number != own)


def stems_of(rule: Rule) -> set[str]:
    """Every stem that the rule may look for."""
    runs = (run_of(text, code) for text in rule.words + rule.targets for code in LANGUAGES)
    return {stem for run in runs for stem in run}


def problems(
    rule: Rule, book: RuleBook, is_indexed: Callable[[str], bool], own: int | None = None
) -> list[Problem]:
    """All that is wrong with a rule, the worst first; `own` is its number when it is in the book."""
    found = _idle(rule, book, own)
    if found:
        return found
    return [
        *_stop_words(rule),
        *_elsewhere(rule, book, own),
        *_reverse(rule, book, own),
        *_absent(rule, is_indexed),
    ]


def _run(word: str) -> Run:
    return run_of(word, DEFAULT_LANGUAGE)


# -- A rule that does nothing ----------------------------------------------------------------------
def _idle(rule: Rule, book: RuleBook, own: int | None) -> list[Problem]:
    telling = [text for text in rule.words if _tells(text)]
    sought = [text for text in rule.targets or rule.words if _tells(text)]
    if not telling or not sought or (not rule.targets and len(telling) < 2):
        silent = (text for text in rule.words + rule.targets if not _tells(text))
        return [Problem(Fault.ONLY_STOP_WORDS, tuple(silent))]
    if all(_meet(telling + sought, code) for code in LANGUAGES):
        return [Problem(Fault.ONE_STEM, tuple(dict.fromkeys(telling + sought)))]
    said = _said(rule)
    if not said:
        return [Problem(Fault.ONLY_STOP_WORDS, rule.words + rule.targets)]
    near = dict.fromkeys(number for word in rule.words for number in book.others(word, own))
    twin = next((number for number in near if said <= _said(book.rules[number])), None)
    return [Problem(Fault.REPEATS, (), twin)] if twin is not None else []


def _tells(text: str) -> bool:
    """Whether an expression has a word that carries meaning, in some language."""
    return any(run_of(text, code) for code in LANGUAGES)


def _meet(texts: Iterable[str], language: str) -> bool:
    return len({run_of(text, language) for text in texts}) == 1


def _said(rule: Rule) -> Said:
    """All that a rule does: in each language, which words look for which."""
    return frozenset(
        (code, source, target)
        for code in LANGUAGES
        for source, target in compile_rules([rule], code).pairs()
    )


# -- A rule that does less than it seems ------------------------------------------------------------
def _stop_words(rule: Rule) -> list[Problem]:
    silent = [text for text in rule.words + rule.targets if not _tells(text)]
    return [Problem(Fault.STOP_WORD, (text,)) for text in silent]


def _elsewhere(rule: Rule, book: RuleBook, own: int | None) -> list[Problem]:
    shared: dict[int, list[str]] = {}
    for word in rule.words:
        for number in book.others(word, own):
            shared.setdefault(number, []).append(word)
    return [Problem(Fault.ELSEWHERE, tuple(words), number) for number, words in shared.items()]


def _reverse(rule: Rule, book: RuleBook, own: int | None) -> list[Problem]:
    """One-way rules that lead from what this one looks for to its words."""
    words = {_run(word) for word in rule.words}
    found: dict[int, Problem] = {}
    for target in rule.targets:
        for number in book.others(target, own):
            other = book.rules[number]
            if any(_run(text) in words for text in other.targets):
                found.setdefault(number, Problem(Fault.REVERSE, (target,), number))
    return list(found.values())


def _absent(rule: Rule, is_indexed: Callable[[str], bool]) -> list[Problem]:
    """A rule finds nothing when no page holds what it looks for."""
    sought = rule.targets or rule.words
    runs = (run_of(text, code) for text in sought for code in LANGUAGES)
    if any(run and all(is_indexed(stem) for stem in run) for run in runs):
        return []
    return [Problem(Fault.ABSENT, sought)]
