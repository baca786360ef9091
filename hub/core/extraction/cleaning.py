"""Text as a reader would type it: letters instead of ligatures, words in one piece. Pure."""

import re
import unicodedata
from collections.abc import Iterable
from itertools import pairwise
from typing import Final

LIGATURES: Final = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
LINE_ENDS: Final = re.compile("\r\n?|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
SOFT_HYPHEN: Final = re.compile("\u00ad(?:[ \t]*\n[ \t]*)?")
SPACES: Final = re.compile(" {2,}")
# They shape words in Persian or join pictures; all other formatting characters only hide.
JOINERS: Final = "\u200c\u200d"
KEPT_CONTROLS: Final = "\n\t"


def cleaned(text: str) -> str:
    """Return ``text`` in NFC, without controls, blank lines and soft hyphens; a line stays a line."""
    text = SOFT_HYPHEN.sub("", LINE_ENDS.sub("\n", text))
    text = unicodedata.normalize("NFC", text.translate(_REPLACEMENTS))
    lines = (line.strip() for line in SPACES.sub(" ", text).split("\n"))
    return "\n".join(line for line in lines if line)


class _Replacements(dict[int, str]):
    """Filled by ``str.translate`` as characters come; most texts hold a hundred different ones."""

    def __missing__(self, code: int) -> str:
        self[code] = replacement = _replacement(chr(code))
        return replacement


def _replacement(character: str) -> str:
    category = unicodedata.category(character)
    if category in ("Cc", "Cf", "Cs"):
        return character if character in KEPT_CONTROLS + JOINERS else ""
    if category in ("Co", "Cn"):
        return " "  # bullets of symbol fonts: they separate words
    return LIGATURES.get(character, character)


_REPLACEMENTS: Final = _Replacements()

LETTERS: Final = r"[^\W\d_]+"
HYPHENS: Final = "-\u2010"
COMPOUND: Final = re.compile(rf"{LETTERS}(?:[{HYPHENS}\u2011]{LETTERS})*")
# Looks behind, or a page of letters without a space would be read again from each of them.
CUT: Final = rf"[{HYPHENS}]\n"
WORD_START: Final = rf"(?<![^\W\d_]){LETTERS}"
CUT_WORD: Final = re.compile(rf"({WORD_START}){CUT}(?=({LETTERS}))")
ALL_OF_A_CUT_WORD: Final = re.compile(rf"{WORD_START}(?:{CUT}{LETTERS})+")
CUT_NUMBER: Final = re.compile(rf"(?<=\w)([{HYPHENS}])\n(?=\d)")
# No French hyphenation leaves two letters alone on a line: « dit-il », « celui-ci ».
SHORT_TAIL: Final = 2
PRONOUNS: Final = frozenset("vous nous elle elles ils eux moi toi même mêmes".split())


def with_whole_words(texts: Iterable[str]) -> list[str]:
    """Join the words that the line ends of a document cut; ``texts`` are cleaned pages.

    Nothing tells a word that was cut (« coopé-rative ») from a compound that happens to break at
    its own hyphen (« porte-monnaie »): only the rest of the document does. Without evidence the
    word is joined, because typesetting cuts many more words than it breaks compounds, and because
    the halves of a cut word are no words that anybody searches for.
    """
    pages = list(texts)
    words = _Words(pages)
    return [CUT_NUMBER.sub(r"\1", CUT_WORD.sub(words.first_part, page)) for page in pages]


class _Words:
    """The words of a document that no line end cuts."""

    def __init__(self, pages: list[str]) -> None:
        self.alone: set[str] = set()
        self.parts: set[str] = set()
        self.neighbours: set[tuple[str, str]] = set()
        for page in pages:
            for found in COMPOUND.finditer(ALL_OF_A_CUT_WORD.sub("\n", page).casefold()):
                self._note(re.split(f"[{HYPHENS}\u2011]", found[0]))

    def _note(self, parts: list[str]) -> None:
        self.parts.update(parts)
        self.neighbours.update(pairwise(parts))
        if len(parts) == 1:
            self.alone.add(parts[0])

    def first_part(self, cut: re.Match[str]) -> str:
        left, right = cut.groups()
        return f"{left}-" if self._is_compound(left, right) else left

    def _is_compound(self, left: str, right: str) -> bool:
        if right[0].isupper() and not (left.isupper() and right.isupper()):
            return True  # « Saint-Denis »
        left, right = left.casefold(), right.casefold()
        if left + right in self.parts:
            return False
        if (left, right) in self.neighbours:
            return True
        if len(right) <= SHORT_TAIL or right in PRONOUNS:
            return True
        return {left, right} <= self.alone and min(len(left), len(right)) > SHORT_TAIL
