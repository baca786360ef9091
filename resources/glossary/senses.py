"""Tells the term from the everyday word that is written alike, by the words around it. Pure.

The rules of a language are a file of `data/`, which says how they are written. They describe the
language, not the glossary: a rule counts for any term that has a form of that name.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cache
from importlib.resources import files
from itertools import groupby
from typing import NamedTuple

from resources.glossary.words import TO, Words
from search.analysis import fold

WINDOW = 8  # words looked at on each side
START, END = "^", "$"
OF = "d"  # « d’ », said of the first word on the right only; a rule need not say it
Macros = dict[str, list[str]]
_ANY = r"[^ ]+"
_FILLER = "(?:[^ ]+ ){0,6}?"
_CAPITAL = r"\+{0,2}"


class Verdict(Enum):
    """Whether a word is the term: yes, no, or only where a sure term stands in the same sentence."""

    YES = "yes"
    NO = "no"
    NEAR = "near"


class RuleError(ValueError):
    """A line of a data file that cannot be read."""


class Rule(NamedTuple):
    """What a word is between these words; `left` reads from the word to the beginning of the sentence."""

    verdict: Verdict
    left: re.Pattern[str] | None
    right: re.Pattern[str] | None


class _Written(NamedTuple):
    """A rule before it is compiled: the expressions of both sides, either may be empty."""

    verdict: Verdict
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Sense:
    """The rules of a word, the first that fits decides, and what it is where none does."""

    rules: tuple[Rule, ...]
    otherwise: Verdict

    def verdict(self, left: str, right: str) -> Verdict:
        """What the word is between two texts made by `around`."""
        for verdict, before, after in self.rules:
            if (after is None or after.match(right)) and (before is None or before.match(left)):
                return verdict
        return self.otherwise


def around(words: Words, first: int, last: int) -> tuple[str, str]:
    """The words of the sentence before `first`, the nearest first, and from `last` on.

    A capital is marked with a +, capitals alone with ++. Of the articles left out, that of `first`
    and a « d’ » at `last` stand as words.
    """
    ends = words.sentences
    before, after = bisect_left(ends, first), bisect_left(ends, last)
    low = ends[before - 1] + 1 if before else 0
    high = ends[after] if after < len(ends) else len(words.keys)
    begin, end = max(low, first - WINDOW), min(high, last + WINDOW)
    article = words.elided(first)
    left = [article] if article else []
    left += words.shown(begin, first)[::-1]
    right = words.shown(last, end)
    if last < end and words.elided(last) == OF:
        right.insert(0, OF)
    if begin == low:
        left.append(START)
    if end == high:
        right.append(END)
    return " ".join(left) + " ", " ".join(right) + " "


@cache
def senses(language: str) -> Mapping[str, Sense]:
    """The senses of the ambiguous words of a language, by their folded form."""
    source = files("resources.glossary").joinpath("data", f"senses.{language}.txt")
    return parsed(source.read_text(encoding="utf-8")) if source.is_file() else {}


def parsed(text: str) -> dict[str, Sense]:
    """The senses that a data file describes."""
    macros: Macros = {}
    found: dict[str, Sense] = {}
    names: list[str] = []
    rules: list[_Written] = []
    for line in _lines(text):
        try:
            if line.startswith("["):
                names = [name.strip() for name in line.strip("[]").split("|")]
                rules = []
            elif line.startswith("@"):
                name, _equals, words = line.partition("=")
                macros[name.strip()] = words.split()
            else:
                kind, pattern = line.split(":", 1)
                if kind == "otherwise":
                    sense = Sense(tuple(_merged(rules)), Verdict(pattern.strip()))
                    found |= dict.fromkeys((_folded(name) for name in names), sense)
                else:
                    rules.append(_written(Verdict(kind), pattern.split(), macros))
        except (ValueError, KeyError) as error:
            raise RuleError(f"“{line}” is not a rule: {error}") from error
    return found


def _lines(text: str) -> Iterator[str]:
    for line in text.splitlines():
        if bare := line.split("//", 1)[0].strip():
            yield bare


def _folded(name: str) -> str:
    return " ".join(fold(word) or word for word in name.replace("’", " ").split())


def _written(verdict: Verdict, words: list[str], macros: Macros) -> _Written:
    place = words.index("_")
    before = "".join(_element(word, macros, -1) for word in reversed(words[:place]))
    after = "".join(_element(word, macros, 1) for word in words[place + 1 :])
    return _Written(verdict, before, after)


def _merged(rules: list[_Written]) -> Iterator[Rule]:
    """The rules, those that follow one another and say the same tried at once where they can be."""
    for verdict, same in groupby(rules, key=lambda rule: rule.verdict):
        alike = list(same)
        lefts = [rule.before for rule in alike if not rule.after]
        rights = [rule.after for rule in alike if not rule.before]
        both = [(rule.before, rule.after) for rule in alike if rule.before and rule.after]
        for before, after in [(_any_of(lefts), ""), ("", _any_of(rights)), *both]:
            if before or after:
                right = re.compile(f"(?:{OF} )?(?:{after})") if after else None
                yield Rule(verdict, re.compile(before) if before else None, right)


def _any_of(patterns: list[str]) -> str:
    """One expression for several; those that look further on do it once."""
    near = [pattern for pattern in patterns if not pattern.startswith(_FILLER)]
    far = [pattern.removeprefix(_FILLER) for pattern in patterns if pattern.startswith(_FILLER)]
    return "|".join([*near, f"{_FILLER}(?:{'|'.join(far)})"] if far else near)


def _element(word: str, macros: Macros, way: int) -> str:
    """What a word of a rule matches, read forwards (1) or backwards (-1)."""
    if word == "...":
        return _FILLER
    optional = len(word) > 1 and word.endswith("?")
    choices = (word[:-1] if optional else word).split("|")
    if any(len(choice) > 1 and choice.endswith("?") for choice in choices):
        raise ValueError("a ? stands at the end of all that may be absent")
    pattern = _alternatives(choices, macros, way)
    return f"(?:{_CAPITAL}{pattern} ){'?' if optional else ''}"


def _alternatives(words: list[str], macros: Macros, way: int) -> str:
    """What one of these words matches, by its first letter: most words are not even tried."""
    by_letter: dict[str, list[str]] = {}
    for word in dict.fromkeys(_flat(words, macros)):
        pattern = _word(word, way)
        letter = pattern[0] if pattern[0].isalpha() else ""
        by_letter.setdefault(letter, []).append(pattern.removeprefix(letter))
    return "(?:" + "|".join(f"{at}(?:{'|'.join(more)})" for at, more in by_letter.items()) + ")"


def _flat(words: list[str], macros: Macros) -> Iterator[str]:
    for word in words:
        if word.startswith("@"):
            yield from _flat(macros[word], macros)
        else:
            yield word


def _word(word: str, way: int) -> str:
    if word in {"*", "+", "++"}:
        return _ANY if word == "*" else rf"(?<={re.escape(word)}){_ANY}"
    if word == "#":
        return "[0-9]+"
    if word.startswith("~"):
        return _ANY + re.escape(fold(word[1:]))
    if word.endswith("~"):
        return re.escape(fold(word[:-1])) + "[^ ]*"
    return rf" {_CAPITAL}".join(_exactly(part) for part in word.split("-")[::way])


def _exactly(word: str) -> str:
    if word == TO:
        return TO
    folded = fold(word) or word
    return f"[a{TO}]" if folded == "a" else re.escape(folded)
