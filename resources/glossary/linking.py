"""Finds the terms of a glossary in a text, the longest first, ambiguous words by their company.

Pure. The forms of all the terms are compiled once into one automaton over words: a tree that is
walked from each word of the text that begins a form, as deep as the longest form.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from resources.glossary.forms import Form, Term, closed, forms_of, is_acronym
from resources.glossary.senses import Sense, Verdict, around, senses
from resources.glossary.words import SENTENCE_END, Words, words_of

# What inclusive writing adds to a word: « associé·e·s », « coopérateur(trice)s », « élu.e.s ».
_INCLUSIVE = re.compile(
    r"(?:[·•‧⋅.\-](?:e|s|es|ne|nes|le|les|rice|rices|trice|trices|euse|euses)\b){1,2}"
    r"|\((?:e|es|s|ne|rice|rices|trice|trices|euse|euses)\)s?\b"
)
_JOINING = frozenset("·•‧⋅.-(")
_UNKNOWN = Sense((), Verdict.NEAR)
_SPOKEN_FROM = 4  # letters from which an acronym may be read as a word: « Scic »


class Match(NamedTuple):
    """Where a term stands in a text, and which."""

    start: int
    end: int
    term: Term


@dataclass(slots=True)
class _Node:
    """What may follow the words read so far, and the forms that they are."""

    next: dict[str, _Node] = field(default_factory=dict)
    forms: tuple[Form, ...] = ()


class Linker:
    """The compiled terms of one language."""

    def __init__(self, terms: Iterable[Term], language: str) -> None:
        self.terms: Sequence[Term] = tuple(terms)
        self._senses: Mapping[str, Sense] = senses(language)
        self._root = _Node()
        for number, term in enumerate(self.terms):
            for form in forms_of(term, number, language):
                self._grow(form)

    def find(self, text: str) -> list[Match]:
        """Every place where a term stands, in order, none over another."""
        words = words_of(text)
        if self._root.next.keys().isdisjoint(words.keys):
            return []
        found = list(self._found(words, text))
        sure: defaultdict[int, set[str]] = defaultdict(set)
        for place, match, verdict in found:
            if verdict is Verdict.YES:
                sure[words.sentence_of(place)].add(match.term.slug)
        return [
            match
            for place, match, verdict in found
            if verdict is Verdict.YES or sure[words.sentence_of(place)] - {match.term.slug}
        ]

    def _grow(self, form: Form) -> None:
        node = self._root
        for key in form.keys:
            node = node.next.setdefault(key, _Node())
        if all(other.term != form.term or other.first != form.first for other in node.forms):
            node.forms = tuple(sorted((*node.forms, form), key=lambda f: (f.rank, f.term)))

    def _found(self, words: Words, text: str) -> Iterator[tuple[int, Match, Verdict]]:
        begins, keys, free = self._root.next, words.keys, 0
        for place, (key, following) in enumerate(pairwise([*keys, ""])):
            node = begins.get(key)
            if node is None or not (node.forms or following in node.next) or place < free:
                continue
            for form in self._longest_first(keys, place):
                verdict = self._verdict(form, words, place, text)
                if verdict is not Verdict.NO and not self._goes_on(form, keys, place):
                    first, last = place + form.first, place + form.last
                    end = _inclusive_end(text, words.end(last - 1))
                    yield place, Match(words.start(first), end, self.terms[form.term]), verdict
                    free = _after(words, place + len(form.keys), end)
                    break

    def _goes_on(self, form: Form, keys: Sequence[str], place: int) -> bool:
        """Whether a way of saying the same term begins inside this one and ends after it."""
        end = place + form.last
        return form.last - form.first > 1 and any(
            other.term == form.term and inside + len(other.keys) > end
            for inside in range(place + form.first + 1, end)
            if keys[inside] in self._root.next
            for other in self._longest_first(keys, inside)
        )

    def _longest_first(self, keys: Sequence[str], place: int) -> list[Form]:
        node: _Node | None = self._root.next[keys[place]]
        found: list[Form] = []
        while node is not None:
            found = [*node.forms, *found]
            place += 1
            node = node.next.get(keys[place]) if place < len(keys) else None
        return found

    def _verdict(self, form: Form, words: Words, place: int, text: str) -> Verdict:
        if not _written_so(form, words, place):
            return Verdict.NO
        sense = self._senses.get(form.name)
        if sense is None:
            alone = len(form.keys) == 1 and self.terms[form.term].ambiguous
            if not alone:
                return Verdict.YES
            sense = _UNKNOWN
        after = place + len(form.keys)
        after = _after(words, after, _inclusive_end(text, words.end(after - 1)))
        return sense.verdict(*around(words, place, after))


def _written_so(form: Form, words: Words, place: int) -> bool:
    """Whether the case of acronyms and the last accent of each word are those of the form.

    A capital may stand without its accent; so may a word in the middle of a longer form.
    """
    for offset, accented in enumerate(form.accents):
        written = words.written(place + offset)
        told = closed(written)
        if told != accented and (told or (len(form.keys) == 1 and not written.isupper())):
            return False
    return not form.capitals or all(
        _initials(words, place + offset, key) for offset, key in form.capitals
    )


def _initials(words: Words, place: int, key: str) -> bool:
    """Whether a word is written as initials are, or as a name: « SCIC », « la Scic ».

    Initials bear no accent: « ÇA » is not « CA », nor « ÂGE » « AGE ».
    """
    written = words.written(place)
    if not written.isascii():
        return False
    spoken = len(key) >= _SPOKEN_FROM and written.istitle()
    return is_acronym(written) or (spoken and place > 0 and words.keys[place - 1] != SENTENCE_END)


def _after(words: Words, place: int, end: int) -> int:
    """The first word from `place` on that begins at `end` or after."""
    while place < len(words.keys) and words.start(place) < end:
        place += 1
    return place


def _inclusive_end(text: str, end: int) -> int:
    more = _INCLUSIVE.match(text, end) if text[end : end + 1] in _JOINING else None
    return more.end() if more else end
