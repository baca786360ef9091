"""The words that come back from one open answer to the next: enough to see what is asked for. Pure."""

import re
from collections import Counter
from collections.abc import Iterable
from typing import Final

SHORTEST: Final = 6  # letters: shorter words are mostly grammar
MOST: Final = 8
_WORD: Final = re.compile(r"[^\W\d_]+")
_EMPTY: Final = frozenset(
    "autres autre toutes chaque encore comment pendant depuis beaucoup parfois plusieurs certains "
    "certaines pouvoir faudrait simple quelque quelques personne personnes assemblée assemblées "
    "coopérative coopératives associés associé petite petites".split()
)


def recurring(texts: Iterable[str], smallest: int) -> list[tuple[str, int]]:
    """Words that stand in at least ``smallest`` texts, with how many, the most frequent first.

    A plural counts with its singular.
    """
    counts: Counter[str] = Counter()
    for text in texts:
        counts.update({_one(word) for word in _WORD.findall(text.lower())} - {""})
    found = [(word, count) for word, count in counts.items() if count >= smallest]
    return sorted(found, key=lambda pair: (-pair[1], pair[0]))[:MOST]


def _one(word: str) -> str:
    if word in _EMPTY:
        return ""
    word = word[:-1] if word.endswith(("s", "x")) else word
    return word if len(word) >= SHORTEST and word not in _EMPTY else ""
