"""What a query means: each idea with all the ways a document may say it, and how much each counts.

Built from the words typed, the rules of synonyms and what the vocabulary of the index knows. Pure:
the vocabulary is given.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from search.analysis import LANGUAGES, analyser
from search.engines.base import Match, Run
from search.query import ParsedQuery, Word
from search.spelling import Correction, KnownWord, corrections, halves, max_distance, split_word
from search.synonyms import SynonymMap

MAX_COMPLETIONS = 24
MIN_PREFIX = 2
WHOLE_WORD = 5  # From this length, an unfinished word may also be a whole one that no page spells so.
MAX_ALTERNATIVES = 40


@dataclass(frozen=True, slots=True)
class Tuning:
    """How much each way of saying counts against the word as typed (1)."""

    synonym: float = 0.65
    completion: float = 0.9
    often: float = 0.6
    part_of_expression: float = 0.5
    correction: float = 0.9
    other_language: float = 0.8
    faint: float = 0.3
    cue: float = 0.3


@dataclass(frozen=True, slots=True)
class Alternative:
    """One way to say a concept: a run of stems, its weight, how rare it is, and how surely it is what was meant."""

    run: Run
    weight: float
    rarity: float
    likeness: float = 1.0


@dataclass(frozen=True, slots=True)
class Concept:
    """One idea. `weight` grows with its rarity; a concept that is not `subject` only orders."""

    typed: str
    alternatives: tuple[Alternative, ...]
    weight: float
    subject: bool = True
    faint: bool = False


@dataclass(frozen=True, slots=True)
class Meaning:
    """A query understood."""

    parsed: ParsedQuery
    concepts: tuple[Concept, ...] = ()
    suggestion: str = ""

    @property
    def terms(self) -> tuple[str, ...]:
        """The subject's words, as typed or corrected."""
        return tuple(concept.typed for concept in self.concepts if concept.subject)

    def match(self) -> Match:
        """The documents that answer, for an engine."""
        subject = [concept for concept in self.concepts if concept.subject and concept.alternatives]
        telling = [concept for concept in subject if not concept.faint] or subject
        runs = tuple(tuple(alternative.run for alternative in concept.alternatives) for concept in telling)
        phrases = self.parsed.phrases
        return Match(phrases, runs, nothing=bool(self.parsed.text) and not runs and not phrases)


@dataclass(slots=True)
class Known:
    """What the index knows of some words and stems."""

    documents: int
    words: dict[str, KnownWord] = field(default_factory=dict)
    stems: dict[str, int] = field(default_factory=dict)
    completions: list[KnownWord] = field(default_factory=list)


class Vocabulary(Protocol):
    """The words of the index."""

    def lookup(self, words: Iterable[str], stems: Iterable[str], prefix: str) -> Known:
        """Rarity of these words and stems, and the commonest words that start with the prefix. One query."""

    def near(self, words: Sequence[str], parts: Iterable[str]) -> list[tuple[KnownWord, int]]:
        """Words of about the same length as any of these, with their letters, and the parts that exist. One query."""


def rarity(documents: int, holding: int) -> float:
    """Inverse document frequency: about 0 for a word of every page, large for a rare one."""
    return math.log(1 + (max(documents, 1) - holding + 0.5) / (holding + 0.5)) if holding <= documents else 0.1


