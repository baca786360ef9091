"""Makes documents that read like French co-op prose, as many as wanted, to measure the search.

A chain learns from the project's own content which word follows which pair of words, and speaks on.
Invented names of places give each document rare words, so that the vocabulary grows with the corpus
as it does in life. The same number and seed give the same documents, whatever the size asked for.
"""

import csv
import random
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from resources.records import TYPES

CONTENT = Path(__file__).parent / "content"
ORGANISATIONS = 160
SYLLABLES = (
    "ba bel bri cal cha cor dour el fan gar guer jan ker lan lau lor mar mon nor or pel plou quin "
    "ran rou sal sor tal tour val ver vil"
).split()
ENDINGS = ("ac", "an", "ay", "ec", "el", "en", "eux", "ic", "ies", "in", "oc", "on", "y")
PLACES = ("résidence", "quartier", "rue", "immeuble", "commune", "salle", "foyer", "place")
IDENTIFIER = r"^c[0-9]+-[0-9]{7,}$"  # of an invented document: its seed and its number
DEFINITIONS = ("plain", "full")
_SENTENCE = re.compile(r"[^.!?…\n]+[.!?…]")
_NOT_PROSE = re.compile(
    r"^(?::::|\||#|\+\+\+).*$|\{[^}]*\}|\((?:page|file|https?|mailto):[^)]*\)", re.MULTILINE
)
_MARKUP = re.compile(r"[*_`>\[\]\\«»]+|^[-\d. ]+", re.MULTILINE)
_HEADER = re.compile(r"\A\+\+\+.*?^\+\+\+$", re.DOTALL | re.MULTILINE)
Chain = dict[tuple[str, str], list[str]]


@cache
def chain() -> tuple[Chain, list[tuple[str, str]]]:
    """Which words follow each pair of words in the project's content, and the pairs that open a sentence."""
    follows: Chain = {}
    openings = []
    for sentence in _sentences():
        words = sentence.split()
        if len(words) >= 4:
            openings.append((words[0], words[1]))
            for a, b, c in zip(words, words[1:], words[2:], strict=False):
                follows.setdefault((a, b), []).append(c)
    return follows, openings


def _sentences() -> Iterator[str]:
    for path in sorted(CONTENT.rglob("*.md")):
        if not path.name.endswith(".en.md"):
            text = _NOT_PROSE.sub(" ", _HEADER.sub("", path.read_text(encoding="utf-8")))
            yield from _SENTENCE.findall(_MARKUP.sub(" ", text))
    with (CONTENT / "glossary.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield from _SENTENCE.findall(" ".join(row.get(name) or "" for name in DEFINITIONS))


@cache
def labels(name: str) -> tuple[str, ...]:
    """The labels of a vocabulary of the content: ``themes`` or ``audiences``."""
    rows = tomllib.loads((CONTENT / f"{name}.toml").read_text(encoding="utf-8"))
    return tuple(row["label_fr"] for row in next(iter(rows.values())))


class Author:
    """Writes one document."""

    def __init__(self, seed: int, number: int) -> None:
        self.chance = random.Random(seed * 1_000_003 + number)
        self.follows, self.openings = chain()

    def sentence(self, longest: int = 40) -> str:
        words = list(self.chance.choice(self.openings))
        while len(words) < longest:
            following = self.follows.get((words[-2], words[-1]))
            if following is None:
                break
            words.append(following[int(self.chance.random() * len(following))])
        return " ".join(words)

    def name(self) -> str:
        parts = self.chance.choices(SYLLABLES, k=self.chance.choice((1, 2, 2, 3)))
        return ("".join(parts) + self.chance.choice(ENDINGS)).capitalize()

    def place(self) -> str:
        return f"{self.chance.choice(PLACES)} {self.name()}"

    def text(self, words: int) -> str:
        """Paragraphs of about this many words."""
        paragraphs: list[list[str]] = [[]]
        count = 0
        while count < words:
            sentence = self.sentence()
            if self.chance.random() < 0.15:
                sentence = f"{sentence.rstrip('.!?… ')}, {self.place()}."
            paragraphs[-1].append(sentence)
            count += sentence.count(" ") + 1
            if self.chance.random() < 0.25:
                paragraphs.append([])
        return "\n\n".join(" ".join(sentences) for sentences in paragraphs if sentences)

    def title(self) -> str:
        words = self.sentence(self.chance.choice((4, 5, 6, 8))).rstrip(".!?…,;: ")
        return f"{words}, {self.place()}" if self.chance.random() < 0.3 else words


def record(number: int, seed: int = 1) -> dict[str, Any]:
    """The document of this number, as ``import_resources`` reads it."""
    author = Author(seed, number)
    chance = author.chance
    organisation = chance.randrange(ORGANISATIONS)
    return {
        "id": f"c{seed}-{number:07d}",
        "type": chance.choices(TYPES, weights=(22, 6, 24, 24, 10, 8, 6))[0],
        "title": author.title()[:200],
        "summary": author.sentence(24)[:300],
        "body": author.text(int(min(2_000, max(60, chance.lognormvariate(5.2, 0.6))))),
        "themes": chance.sample(labels("themes"), k=chance.choice((1, 1, 2))),
        "steps": chance.sample(("avant", "pendant", "apres"), k=chance.choice((1, 1, 2))),
        "audience": chance.sample(labels("audiences"), k=chance.choice((1, 1, 2))),
        "year": 2026 - min(11, int(chance.expovariate(0.4))),
        "organisation": f"Coopérative exemple {Author(0, organisation).name()} {organisation}",
    }


def records(count: int, seed: int = 1) -> Iterator[dict[str, Any]]:
    """The first ``count`` documents of a seed."""
    return (record(number, seed) for number in range(1, count + 1))
