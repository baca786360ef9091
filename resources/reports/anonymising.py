"""Takes the names out of texts: of the co-op, of towns, of people, of places.

The list is a proposal: a moderator completes it. What is sure is checked again: the name of a
known co-op is found wherever it stands, whatever its accents, its case and its apostrophes.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Final

GONE: Final = "[…]"
OF_US, OF_OTHERS = "notre coopérative", "une autre coopérative"
TOWN, REGION, PERSON = "notre ville", "notre région", "une personne"
ARTICLES: Final = re.compile(
    r"^(?:(?:la|le|les|une|un)\s+|l['’]\s?)?(?:(?:coop[ée]rative|coop|soci[ée]t[ée])\s+)?"
    r"(?:(?:la|le|les|des|du|de)\s+|[ld]['’]\s?)?",
    re.IGNORECASE,
)
_WORD: Final = r"[A-ZÀ-ÖØ-ÞŒ][\w’'-]*"
CAPITALS: Final = re.compile(rf"{_WORD}(?:(?:\s+(?:de|du|des|la|le|les|d’|d'|en|sur))?\s+{_WORD})*")
CIVILITIES: Final = frozenset({"m", "mme", "mlle", "monsieur", "madame", "mademoiselle", "maître"})
# Capitals of the trade, of the calendar and of the beginnings of sentences: nobody's name.
COMMON: Final = frozenset(
    "ag ago age agm scic scp hlm brs ca cse pmr qr sms pdf france français française état"
    " scop scops scics maison fédération internet youtube facebook zoom teams p’tit"
    " janvier février mars avril mai juin juillet août septembre octobre novembre décembre"
    " lundi mardi mercredi jeudi vendredi samedi dimanche nous vous ils elles"
    " je on il elle le la les un une des ce cette ces notre nos votre vos leur leurs".split()
)
SHORTEST_VARIANT: Final = 4  # signs
# What people do in these texts: a word that begins a sentence and does it is somebody, unless it is
# one of the words that stand for anybody.
ACTS: Final = re.compile(
    r"\s+(?:et\s+[A-ZÀ-ÖØ-ÞŒ]|(?:nous\s+|vous\s+|leur\s+|y\s+|[nslm]['’])*"
    r"(?:a|avait|aura|est|était|sera|fait|faisait|dit|disait|tient|tenait|lit|lisait|ouvre|ouvrait"
    r"|anime|animait|présente|présentait|raconte|racontait|propose|proposait|accueille|accueillait"
    r"|prépare|préparait|explique|expliquait|organise|organisait|pilote|pilotait)\b)"
)
GIVEN_NAMES: Final = Path(__file__).with_name("given_names.txt")
INFINITIVES: Final = ("er", "ir", "dre", "tre", "ire")
ANYBODY: Final = frozenset(
    "chacun chacune personne rien tout toute tous toutes cela ceci ça celui celle ceux celles aucun"
    " aucune autre autres certain certains certaine certaines beaucoup quelqu quelque plusieurs qui"
    " que quoi dont où y en là ici ainsi bien même plus moins merci bravo si or et mais puis ensuite"
    " enfin chaque quel quelle tel telle pas non oui bilan résultat".split()
)


@dataclass(frozen=True, slots=True)
class Replacement:
    name: str
    by: str


@dataclass(frozen=True)
class Known:
    """The names that the hub knows."""

    own: Sequence[str] = ()
    towns: Sequence[str] = ()
    regions: Sequence[str] = ()
    people: Sequence[str] = ()
    others: Sequence[str] = field(default_factory=tuple)

    @property
    def never(self) -> list[str]:
        """What may not stand in a text without names."""
        return [*self.own, *self.towns, *self.others]


@dataclass(frozen=True, slots=True)
class Left:
    """A known name that still stands in a text, with the words around it."""

    name: str
    place: str


def proposed(texts: Iterable[str], known: Known) -> list[Replacement]:
    """The names found in the texts, each with what to write instead; the sure ones first."""
    texts = list(texts)
    sure = [
        *((name, OF_US) for name in known.own),
        *((name, OF_OTHERS) for name in known.others),
        *((name, TOWN) for name in known.towns),
        *((name, REGION) for name in known.regions),
        *((name, PERSON) for name in known.people),
    ]
    found = [Replacement(n, by) for n, by in sure if n and any(_places(t, n) for t in texts)]
    rest = [replaced(text, found) for text in texts]
    guessed = {name: by for text in rest for name, by in _guessed(text)}
    return [*found, *(Replacement(name, by) for name, by in guessed.items())]


def replaced(text: str, replacements: Iterable[Replacement]) -> str:
    """The text with each name replaced, the longest names first."""
    for item in sorted(replacements, key=lambda r: -len(r.name)):
        for start, end in reversed(_places(text, item.name)):
            begins = not text[:start].strip() or text[:start].rstrip()[-1] in ".!?"
            by = item.by[:1].upper() + item.by[1:] if begins else item.by
            text = text[:start] + by + text[end:]
    return text


def left_in(text: str, names: Iterable[str]) -> list[Left]:
    """The names that still stand in a text."""
    return [
        Left(name, f"{'…' if start > 30 else ''}{text[max(0, start - 30) : end + 30]}")
        for name in names
        if name
        for start, end in _places(text, name)[:1]
    ]


def _places(text: str, name: str) -> list[tuple[int, int]]:
    """Where a name stands, itself or without its article, as pairs of start and end."""
    plain, origin = _plain(text)
    found = list(_matches(plain, origin, name))
    short = ARTICLES.sub("", name.strip(), count=1)
    if short != name.strip() and len(short) >= SHORTEST_VARIANT:
        taken = {n for start, end in found for n in range(start, end)}
        # Without its article a name may be a common word: there its capital tells it.
        found += [
            (start, end)
            for start, end in _matches(plain, origin, short)
            if start not in taken and (" " in short or text[start].isupper())
        ]
    return sorted(found)


def _matches(plain: str, origin: list[int], name: str) -> Iterator[tuple[int, int]]:
    words = _plain(name)[0].split()
    if words:
        pattern = r"(?<!\w)" + r"[ ]+".join(map(re.escape, words)) + r"(?!\w)"
        for match in re.finditer(pattern, plain):
            yield origin[match.start()], origin[match.end() - 1] + 1


def _plain(text: str) -> tuple[str, list[int]]:
    """The text as it is compared, and for each sign of it the place it came from.

    Signs that show nothing are skipped, so that they hide no name.
    """
    signs: list[str] = []
    origin: list[int] = []
    for place, character in enumerate(text):
        if unicodedata.category(character) == "Cf":
            continue
        for sign in unicodedata.normalize("NFKD", character).casefold():
            if unicodedata.combining(sign):
                continue
            sign = "'" if sign in "’ʼ‘´`′" else " " if sign.isspace() or sign in "-‐‑–" else sign
            for part in {"œ": "oe", "æ": "ae"}.get(sign, sign):
                signs.append(part)
                origin.append(place)
    return "".join(signs), origin


def _guessed(text: str) -> Iterator[tuple[str, str]]:
    """Words with a capital that begin no sentence, names of people that do, what follows « Mme »."""
    for match in CAPITALS.finditer(text):
        words = match[0].split()
        before = text[: match.start()].rstrip(' \u00a0«“"(-–•')
        if words[0].casefold().rstrip(".") in CIVILITIES:
            if len(words) > 1:
                yield match[0], PERSON
            continue
        if re.search(r"(?:^|[\s(])(?:M|Mme|Mlle|MM|Mmes)\.?$", before):
            yield match[0], PERSON
            continue
        begins = not before or before[-1] in ".!?\n:"
        if _is_somebody(words, text[match.end() :], begins=begins):
            yield match[0], PERSON
            continue
        if begins:
            words = words[1:]
            while words and words[0][:1].islower():
                words = words[1:]
        while words and _is_common(words[0]):
            words = words[1:]
        if words and not all(_is_common(word) for word in words):
            yield " ".join(words), GONE


def _is_somebody(words: Sequence[str], after: str, *, begins: bool) -> bool:
    first = _plain(words[0])[0]
    if first.split(" ")[0] in _given_names():
        return True
    if not begins or len(words) > 1 or _is_common(words[0]) or words[0].isupper():
        return False
    is_word = "'" in first or first in _anybody() or first.endswith(INFINITIVES)
    return not is_word and bool(ACTS.match(after))


def _is_common(word: str) -> bool:
    return re.sub(r"^[ldjcnsmtqu]+['’]", "", word.casefold()) in COMMON or word.isdigit()


@cache
def _given_names() -> frozenset[str]:
    """First names that are no other word of the language, as they are compared."""
    return frozenset(_plain(name)[0] for name in GIVEN_NAMES.read_text(encoding="utf-8").split())


@cache
def _anybody() -> frozenset[str]:
    return frozenset(_plain(word)[0] for word in ANYBODY)
