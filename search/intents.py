"""Words of a query that ask for a type of resource: « vidéo gouvernance », « c'est quoi le quorum ».

Search knows no type: the app that owns the types registers which words ask for which. The wordings
below are the usual French and English ones; `register_cues` ties them to the types that exist.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache


@dataclass(frozen=True, slots=True)
class Intent:
    """Wordings that ask for some types.

    `strength` (0 to 1) says how surely. With `replaces` the wording is not itself looked for as a subject:
    in « vidéo gouvernance » the subject is « gouvernance ».
    """

    cues: tuple[str, ...]
    types: tuple[str, ...]
    strength: float = 1.0
    replaces: bool = True


@dataclass(frozen=True, slots=True)
class Requested:
    """An intent found in a query, and where: `text[start:end]` is its wording."""

    intent: Intent
    start: int
    end: int


# kind of resource -> (wordings that name it outright, wordings that hint at it and stay words of the subject)
CUES: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "video": (("vidéo", "film", "video"), ("tuto", "tutoriel", "capsule")),
    "glossary": (
        (
            "définition",
            "définir",
            "signification",
            "c'est quoi",
            "qu'est-ce que",
            "qu'est-ce qu'",
            "qu'est ce que",
            "qu'est ce qu'",
            "que veut dire",
            "que signifie",
            "ça veut dire quoi",
            "sens du mot",
            "sens de",
            "definition",
            "what is",
            "meaning of",
        ),
        (),
    ),
    "kit": (("kit", "boîte à outils", "toolkit"), ("pack",)),
    "tool": (
        ("outil", "logiciel", "tool"),
        ("simulateur", "calculateur", "calculette", "tableur", "grille"),
    ),
    "guide": (("guide", "guide pratique"), ("mode d'emploi", "tutoriel", "how to")),
    "report": (
        ("retour d'expérience", "rex", "retex", "retour terrain"),
        ("témoignage", "récit", "expérience", "bilan"),
    ),
    "document": (
        (),
        ("document", "livret", "flyer", "dépliant", "plaquette", "brochure", "courrier", "lettre"),
    ),
    "practice": ((), ("bonne pratique", "pratique", "idée", "astuce")),
    "journey": ((), ("parcours",)),
    "dossier": ((), ("dossier",)),
    "template": (
        ("modèle de", "modèle d'", "trame de", "trame d'"),
        ("modèle", "trame", "gabarit", "template"),
    ),
}

_registered: list[Intent] = []


def register_intents(*intents: Intent) -> None:
    """Add intents, once: registering the same one again changes nothing."""
    for intent in intents:
        if intent not in _registered:
            _registered.append(intent)
    _patterns.cache_clear()


def register_cues(types: Mapping[str, tuple[str, ...]]) -> None:
    """Tie the usual wordings of a kind (a key of CUES) to the type values that stand for it."""
    register_intents(*cue_intents(types))


def cue_intents(types: Mapping[str, tuple[str, ...]]) -> Iterator[Intent]:
    """The intents of some kinds."""
    for kind, values in types.items():
        named, hinted = CUES[kind]
        sure = 0.4 if kind == "template" else 1.0
        if named:
            yield Intent(named, values, sure, replaces=kind != "template")
        if hinted:
            yield Intent(hinted, values, 0.3, replaces=False)


def registered_intents() -> tuple[Intent, ...]:
    """All the intents known; until an app registers some, each kind stands for the type of its own name."""
    return tuple(_registered) or _own_names()


@lru_cache(maxsize=1)
def _own_names() -> tuple[Intent, ...]:
    return tuple(
        cue_intents({kind: (kind,) for kind in CUES} | {"template": ("document", "tool", "kit")})
    )


def flatten(text: str) -> str:
    """The text in plain small letters, one for one: offsets are those of the text."""
    plain = []
    for character in text:
        base = unicodedata.normalize("NFKD", character)[:1].lower()
        plain.append("'" if character in "’ʼ‘`´" else base if len(base) == 1 else character)
    return "".join(plain)


def _pattern(cue: str) -> str:
    flat = flatten(cue)
    if flat.endswith("'"):
        return re.escape(flat)
    words = [
        re.escape(word) + ("s?" if len(word) > 3 and word.isalpha() else "")
        for word in flat.split()
    ]
    return r"[\s-]+".join(words) + r"(?!\w)"


@lru_cache(maxsize=4)
def _patterns(intents: tuple[Intent, ...]) -> tuple[tuple[re.Pattern[str], Intent], ...]:
    return tuple(
        (
            re.compile(
                r"(?<!\w)(?:"
                + "|".join(_pattern(cue) for cue in sorted(intent.cues, key=len, reverse=True))
                + ")"
            ),
            intent,
        )
        for intent in intents
    )


def find_intents(text: str, intents: tuple[Intent, ...]) -> tuple[Requested, ...]:
    """The intents of a query, surest first, then in the order of the text."""
    flat = flatten(text)
    found = [
        Requested(intent, match.start(), match.end())
        for pattern, intent in _patterns(intents)
        if (match := pattern.search(flat))
    ]
    return tuple(sorted(found, key=lambda requested: (-requested.intent.strength, requested.start)))


SHORTEST = 3
SURE = 0.5


def types_begun(text: str, intents: tuple[Intent, ...]) -> tuple[str, ...]:
    """The types that a text surely asks for, and nothing else, once it is finished: « vidé », « guide »."""
    flat = " ".join(flatten(text).split())
    begun = (
        intent
        for intent in intents
        if intent.replaces and intent.strength >= SURE and len(flat) >= SHORTEST
        if any(flatten(cue).startswith(flat.removesuffix("s")) for cue in intent.cues)
    )
    return tuple(dict.fromkeys(value for intent in begun for value in intent.types))
