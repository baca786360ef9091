"""Judged queries as hasty fingers type them: one slip in each, always the same for a seed. Pure."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from string import ascii_lowercase

from tests.ablation.figures import Judged

SEED = 7
# Classes whose words are whole ones, that stand in the documents.
SHAKEN = ("exact", "inflection", "accents", "elision", "intent", "stopwords")
Slip = Callable[[str, random.Random], str]


def _swapped(word: str, chance: random.Random) -> str:
    i = chance.randrange(len(word) - 1)
    return word[:i] + word[i + 1] + word[i] + word[i + 2 :]


def _dropped(word: str, chance: random.Random) -> str:
    i = chance.randrange(len(word) - 1)
    return word[:i] + word[i + 1 :]


def _added(word: str, chance: random.Random) -> str:
    i = chance.randrange(len(word))
    return word[:i] + chance.choice(ascii_lowercase) + word[i:]


def _changed(word: str, chance: random.Random) -> str:
    i = chance.randrange(1, len(word))
    return word[:i] + chance.choice(ascii_lowercase) + word[i + 1 :]


def _first_changed(word: str, chance: random.Random) -> str:
    return chance.choice(ascii_lowercase) + word[1:]


def _cut(word: str, chance: random.Random) -> str:
    i = chance.randrange(2, len(word) - 1)
    return f"{word[:i]} {word[i:]}"


# slip -> (how, the shortest word that it may happen to)
SLIPS: dict[str, tuple[Slip, int]] = {
    "swapped": (_swapped, 4),
    "dropped": (_dropped, 4),
    "added": (_added, 4),
    "changed": (_changed, 4),
    "first changed": (_first_changed, 4),
    "space added": (_cut, 5),
}


def shaken(queries: Sequence[Judged]) -> list[Judged]:
    """Each query once with each slip, its class named after it."""
    chance = random.Random(SEED)
    chosen = [q for q in queries if q["class"] in SHAKEN and q["relevant"]]
    return [slipped for query in chosen for slipped in _slipped(query, chance)]


def _slipped(query: Judged, chance: random.Random) -> Iterator[Judged]:
    words = query["query"].split()
    for name, (slip, shortest) in SLIPS.items():
        places = [i for i, word in enumerate(words) if len(word) >= shortest and word.isalpha()]
        if places:
            place = chance.choice(places)
            typed = [*words[:place], slip(words[place], chance), *words[place + 1 :]]
            yield _as(query, typed, name)
    pairs = [i for i in range(len(words) - 1) if all(map(_may_stick, words[i : i + 2]))]
    if pairs:
        place = chance.choice(pairs)
        stuck = words[place] + words[place + 1]
        yield _as(query, [*words[:place], stuck, *words[place + 2 :]], "space lost")


def _may_stick(word: str) -> bool:
    return len(word) > 2 and word.isalpha()


def _as(query: Judged, words: Sequence[str], name: str) -> Judged:
    text = " ".join(words)
    return {**query, "qid": f"{query['qid']}/{name}", "query": text, "class": name}
