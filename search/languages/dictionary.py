"""The words of a language, as a dictionary has them: what stands in it is no slip.

The lists are those of pyspellchecker, made of what people say in films: everyday words, names
included, without the misspellings. Reading one takes some tenths of a second, once a process.
"""

from __future__ import annotations

import gzip
import json
import unicodedata
from functools import lru_cache
from importlib.resources import files

from search.analysis import LIGATURES


def is_word(folded: str, language: str) -> bool:
    """Whether a folded word is one of the language (« fr », « en »)."""
    return folded in _words(language.split("-")[0].lower())


@lru_cache(maxsize=4)
def _words(language: str) -> frozenset[str]:
    source = files("spellchecker").joinpath("resources", f"{language}.json.gz")
    if not source.is_file():
        return frozenset()
    written = "\n".join(json.loads(gzip.decompress(source.read_bytes())))
    decomposed = unicodedata.normalize("NFKD", written.casefold()).translate(LIGATURES)
    plain = "".join(c for c in decomposed if not unicodedata.combining(c))
    return frozenset(plain.split("\n"))
