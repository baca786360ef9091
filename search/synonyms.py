"""Synonym rules: « a, b, c » are equivalent, « a => b, c » makes `a` also look for b and c.

Pure: a rule is text, a compiled map works on runs of stems. Rules apply to queries only.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from search.analysis import analyser
from search.languages import english, french
from search.languages.wordlists import read_lines

Run = tuple[str, ...]
ARROW = "=>"
MAX_RUN = 6


class SynonymError(ValueError):
    """A rule that would do nothing; the message says why."""


@dataclass(frozen=True, slots=True)
class Rule:
    """Expressions and, for a one-way rule, what they also look for."""

    words: tuple[str, ...]
    targets: tuple[str, ...] = ()


def _split(side: str) -> tuple[str, ...]:
    return tuple(
        dict.fromkeys(text for part in side.split(",") if (text := " ".join(part.split())))
    )


def parse_rule(line: str) -> Rule:
    """Read one line; raise SynonymError when it says nothing."""
    left, arrow, right = line.partition(ARROW)
    rule = Rule(_split(left), _split(right))
    if not rule.words:
        raise SynonymError("A rule needs at least one word.")
    if arrow and not rule.targets:
        raise SynonymError("A one-way rule needs at least one word after the arrow.")
    if not arrow and len(rule.words) < 2:
        raise SynonymError("Equivalent words must be at least two, separated by commas.")
    return rule


def read_default_rules() -> list[Rule]:
    """The rules shipped with the product."""
    return [parse_rule(line) for line in read_lines("synonyms.txt")]


def run_of(text: str, language: str) -> Run:
    """The stems of an expression, without the stop words of any known language."""
    every_stop = english.STOP_WORDS | french.STOP_WORDS
    kept = []
    for token in analyser(language).tokens(text):
        if token.stem and (
            token.word not in every_stop or token.word.isdigit() or token.word == "ca"
        ):
            kept.append(token.stem)
    return tuple(kept)


@dataclass(slots=True)
class SynonymMap:
    """Run of stems to the runs that it also looks for."""

    targets: dict[Run, tuple[Run, ...]] = field(default_factory=dict)
    longest: int = 0

    def spans(self, stems: Run) -> Iterable[tuple[int, int, tuple[Run, ...]]]:
        """Every stretch of the query that a rule knows, longest first at each place: (start, end, targets)."""
        for start in range(len(stems)):
            for size in range(min(self.longest, len(stems) - start), 0, -1):
                found = self.targets.get(stems[start : start + size])
                if found:
                    yield start, start + size, found


def compile_rules(rules: Iterable[Rule], language: str) -> SynonymMap:
    """The map of one language; expressions that analyse to the same stems are one."""
    collected: dict[Run, dict[Run, None]] = {}
    for rule in rules:
        sources = [run for text in rule.words if (run := run_of(text, language))]
        targets = [run for text in rule.targets if (run := run_of(text, language))] or sources
        for source in sources:
            known = collected.setdefault(source, {})
            known.update(dict.fromkeys(target for target in targets if target != source))
    kept = {run: tuple(found) for run, found in collected.items() if found and len(run) <= MAX_RUN}
    return SynonymMap(kept, max((len(run) for run in kept), default=0))
