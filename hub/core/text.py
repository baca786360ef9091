"""Texts compared as a French reader does, without accents, case or kind of apostrophe; and texts
that other programs can read. Pure."""

import re
import unicodedata

APOSTROPHES = str.maketrans(dict.fromkeys("’ʼ‘´`′", "'"))
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def folded(text: str) -> str:
    """Return ``text`` in lower case, without accents, with plain apostrophes and single spaces.

    « Les Coop'HLM » and « Les Coop’HLM » are one; so are « Chargés » and « charges ».
    """
    text = unicodedata.normalize("NFKD", text).translate(APOSTROPHES).casefold()
    text = "".join(character for character in text if not unicodedata.combining(character))
    text = text.replace("œ", "oe").replace("æ", "ae")
    return " ".join(text.split())


def printable(text: str) -> str:
    """Return ``text`` without the characters that an XML document cannot hold, even escaped."""
    return _NOT_XML.sub("", text)
