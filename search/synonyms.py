"""Synonym rules: « a, b, c » are equivalent, « a => b, c » makes `a` also look for b and c.

Pure: a rule is text, a compiled map works on runs of stems. Rules apply to queries only.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from search.analysis import LANGUAGES, analyser
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
        raise SynonymError(_("A rule needs at least one word."))
    if arrow and not rule.targets:
        raise SynonymError(_("A one-way rule needs at least one word to look for."))
    if not arrow and len(rule.words) < 2:
        raise SynonymError(_("Equivalent words must be at least two, separated by commas."))
    return rule


def read_default_rules() -> list[Rule]:
    """The rules shipped with the product."""
    return [parse_rule(line) for line in read_lines("synonyms.txt")]


def run_of(text: str, language: str) -> Run:
    """The stems of an expression, without the stop words of any known language."""
    every_stop = (english.STOP_WORDS | french.STOP_WORDS) - french.AMBIGUOUS
    return tuple(
        token.stem
        for token in analyser(language).tokens(text)
        if token.stem and token.word not in every_stop
    )


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
    """The map for queries in a language; the targets are those of pages in any language."""
    collected: dict[Run, dict[Run, None]] = {}
    codes = sorted(LANGUAGES, key=lambda code: code != language)
    for rule in rules:
        targets = {
            text: [run_of(text, code) for code in codes] for text in rule.targets or rule.words
        }
        for word in rule.words:
            source = run_of(word, language)
            if source:
                own = {source, *targets.get(word, ())}
                runs = (run for found in targets.values() for run in found)
                known = collected.setdefault(source, {})
                known.update(dict.fromkeys(run for run in runs if run and run not in own))
    kept = {run: tuple(found) for run, found in collected.items() if found and len(run) <= MAX_RUN}
    return SynonymMap(kept, max((len(run) for run in kept), default=0))