class Understanding:
    """One reading of one query."""

    def __init__(
        self, parsed: ParsedQuery, language: str, synonyms: SynonymMap, vocabulary: Vocabulary, tuning: Tuning
    ) -> None:
        self.parsed = parsed
        self.language = language
        self.synonyms = synonyms
        self.vocabulary = vocabulary
        self.tuning = tuning
        self.known = self._lookup()

    def meaning(self) -> Meaning:
        """Understand the query in at most two queries to the vocabulary."""
        kept = self.parsed.words
        fixed = self._corrections([word for word in kept if self._is_unknown(word)])
        concepts: list[Concept] = []
        stems: list[str] = []
        for word in kept:
            fixes = fixed.get(word.token.word, ())
            concepts += self._concepts(word, fixes)
            stems += [part.stem for part in fixes[0].words] if fixes else ["" if self._is_beginning(word) else word.token.stem]
        concepts = self._with_synonyms(concepts, tuple(stems))
        return Meaning(self.parsed, tuple(concepts), self._suggestion(kept, fixed))

    # -- What the index knows ------------------------------------------------------------------
    def _lookup(self) -> Known:
        words = [word.token.word for word in self.parsed.words]
        stems = {word.token.stem for word in self.parsed.words}
        for word in words:
            stems.update(analyser(language).stem_word(word) for language in LANGUAGES)
        run = tuple(word.token.stem for word in self.parsed.words)
        for _start, _end, targets in self.synonyms.spans(run):
            stems.update(stem for target in targets for stem in target)
        joined = [a + b for a, b in zip(words, words[1:], strict=False)]
        prefix = words[-1] if self.parsed.open_end and len(words[-1]) >= MIN_PREFIX else ""
        return self.vocabulary.lookup([*words, *joined], stems, prefix)

    def _is_unknown(self, word: Word) -> bool:
        token = word.token
        return (
            token.word not in self.known.words
            and token.stem not in self.known.stems
            and (token.stem,) not in self.synonyms.targets
            and not word.cue
            and not (self._is_open(word) and self.known.completions)
        )

    def _is_beginning(self, word: Word) -> bool:
        """True for the first letters of a longer word, rather than a word: « conv », not « convie »."""
        known = word.token.word in self.known.words
        return self._is_open(word) and not known and len(word.token.word) < WHOLE_WORD and bool(self.known.completions)

    def _is_open(self, word: Word) -> bool:
        return self.parsed.open_end and word is self.parsed.words[-1]

    def _corrections(self, unknown: Sequence[Word]) -> dict[str, tuple[Correction, ...]]:
        words = [word.token.word for word in unknown if max_distance(word.token.word)]
        if not words:
            return {}
        near = self.vocabulary.near(words, {part for word in words for pair in halves(word) for part in pair})
        by_word = {candidate.word: candidate for candidate, _letters in near}
        found = {}
        for word in words:
            fixes = corrections(word, near)
            cut = split_word(word, by_word)
            if cut and not (fixes and fixes[0].likeness >= cut.likeness):
                fixes = (cut,)
            found[word] = fixes
        return found

    # -- One concept per word ------------------------------------------------------------------
    def _concepts(self, word: Word, fixes: tuple[Correction, ...]) -> list[Concept]:
        if fixes and len(fixes[0].words) > 1:
            return [
                self._concept(word, part.word, (self._alternative((part.stem,), 1.0, fixes[0].likeness),))
                for part in fixes[0].words
            ]
        typed = fixes[0].words[0].word if fixes else word.written
        return [self._concept(word, typed, tuple(self._alternatives(word, fixes)))]

    def _concept(self, word: Word, typed: str, alternatives: tuple[Alternative, ...]) -> Concept:
        tuning = self.tuning
        weight = max((a.rarity for a in alternatives), default=rarity(self.known.documents, 0))
        cue = word.cue and len(self.parsed.subject) < len(self.parsed.words)
        weight *= (tuning.faint if word.faint else 1.0) * (tuning.cue if cue else 1.0)
        return Concept(typed, alternatives, weight, subject=not cue, faint=word.faint)

    def _alternatives(self, word: Word, fixes: tuple[Correction, ...]) -> Iterable[Alternative]:
        tuning, token = self.tuning, word.token
        seen: set[str] = set()
        for fix in fixes:
            yield self._alternative((fix.words[0].stem,), tuning.correction, fix.likeness)
        if fixes:
            return
        if not self._is_beginning(word) and (token.stem in self.known.stems or (token.stem,) in self.synonyms.targets):
            seen.add(token.stem)
            yield self._alternative((token.stem,), 1.0)
        for language in LANGUAGES:
            stem = analyser(language).stem_word(token.word)
            if stem not in seen and stem in self.known.stems and token.word in self.known.words:
                seen.add(stem)
                yield self._alternative((stem,), tuning.other_language)
        if self._is_open(word) and token.word not in self.known.words:
            yield from self._completions(seen)

    def _completions(self, seen: set[str]) -> Iterable[Alternative]:
        """The words that an unfinished word may become; all as rare as one another, the commonest first."""
        completions = self.known.completions[:MAX_COMPLETIONS]
        if not completions:
            return
        most = completions[0].documents
        shared = rarity(self.known.documents, most)
        for completion in completions:
            if completion.stem not in seen:
                seen.add(completion.stem)
                often = (completion.documents / most) ** self.tuning.often
                yield Alternative((completion.stem,), self.tuning.completion * often, shared)

    def _alternative(self, run: Run, weight: float, likeness: float = 1.0) -> Alternative:
        return Alternative(run, weight, self._run_rarity(run), likeness)

    # -- Synonyms --------------------------------------------------------------------------------
    def _with_synonyms(self, concepts: list[Concept], stems: Run) -> list[Concept]:
        """Every concept of a stretch that a rule knows may also be said by the rule's other words.

        A stretch of several words is one expression: its words apart count less than together.
        """
        added: list[dict[Run, Alternative]] = [{} for _concept in concepts]
        for start, end, targets in self.synonyms.spans(stems):
            if any(not concepts[i].subject for i in range(start, end)):
                continue
            elsewhere = {(stem,) for stem in (*stems[:start], *stems[end:])}
            for i in range(start, end):
                likeness = max((a.likeness for a in concepts[i].alternatives), default=1.0)
                if end - start > 1:
                    whole = stems[start:end]
                    added[i].setdefault(whole, self._alternative(whole, 1.0, likeness))
                for target in targets:
                    if target in elsewhere:
                        continue  # Said by another word of the query: counting it twice would drown the rest.
                    added[i].setdefault(target, self._alternative(target, self.tuning.synonym, likeness))
        return [
            self._extended(concept, tuple(extra.values())) if extra else concept
            for concept, extra in zip(concepts, added, strict=True)
        ]

    def _extended(self, concept: Concept, extra: tuple[Alternative, ...]) -> Concept:
        own = {alternative.run for alternative in concept.alternatives}
        kept = tuple(alternative for alternative in extra if alternative.run not in own)
        alone = concept.alternatives
        weight = concept.weight
        if any(len(a.run) > 1 and a.weight == 1.0 for a in kept):
            alone = tuple(replace(a, weight=a.weight * self.tuning.part_of_expression) for a in alone)
        if all(self._holding(alternative.run) == 0 for alternative in alone):
            # The word itself is in no document: it is as rare as what stands for it.
            weight = max((a.rarity for a in kept if self._holding(a.run)), default=weight)
        return replace(concept, alternatives=(alone + kept)[:MAX_ALTERNATIVES], weight=weight)

    # -- Rarity ----------------------------------------------------------------------------------
    def _holding(self, run: Run) -> int:
        return min(self.known.stems.get(stem, 0) for stem in run)

    def _run_rarity(self, run: Run) -> float:
        return rarity(self.known.documents, self._holding(run))

    def _suggestion(self, words: Sequence[Word], fixes: Mapping[str, tuple[Correction, ...]]) -> str:
        """The query with its unknown words repaired, or "" when nothing was."""
        text, changed = self.parsed.text, False
        for word in reversed(words):
            fix = fixes.get(word.token.word)
            if fix:
                repaired = " ".join(part.word for part in fix[0].words)
                text = text[: word.token.start] + repaired + text[word.token.end :]
                changed = True
        return text if changed else ""
