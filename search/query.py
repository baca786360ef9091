"""Reads what a person typed: cleans it, bounds it, finds phrases and the type asked for. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from search.analysis import Token, analyser
from search.intents import Intent, Requested, find_intents
from search.languages import english, french

MAX_CHARACTERS = 200
LONGEST_READ = 1_000  # characters of which a query is cleaned
MAX_TERMS = 16
MAX_PHRASES = 4
_QUOTED = re.compile(r'"([^"]*)"|«([^»]*)»|“([^”]*)”|„([^“”]*)[“”]')
_ENGLISH_ONLY = english.STOP_WORDS - {"ca", "or", "on", "an", "as", "me", "son", "don"}


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the query that may matter. `cue` when it belongs to the wording of a requested type."""

    token: Token
    written: str
    faint: bool = False
    cue: bool = False


@dataclass(frozen=True, slots=True)
class ParsedQuery:
    """A query as typed: `open_end` when its last word may still be unfinished.

    `tokens` are all its words, those that carry no meaning included.
    """

    text: str
    words: tuple[Word, ...] = ()
    tokens: tuple[Token, ...] = ()
    phrases: tuple[tuple[str, ...], ...] = ()
    requested: tuple[Requested, ...] = ()
    open_end: bool = False

    @property
    def subject(self) -> tuple[Word, ...]:
        """The words that say what is looked for: those of the type asked for left out, unless alone."""
        kept = tuple(word for word in self.words if not word.cue)
        return kept or self.words


def clean(text: object) -> str:
    """Bounded plain text: no control, format or surrogate character, single spaces, NFKC."""
    raw = text if isinstance(text, str) else ""
    characters = []
    for character in raw[:LONGEST_READ]:
        category = unicodedata.category(character)
        if category in ("Cc", "Zl", "Zp"):
            characters.append(" ")
        elif category not in ("Cs", "Cf", "Co", "Cn"):
            characters.append(character)
    return " ".join(unicodedata.normalize("NFKC", "".join(characters)).split())[
        :MAX_CHARACTERS
    ].rstrip()


def parse(
    text: object,
    language: str = "fr",
    intents: tuple[Intent, ...] = (),
    *,
    typing: bool = False,
) -> ParsedQuery:
    """Read a query; whatever the text, never raises.

    While a reader is `typing`, a stop word alone may be the beginning of a word.
    """
    trailing = isinstance(text, str) and text[-1:].isspace()
    cleaned = clean(text)
    phrases = _phrases(cleaned, language)
    requested = find_intents(cleaned, intents)
    tokens = tuple(analyser(language).tokens(cleaned))
    words = _words(cleaned, tokens, language, requested)
    if typing and tokens and not words:
        last = replace(tokens[-1], stem=tokens[-1].word)
        words = (Word(last, cleaned[last.start : last.end]),)
    open_end = bool(words) and not trailing and words[-1].token.end == len(cleaned)
    return ParsedQuery(cleaned, words, tokens[: 2 * MAX_TERMS], phrases, requested, open_end)


def _phrases(text: str, language: str) -> tuple[tuple[str, ...], ...]:
    """The quoted words, at most MAX_TERMS of them in all."""
    found: dict[tuple[str, ...], None] = {}
    room = MAX_TERMS
    for match in _QUOTED.finditer(text):
        quoted = next(group for group in match.groups() if group is not None)
        words = analyser(language).words(quoted)[:room]
        if words and words not in found:
            found[words] = None
            room -= len(words)
    return tuple(found)[:MAX_PHRASES]


def is_faint(stem: str, language: str) -> bool:
    """Whether a stem says little of what is looked for."""
    return stem in _faint_stems(language.split("-")[0])


@lru_cache(maxsize=8)
def _faint_stems(language: str) -> frozenset[str]:
    # As for stop words, an English question may be asked on a French site.
    words = english.FAINT_WORDS if language == "en" else french.FAINT_WORDS | english.FAINT_WORDS
    return frozenset(analyser(language).stem_word(word) for word in words)


def is_cue(place: int, requested: Iterable[Requested]) -> bool:
    """Whether what stands at a place belongs to the wording of a requested type."""
    return any(item.start <= place < item.end for item in requested if item.intent.replaces)


def _words(
    text: str, tokens: Sequence[Token], language: str, requested: tuple[Requested, ...]
) -> tuple[Word, ...]:
    """The words that carry meaning; in a query of stop words alone, they are all it has."""
    doing = _what_to_do(tokens)
    words = [
        Word(
            token,
            text[token.start : token.end],
            faint=is_faint(token.stem, language) or token == doing,
            cue=is_cue(token.start, requested),
        )
        for token in _telling(tokens, text, language)
    ]
    return tuple(words[:MAX_TERMS])


def _what_to_do(tokens: Sequence[Token]) -> Token | None:
    """The verb of « comment calculer le quorum »: what it is about says more of what is looked for."""
    for asked, verb in pairwise(tokens):
        if asked.word == "comment" and verb.stem and verb.word.endswith(french.INFINITIVES):
            return verb
    return None


def _telling(tokens: Sequence[Token], text: str, language: str) -> list[Token]:
    """The tokens that are not stop words; English ones too, for an English question on a French site."""
    telling = [token for token in tokens if token.stem]
    asked = french.QUESTIONS.get(tokens[0].word) if tokens and telling else None
    if asked and not language.startswith("en"):
        # « Où organiser… » asks for a place: the question word stands for what it asks.
        telling.insert(0, replace(tokens[0], stem=asked))
    if language.startswith("en"):
        return telling
    return [
        token for token in telling if text[token.start : token.end].lower() not in _ENGLISH_ONLY
    ] or telling
