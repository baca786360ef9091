"""The keys that questions and answers get from their French words, when an editor gives none. Pure.

A key never changes afterwards: it is kept with the question, and a rename of the words leaves it.
"""

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping, MutableMapping
from copy import deepcopy
from typing import Any, Final

from resources.reports.questionnaire.conditions import WORDS
from resources.reports.questionnaire.schema import OTHER

LONGEST: Final = 40  # signs
MOST_WORDS: Final = 4
RESERVED: Final = frozenset({*WORDS, "row"})  # words of the conditions
LITTLE: Final = frozenset(
    """a ai au aux avec avez c ce ces cette comment d dans de des du elle en est et eu il ils j
    l la le les leur m n ne nous on ont ou par pas pour qu que quel quelle quelles quels qui s sa
    se ses si son sont sur t un une vos votre vous y""".split()
)


def proposed(words: str, taken: Collection[str], fallback: str = "question") -> str:
    """A key that says what ``words`` say, and that is not in ``taken``."""
    plain = unicodedata.normalize("NFKD", words.lower().replace("œ", "oe").replace("æ", "ae"))
    bare = "".join(c for c in plain if not unicodedata.combining(c))
    found = re.findall(r"[a-z0-9]+", bare)
    telling = [word for word in found if word not in LITTLE] or found or [fallback]
    base = "_".join(telling[:MOST_WORDS])[:LONGEST].strip("_")
    if not base[0].isalpha():
        base = f"n_{base}"[:LONGEST]
    return base if base not in taken and base not in RESERVED else numbered(base, taken)


def numbered(base: str, taken: Collection[str]) -> str:
    """``base`` with the first number from 2 on that makes it a new key."""
    key, number = "", 1
    while not key or key in taken:
        number += 1
        key = f"{base[: LONGEST - 1 - len(str(number))]}_{number}"
    return key


def filled(raw: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The raw value of the field with a key wherever there was none; keys that stand are kept."""
    sections = [dict(section) for section in deepcopy(list(raw))]
    values = [section["value"] for section in sections]
    _fill(values, "title_fr", "section")
    questions = [part["value"] for value in values for part in value.get("questions") or ()]
    _fill(questions, "label_fr", "question")
    for question in questions:
        for name in ("options", "rows", "columns"):
            items = [item.get("value", item) for item in question.get(name) or ()]
            _fill(items, "label_fr", "reponse", OTHER)
    return sections


def _fill(values: list[MutableMapping[str, Any]], words: str, fallback: str, *kept: str) -> None:
    taken = {*kept, *(str(value.get("key") or "").strip() for value in values)}
    for value in values:
        key = str(value.get("key") or "").strip()
        if not key:
            key = proposed(str(value.get(words) or ""), taken, fallback)
            taken.add(key)
        value["key"] = key
