"""Synonym rules: « a, b, c » are equivalent, « a => b, c » makes `a` also look for b and c.

Pure: a rule is text, a compiled map works on runs of stems. Rules apply to queries only.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
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


# Silent words that change nothing: « le pot » is « pot », but « voter pour moi » is not « voter ».
ARTICLES = frozenset("le la les un une des du de d l au aux the a an of".split())
_EVERY_STOP = (english.STOP_WORDS | french.STOP_WORDS) - french.AMBIGUOUS


def run_of(text: str, language: str) -> Run:
    """The stems of an expression, without the stop words of any known language."""
    return tuple(
        token.stem
        for token in analyser(language).tokens(text)
        if token.stem and token.word not in _EVERY_STOP
    )


def said_in(text: str, language: str) -> Run:
    """Everything that a text says, in order: stems, and the words that have none."""
    return tuple(token.stem or token.word for token in analyser(language).tokens(text))


def is_idiom(text: str, language: str) -> bool:
    """Whether only its silent words make an expression what it is: « se présenter », « jour J ».

    It is known by all its words, and no page is looked for with the only one that carries meaning.
    """
    silent = [token for token in analyser(language).tokens(text) if token.word not in ARTICLES]
    return len(run_of(text, language)) == 1 and len(silent) > 1


@dataclass(slots=True)
class SynonymMap:
    """Run of stems to the runs that it also looks for.

    `idioms` are known by their one telling stem, then by all that they say.
    """

    targets: dict[Run, tuple[Run, ...]] = field(default_factory=dict)
    idioms: dict[Run, dict[Run, tuple[Run, ...]]] = field(default_factory=dict)
    # The words, folded, that rules know as they are: an acronym is not the beginning of a word.
    words: frozenset[str] = frozenset()
    longest: int = 0

    def spans(self, stems: Run, said: Run = ()) -> Iterable[tuple[int, int, tuple[Run, ...]]]:
        """Every stretch of the query that a rule knows, longest first at each place: (start, end, targets).

        `said` is everything that the query says, for idioms.
        """
        for start in range(len(stems)):
            for size in range(min(self.longest, len(stems) - start), 0, -1):
                found = self.targets.get(stems[start : start + size])
                if found:
                    yield start, start + size, found
            for idiom, found in self.idioms.get(stems[start : start + 1], {}).items():
                if holds(said, idiom):
                    yield start, start + 1, found

    def pairs(self) -> Iterable[tuple[Run, Run]]:
        """What looks for what."""
        for source, found in self.targets.items():
            yield from ((source, target) for target in found)
        for idioms in self.idioms.values():
            for source, found in idioms.items():
                yield from ((source, target) for target in found)


def compile_rules(rules: Sequence[Rule], language: str) -> SynonymMap:
    """The map for queries in a language; the targets are those of pages in any language."""
    collected: dict[Run, dict[Run, None]] = {}
    idioms: dict[Run, dict[Run, dict[Run, None]]] = {}
    words: set[str] = set()
    for rule in rules:
        targets = {text: _looked_for(text, language) for text in rule.targets or rule.words}
        for word in rule.words:
            source = run_of(word, language)
            if not source or len(source) > MAX_RUN:
                continue
            own = {source, *targets.get(word, ())}
            runs = (run for found in targets.values() for run in found if run not in own)
            if is_idiom(word, language):
                known = idioms.setdefault(source, {}).setdefault(said_in(word, language), {})
            else:
                known = collected.setdefault(source, {})
                words.update(analyser(language).words(word) if len(source) == 1 else ())
            known.update(dict.fromkeys(runs))
    _follow_translations(rules, collected, language)
    return SynonymMap(
        _frozen(collected),
        {stem: _frozen(known) for stem, known in idioms.items()},
        frozenset(words),
        max((len(run) for run, found in collected.items() if found), default=0),
    )


def _follow_translations(
    rules: Iterable[Rule], collected: dict[Run, dict[Run, None]], language: str
) -> None:
    """What leads to one expression only, as a translation does, also leads to its equivalents."""
    equals = {rule.words: runs_of(rule.words, language) for rule in rules if not rule.targets}
    for rule in (rule for rule in rules if len(rule.targets) == 1):
        meant = set(_looked_for(rule.targets[0], language))
        found = [run for runs in equals.values() if meant & set(runs) for run in runs]
        for source in (run_of(word, language) for word in rule.words):
            if source in collected:
                collected[source].update(dict.fromkeys(run for run in found if run != source))


def runs_of(texts: Iterable[str], language: str) -> list[Run]:
    """How pages in each language may say these expressions."""
    return [run for text in texts for run in _looked_for(text, language)]


def _looked_for(text: str, language: str) -> list[Run]:
    """How pages in each language may say an expression, those in the language of the query first."""
    codes = sorted(LANGUAGES, key=lambda code: code != language)
    if is_idiom(text, language):
        return []
    return [run for code in codes if (run := run_of(text, code))]


def _frozen(known: dict[Run, dict[Run, None]]) -> dict[Run, tuple[Run, ...]]:
    return {run: tuple(found) for run, found in known.items() if found}


def holds(said: Run, part: Run) -> bool:
    """Whether a run stands in another."""
    return any(said[i : i + len(part)] == part for i in range(len(said) - len(part) + 1))


def applies(rule: Rule, stems: Run, said: Run, language: str) -> bool:
    """Whether a query uses a rule: what it looks for, in stems, and all that it says, for idioms."""
    return any(
        holds(said, said_in(text, language)) if is_idiom(text, language) else holds(stems, run)
        for text in rule.words
        if (run := run_of(text, language))
    )
