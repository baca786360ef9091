"""Names of files that every system takes: Windows refuses the most. Pure."""

import re
import unicodedata

LONGEST = 120  # signs, so that a folder of a shared drive still fits before it
_FORBIDDEN = re.compile(r'[\x00-\x1f\x7f\\/:*?"<>|\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]')
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)
_PLAIN = str.maketrans(
    {"’": "'", "‘": "'", "“": "'", "”": "'", "«": "", "»": "", "–": "-", "—": "-", "…": "...",
     "œ": "oe", "Œ": "OE", "æ": "ae", "Æ": "AE", "\u00a0": " ", "\u202f": " "}
)  # fmt: skip


def download_name(title: str, extension: str, suffix: str = "") -> str:
    """A file name as a person would write it, accents kept: « Livret de l’accueil.pdf »."""
    text = unicodedata.normalize("NFC", title).replace("\u00a0", " ").replace("\u202f", " ")
    words = " ".join(_FORBIDDEN.sub(" ", text).split())[:LONGEST].strip(" .")
    if _RESERVED.match(words):
        words = f"_{words}"
    return f"{words or 'document'}{suffix}.{extension}"


def plain_name(name: str) -> str:
    """The same name in plain ASCII letters, for programs that know no other."""
    text = unicodedata.normalize("NFKD", name.translate(_PLAIN))
    letters = "".join(sign for sign in text if " " <= sign <= "~")
    stem, dot, extension = letters.rpartition(".")
    stem = " ".join(stem.split()) if dot else " ".join(letters.split())
    return f"{stem or 'document'}{dot}{extension if dot else ''}"
