"""Reads a meaning in a query: its words, the rules of synonyms and what the index knows of them.

Pure: the vocabulary of the index is given.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from search.analysis import LANGUAGES, analyser
from search.concepts import Alternative, Concept, Known, Meaning, Tuning, Vocabulary, rarity
from search.engines.base import Run
from search.intents import Intent, find_intents
from search.mending import Repairing, neighbours, rejoined
from search.query import MAX_TERMS, ParsedQuery, Word, is_cue, is_faint
from search.spelling import Correction, KnownWord
from search.synonyms import SynonymMap

MAX_COMPLETIONS = 24
MIN_PREFIX = 2
# From this length, an unfinished word may also be a whole one that no page spells so.
WHOLE_WORD = 5
MAX_ALTERNATIVES = 40
ACRONYM = 5  # letters at most


class Understanding:
    """One reading of one query. While a reader is `typing`, any last word may be unfinished."""

    def __init__(
        self,
        parsed: ParsedQuery,
        language: str,
        synonyms: SynonymMap,
        vocabulary: Vocabulary,
        tuning: Tuning,
        protected: frozenset[str] = frozenset(),
        intents: tuple[Intent, ...] = (),
        *,
        typing: bool = False,
    ) -> None:
        self.parsed = parsed
        self.language = language
        self.synonyms = synonyms
        self.protected = protected
        self.vocabulary = vocabulary
        self.tuning = tuning
        self.intents = intents
        self.typing = typing
        self.said = tuple(token.stem or token.word for token in parsed.tokens)
        self.pairs = tuple(neighbours(parsed.tokens, language))
        self.asked: frozenset[str] = frozenset()
        self.known = self._lookup()

    def meaning(self) -> Meaning:
        """Understand the query in at most two queries to the vocabulary."""
        fixed = self._mended()
        suggestion = self._suggestion(fixed)
        concepts: list[Concept] = []
        stems: list[str] = []
        for word in self.parsed.words:
            fixes = fixed.get(word.token.word, ())
            concepts += self._concepts(word, fixes)
            stems += (
                [self._stems(part)[0] for part in fixes[0].words if part.stem]
                if fixes
                else ["" if self._is_beginning(word) else word.token.stem]
            )
        # A word cut in two makes two ideas: what an engine is asked stays within the same bound.
        concepts = self._with_synonyms(concepts[:MAX_TERMS], tuple(stems[:MAX_TERMS]))
        return Meaning(self.parsed, tuple(concepts), suggestion, self._respelled(fixed))

    # -- What the index knows ------------------------------------------------------------------
    def _lookup(self) -> Known:
        words = [word.token.word for word in self.parsed.words]
        stems = {word.token.stem for word in self.parsed.words}
        for word in words:
            stems.update(analyser(language).stem_word(word) for language in LANGUAGES)
        for run in self._readings():
            for _start, _end, targets in self.synonyms.spans(run, self.said):
                stems.update(stem for target in targets for stem in target)
        wholes = [whole for _left, _right, whole in self.pairs]
        stems.update(whole.stem for whole in wholes)
        prefix = words[-1] if self.parsed.open_end and len(words[-1]) >= MIN_PREFIX else ""
        self.asked = frozenset(stems)
        return self.vocabulary.lookup([*words, *(whole.word for whole in wholes)], stems, prefix)

    def _readings(self) -> Iterable[Run]:
        """The stems of the query as typed, then without each of its spaces."""
        words = self.parsed.words
        yield tuple(word.token.stem for word in words)
        for left, right, whole in self.pairs:
            before = (word.token.stem for word in words if word.token.end <= left.start)
            after = (word.token.stem for word in words if word.token.start >= right.end)
            yield (*before, whole.stem, *after)

    def _is_unknown(self, word: Word) -> bool:
        token = word.token
        return (
            self._is_strange(word)
            and token.stem not in self.known.stems
            and not (self._is_open(word) and self.known.completions)
        )

    def _is_strange(self, word: Word) -> bool:
        """True for a word that neither the index, the rules nor the editors spell so."""
        token = word.token
        return (
            token.word not in self.known.words
            and token.word not in self.protected
            and (token.stem,) not in self.synonyms.targets
            and not word.cue
        )

    def _is_acronym(self, word: Word) -> bool:
        """True for a few capitals, « COPIL », unless all the words are written so."""
        shouted = len(self.parsed.words) > 1 and self.parsed.text.isupper()
        return word.written.isupper() and len(word.written) <= ACRONYM and not shouted

    def _is_beginning(self, word: Word) -> bool:
        """True for the first letters of a longer word, rather than a word: « conv », not « convie »."""
        return (
            self._may_go_on(word)
            and word.token.word not in self.known.words
            and len(word.token.word) < WHOLE_WORD
            and bool(self.known.completions)
        )

    def _may_go_on(self, word: Word) -> bool:
        """Whether the word is completed: the last one, unless it is a whole word as it stands."""
        whole = word.token.word in self.known.words or word.token.word in self.synonyms.words
        return self._is_open(word) and (self.typing or not whole)

    def _is_open(self, word: Word) -> bool:
        return self.parsed.open_end and word is self.parsed.words[-1]

    # -- What is mended ------------------------------------------------------------------------
    def _mended(self) -> dict[str, tuple[Correction, ...]]:
        """The corrections of each word to be mended; the words of the query are then the mended ones."""
        strange = {
            word.token.start
            for word in self.parsed.words
            if self._is_strange(word) and not (self._is_open(word) and self.known.completions)
        }
        words, fixes = rejoined(self.parsed.words, self.pairs, strange, self.known)
        self.parsed = replace(self.parsed, words=words)
        slips = (word for word in words if self._is_unknown(word) and not self._is_acronym(word))
        unknown = [word.token.word for word in slips]
        repairing = Repairing(self.language, self.known, self.vocabulary, self.synonyms.words)
        return repairing.repaired(word for word in unknown if word not in fixes) | fixes

    def _suggestion(self, fixes: Mapping[str, tuple[Correction, ...]]) -> str:
        """The query with its unknown words repaired, or "" when nothing was; it may ask for a type."""
        text, places, end = "", [], 0
        for word in self.parsed.words:
            fix = fixes.get(word.token.word)
            token = word.token
            text += self.parsed.text[end : token.start]
            places.append(len(text))
            text += (
                " ".join(part.word for part in fix[0].words)
                if fix
                else self.parsed.text[token.start : token.end]
            )
            end = max(end, token.end)
        text += self.parsed.text[end:]
        if not any(fixes.values()):
            return ""
        if not self.parsed.requested:
            requested = find_intents(text, self.intents)
            pairs = zip(self.parsed.words, places, strict=True)
            words = tuple(replace(word, cue=is_cue(place, requested)) for word, place in pairs)
            self.parsed = replace(self.parsed, words=words, requested=requested)
        return text

    def _respelled(self, fixed: Mapping[str, tuple[Correction, ...]]) -> frozenset[str]:
        """The words to write as pages do: when one was mended, the others too get their accents."""
        mended = {part.word for fixes in fixed.values() for fix in fixes[:1] for part in fix.words}
        return frozenset(mended | {word.token.word for word in self.parsed.words} if mended else ())

    # -- One concept per word ------------------------------------------------------------------
    def _concepts(self, word: Word, fixes: tuple[Correction, ...]) -> list[Concept]:
        if not fixes:
            return [self._concept(word, word.written, tuple(self._alternatives(word, ())))]
        parts = [part for part in fixes[0].words if part.stem]
        meant = [replace(word, faint=is_faint(part.stem, self.language)) for part in parts]
        if len(fixes[0].words) == len(parts) == 1:
            return [self._concept(meant[0], parts[0].word, tuple(self._alternatives(word, fixes)))]
        likeness = fixes[0].likeness
        return [
            self._concept(
                word, part.word, tuple(self._corrections((Correction((part,), likeness),)))
            )
            for word, part in zip(meant, parts, strict=True)
        ]

    def _concept(self, word: Word, typed: str, alternatives: tuple[Alternative, ...]) -> Concept:
        tuning = self.tuning
        weight = alternatives[0].rarity if alternatives else self._run_rarity((word.token.stem,))
        cue = word.cue and len(self.parsed.subject) < len(self.parsed.words)
        weight *= (tuning.faint if word.faint else 1.0) * (tuning.cue if cue else 1.0)
        return Concept(typed, alternatives, weight, subject=not cue, faint=word.faint)

    def _alternatives(self, word: Word, fixes: tuple[Correction, ...]) -> Iterable[Alternative]:
        tuning, token = self.tuning, word.token
        seen: set[str] = set()
        if fixes:
            yield from self._corrections(fixes)
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
        if self._may_go_on(word):
            yield from self._completions(seen)

    def _corrections(self, fixes: tuple[Correction, ...]) -> Iterable[Alternative]:
        for fix in fixes:
            for stem in self._stems(fix.words[0]):
                self.known.stems.setdefault(stem, fix.words[0].documents)
                yield self._alternative((stem,), self.tuning.correction, fix.likeness)

    def _completions(self, seen: set[str]) -> Iterable[Alternative]:
        """The words that an unfinished word may become; all as rare as one another."""
        completions = self.known.completions[:MAX_COMPLETIONS]
        most = max((completion.documents for completion in completions), default=0)
        shared = rarity(self.known.documents, most)
        for stem in (stem for completion in completions for stem in self._stems(completion)):
            if stem not in seen:
                seen.add(stem)
                yield Alternative((stem,), self.tuning.completion, shared)

    def _stems(self, known: KnownWord) -> tuple[str, ...]:
        """The stems of a word of the index: in the language of the query, and where it was read last."""
        own = analyser(self.language).stem_word(known.word)
        return tuple(dict.fromkeys((own, known.stem)))

    def _alternative(self, run: Run, weight: float, likeness: float = 1.0) -> Alternative:
        return Alternative(run, weight, self._run_rarity(run), likeness)

    # -- Synonyms --------------------------------------------------------------------------------
    def _with_synonyms(self, concepts: list[Concept], stems: Run) -> list[Concept]:
        """Every concept of a stretch that a rule knows may also be said by the rule's other words.

        A stretch of several words may be found together: the expression is rarer than its words.
        """
        added: list[dict[Run, Alternative]] = [{} for _concept in concepts]
        for start, end, targets in self.synonyms.spans(stems, self.said):
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
                    added[i].setdefault(target, self._synonym(target, concepts[i], likeness))
        return [
            self._extended(concept, tuple(extra.values())) if extra else concept
            for concept, extra in zip(concepts, added, strict=True)
        ]

    def _synonym(self, target: Run, concept: Concept, likeness: float) -> Alternative:
        found = replace(self._alternative(target, self.tuning.synonym, likeness), own=False)
        asked = all(stem in self.asked or stem in self.known.stems for stem in target)
        # What stands for a mended word was not asked of the index: it is taken to be as rare as it.
        return found if asked else replace(found, rarity=concept.weight)

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
