"""Reads the word lists of `search/data/`: one or more words a line, `#` starts a comment."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files


def read_lines(name: str) -> Iterator[str]:
    """The lines of a data file, without comments or blank lines."""
    for line in files("search").joinpath("data", name).read_text(encoding="utf-8").splitlines():
        text = line.split("#", 1)[0].strip()
        if text:
            yield text


def read_words(name: str) -> frozenset[str]:
    """The words of a list."""
    words: set[str] = set()
    for line in read_lines(name):
        words.update(line.split())
    return frozenset(words)


def read_families(name: str) -> dict[str, str]:
    """Word to stem, from lines « stem: word word »."""
    families: dict[str, str] = {}
    for line in read_lines(name):
        stem, _colon, words = line.partition(":")
        for word in words.split():
            families[word] = stem.strip()
    return families
