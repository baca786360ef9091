"""The ways in which a term is written: its title, its acronym, its variants, plurals and feminines.

Pure. What an editor wrote is always a form; what is added follows the grammar of the language. A
variant that holds the term's own word (« donner quitus », « majorité des voix ») says in which
company the word is the term: only the word itself is linked.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from resources.glossary.words import Words, words_of

MAX_WORDS = 12
_CONNECTORS = {
    "fr": frozenset("a à au aux d de des du en et l la le les ou par pour sur".split()),
    "en": frozenset("and by for from in of on or the to with".split()),
}
_IRREGULAR = {"bail": "baux", "travail": "travaux", "person": "people"}
# Endings of the masculine, with those of the feminine: « administrateur », « administratrice ».
_FEMININE = (
    ("teur", ("trice", "teuse", "teure")), ("eur", ("euse", "eure")), ("é", ("ée",)),
    ("ier", ("ière",)), ("ien", ("ienne",)), ("if", ("ive",)),
)  # fmt: skip
_PRECISION = re.compile(r"\s*\([^)]*\)")
_LEAST_ALIKE = 4  # letters that two genders of a word begin with


@dataclass(frozen=True, slots=True)
class Term:
    """A term of the glossary, as its page says it."""

    slug: str
    title: str
    acronym: str = ""
    variants: tuple[str, ...] = ()
    ambiguous: bool = False
    url: str = ""
    definition: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """One way of writing a term: `keys` are its words, of which `first` to `last` are linked.

    `capitals` are the places of acronyms, whose case counts; `accents` says of each word whether it
    ends with « é », which makes another word of it: « associé », « associe ».
    """

    term: int
    keys: tuple[str, ...]
    first: int
    last: int
    rank: int
    capitals: tuple[tuple[int, str], ...] = ()
    accents: tuple[bool, ...] = ()

    @property
    def name(self) -> str:
        return " ".join(self.keys)


def forms_of(term: Term, number: int, language: str) -> Iterator[Form]:
    """Every form of a term, the surest first."""
    own = [*titles(term.title), *([term.acronym] if term.acronym.strip() else [])]
    cores: list[tuple[str, ...]] = []
    for rank, text in enumerate([*own, *term.variants]):
        for written in inflected(text, language):
            words = words_of(written)
            keys = tuple(words.keys)
            if not 0 < len(keys) <= MAX_WORDS:
                continue
            first, last = _narrowed(keys, cores) if rank >= len(own) else (0, len(keys))
            if rank < len(own):
                cores.append(keys)
            accents = _accents(words)
            yield Form(number, keys, first, last, rank, _capitals(words), accents)
            if "," in keys:
                bare = tuple(key for key in keys if key != ",")
                yield Form(number, bare, 0, len(bare), rank)


def titles(title: str) -> list[str]:
    """The words of a title: « Associé, associée » are two, « Une personne, une voix » is one."""
    plain = _PRECISION.sub("", title).strip()
    parts = [part.strip() for part in re.split(r"[,/]", plain) if part.strip()]
    alike = len(parts) > 1 and all(_alike(parts[0], part) for part in parts[1:])
    return parts if alike or "/" in plain else [plain]


def inflected(text: str, language: str) -> list[str]:
    """A form as it is written, then its plurals, then its feminines."""
    text = unicodedata.normalize("NFC", " ".join(text.split()))
    words = text.split(" ")
    genders = [text]
    if len(words) == 1 and language == "fr" and not text.isupper():
        genders += [
            text.removesuffix(ending) + other
            for ending, others in _FEMININE[: 1 if text.endswith("teur") else None]
            if text.endswith(ending)
            for other in others
        ]
    found = [form for gender in genders for form in (gender, *_plurals(gender, language))]
    return list(dict.fromkeys(found))


def _accents(words: Words) -> tuple[bool, ...]:
    """Of each word, whether it ends with « é »; nothing where none could, and none need be read."""
    if all(not key.removesuffix("s").endswith("e") for key in words.keys):
        return ()
    return tuple(closed(words.written(place)) for place in range(len(words.keys)))


@lru_cache(maxsize=65_536)
def closed(written: str) -> bool:
    """Whether a word ends with « é », « és », « ée » or « ées »."""
    plain = unicodedata.normalize("NFC", written).lower().removesuffix("s")
    return plain.endswith(("é", "ée"))


def _plurals(text: str, language: str) -> Iterator[str]:
    if text.isupper() and " " not in text:
        yield text + "s"
        return
    words = text.split(" ")
    connectors = _CONNECTORS.get(language, _CONNECTORS["fr"])
    bare = [re.sub(r"^(?:l|d)['’]", "", word.lower()) for word in words]
    link = next((i for i, word in enumerate(words) if _links(word, bare[i], connectors)), None)
    head = len(words) if link is None else link
    if head == 0:
        return
    start = head - 1 if language == "en" else 0
    many = [_plural(word, language) if start <= i < head else word for i, word in enumerate(words)]
    yield " ".join(many)
    if link is not None:
        yield " ".join([*words[:-1], _plural(words[-1], language)])
        yield " ".join([*many[:-1], _plural(words[-1], language)])


def _links(word: str, bare: str, connectors: frozenset[str]) -> bool:
    return bare in connectors or bare != word.lower()


def _plural(word: str, language: str) -> str:
    if "-" in word:
        return "-".join(_plural(part, language) for part in word.split("-"))
    lower = word.lower()
    if lower in _IRREGULAR:
        return _IRREGULAR[lower]
    if lower.endswith(("s", "x", "z")) or word.isupper() or not word[-1:].isalpha():
        return word
    if language == "en":
        return word[:-1] + "ies" if re.search(r"[^aeiou]y$", lower) else word + "s"
    if lower.endswith("al"):
        return word[:-1] + "ux"
    if lower.endswith(("eau", "eu")):
        return word + "x"
    return word + "s"


def _alike(left: str, right: str) -> bool:
    lefts, rights = left.lower().split(), right.lower().split()
    pairs = zip(lefts, rights, strict=False)
    return len(lefts) == len(rights) and all(a[:_LEAST_ALIKE] == b[:_LEAST_ALIKE] for a, b in pairs)


def _narrowed(keys: tuple[str, ...], cores: Sequence[tuple[str, ...]]) -> tuple[int, int]:
    for core in sorted(cores, key=len, reverse=True):
        for place in range(len(keys) - len(core) + 1):
            if keys[place : place + len(core)] == core:
                return place, place + len(core)
    return 0, len(keys)


def _capitals(words: Words) -> tuple[tuple[int, str], ...]:
    return tuple(
        (place, key) for place, key in enumerate(words.keys) if is_acronym(words.written(place))
    )


def is_acronym(written: str) -> bool:
    """Whether a word is a set of initials: « AG », « A.G. », « AGs »."""
    letters = written.replace(".", "")
    return len(letters) > 1 and letters.removesuffix("s").isupper() and letters != "S"
