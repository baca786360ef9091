"""What the kit is made of once built, and how a broken source is reported."""

from __future__ import annotations

from dataclasses import dataclass

LANGUAGE = "fr-FR"
LICENCE_NAME = "CC BY-SA 4.0"
LICENCE_URL = "https://creativecommons.org/licenses/by-sa/4.0/deed.fr"
PUBLISHER = "Les Coop’HLM"


class KitContentError(ValueError):
    """A kit source cannot be used; the message names the file and the reason."""


@dataclass(frozen=True, slots=True)
class KitFile:
    """One finished file of the kit, ready to be stored or sent."""

    key: str
    filename: str
    title: str
    language: str
    licence: str
    description: str
    content: bytes
    page_count: int | None
    extension: str


@dataclass(frozen=True, slots=True)
class KitEntry:
    """One line of the kit's list: what to build, from which source, under which name."""

    key: str
    filename: str
    title: str
    description: str
    recipe: str
    source: str
    pages: int | None
    keywords: str

    @property
    def extension(self) -> str:
        return self.filename.rpartition(".")[2]
