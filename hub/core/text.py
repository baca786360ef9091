"""Compares texts as a French reader does: without accents, case or kind of apostrophe. Pure."""

import unicodedata

APOSTROPHES = str.maketrans(dict.fromkeys("’ʼ‘´`′", "'"))


def folded(text: str) -> str:
    """Return ``text`` in lower case, without accents, with plain apostrophes and single spaces.

    « Les Coop'HLM » and « Les Coop’HLM » are one; so are « Chargés » and « charges ».
    """
    text = unicodedata.normalize("NFKD", text).translate(APOSTROPHES).casefold()
    text = "".join(character for character in text if not unicodedata.combining(character))
    text = text.replace("œ", "oe").replace("æ", "ae")
    return " ".join(text.split())
