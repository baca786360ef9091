"""Reads a meaning in a query: its words, the rules of synonyms and what the index knows of them.

Pure: the vocabulary of the index is given.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from search.analysis import LANGUAGES, analyser
from search.concepts import Alternative, Concept, Known, Meaning, Tuning, Vocabulary, rarity
from search.engines.base import Run
from search.query import MAX_TERMS, ParsedQuery, Word
from search.spelling import Correction, corrections, halves, max_distance, split_word
from search.synonyms import SynonymMap

MAX_COMPLETIONS = 24
MIN_PREFIX = 2
# From this length, an unfinished word may also be a whole one that no page spells so.
WHOLE_WORD = 5
MAX_ALTERNATIVES = 40


class Understanding:
    """One reading of one query."""

    def __init__(
        self,
        parsed: ParsedQuery,
        language: str,
        synonyms: SynonymMap,
        vocabulary: Vocabulary,
        tuning: Tuning,
        protected: frozenset[str] = frozenset(),
    ) -> None:
        self.parsed = parsed
        self.language = language
        self.synonyms = synonyms
        self.protected = protected
        self.vocabulary = vocabulary
        self.tuning = tuning
        self.asked: frozenset[str] = frozenset()
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
            stems += (
                [part.stem for part in fixes[0].words]
                if fixes
                else ["" if self._is_beginning(word) else word.token.stem]
            )
        # A word cut in two makes two ideas: what an engine is asked stays within the same bound.
        concepts = self._with_synonyms(concepts[:MAX_TERMS], tuple(stems[:MAX_TERMS]))
        repaired = {part.word for fix in fixed.values() for part in (fix[0].words if fix else ())}
        return Meaning(
            self.parsed, tuple(concepts), self._suggestion(kept, fixed), frozenset(repaired)
        )

    # -- What the index knows ------------------------------------------------------------------
    def _lookup(self) -> Known:
        words = [word.token.word for word in self.parsed.words]
        stems = {word.token.stem for word in self.parsed.words}
        for word in words:
            stems.update(analyser(language).stem_word(word) for language in LANGUAGES)
        run = tuple(word.token.stem for word in self.parsed.words)
        for _start, _end, targets in self.synonyms.spans(run):
            stems.update(stem for target in targets for stem in target)
        joined = [a + b for a, b in pairwise(words)]
        prefix = words[-1] if self.parsed.open_end and len(words[-1]) >= MIN_PREFIX else ""
        self.asked = frozenset(stems)
        return self.vocabulary.lookup([*words, *joined], stems, prefix)

    def _is_unknown(self, word: Word) -> bool:
        token = word.token
        return (
            token.word not in self.known.words
            and token.word not in self.protected
            and token.stem not in self.known.stems
            and (token.stem,) not in self.synonyms.targets
            and not word.cue
            and not (self._is_open(word) and self.known.completions)
        )

    def _is_beginning(self, word: Word) -> bool:
        """True for the first letters of a longer word, rather than a word: « conv », not « convie »."""
        known = word.token.word in self.known.words
        return (
            self._is_open(word)
            and not known
            and len(word.token.word) < WHOLE_WORD
            and bool(self.known.completions)
        )

    def _is_open(self, word: Word) -> bool:
        return self.parsed.open_end and word is self.parsed.words[-1]

    def _corrections(self, unknown: Sequence[Word]) -> dict[str, tuple[Correction, ...]]:
        words = [word.token.word for word in unknown if max_distance(word.token.word)]
        if not words:
            return {}
        near = self.vocabulary.near(
            words, {part for word in words for pair in halves(word) for part in pair}
        )
        by_word = {candidate.word: candidate for candidate in near}
        found = {}
        for word in words:
            fixes = corrections(word, near)
            cut = split_word(word, by_word)
            if cut and not (fixes and fixes[0].likeness >= cut.likeness):
                fixes = (cut,)
            found[word] = fixes
            for part in (part for fix in fixes for part in fix.words):
                self.known.stems.setdefault(part.stem, part.documents)
        return found

    # -- One concept per word ------------------------------------------------------------------
    def _concepts(self, word: Word, fixes: tuple[Correction, ...]) -> list[Concept]:
        if fixes and len(fixes[0].words) > 1:
            return [
                self._concept(
                    word, part.word, (self._alternative((part.stem,), 1.0, fixes[0].likeness),)
                )
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
        if not self._is_beginning(word) and (
            token.stem in self.known.stems or (token.stem,) in self.synonyms.targets
        ):
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

        A stretch of several words may be found together: the expression is rarer than its words.
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
                    synonym = self._alternative(target, self.tuning.synonym, likeness)
                    added[i].setdefault(target, replace(synonym, own=False))
        return [
            self._extended(concept, tuple(extra.values())) if extra else concept
            for concept, extra in zip(concepts, added, strict=True)
        ]

    def _extended(self, concept: Concept, extra: tuple[Alternative, ...]) -> Concept:
        own = {alternative.run for alternative in concept.alternatives}
        kept = tuple(a for a in extra if a.run not in own and not self._is_absent(a.run))
        weight = concept.weight
        if all(self._holding(alternative.run) == 0 for alternative in concept.alternatives):
            # The word itself is in no document: it is as rare as what stands for it.
            weight = max((a.rarity for a in kept if self._holding(a.run)), default=weight)
        said = (concept.alternatives + kept)[:MAX_ALTERNATIVES]
        return replace(concept, alternatives=said, weight=weight)

    def _is_absent(self, run: Run) -> bool:
        """True when the index was asked and no document holds the run: looking for it is useless."""
        return any(stem in self.asked and stem not in self.known.stems for stem in run)

    # -- Rarity ----------------------------------------------------------------------------------
    def _holding(self, run: Run) -> int:
        return min(self.known.stems.get(stem, 0) for stem in run)

    def _run_rarity(self, run: Run) -> float:
        return rarity(self.known.documents, self._holding(run))

    def _suggestion(
        self, words: Sequence[Word], fixes: Mapping[str, tuple[Correction, ...]]
    ) -> str:
        """The query with its unknown words repaired, or "" when nothing was."""
        text, changed = self.parsed.text, False
        for word in reversed(words):
            fix = fixes.get(word.token.word)
            if fix:
                repaired = " ".join(part.word for part in fix[0].words)
                text = text[: word.token.start] + repaired + text[word.token.end :]
                changed = True
        return text if changed else ""
