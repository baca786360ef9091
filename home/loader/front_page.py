"""Fills the home page, in French and as it reads in English."""

from typing import Any

from home.models import HomePage
from resources.models import GlossaryIndexPage, LibraryPage

from .references import References
from .sources import read_toml
from .writer import fill

TARGETS = {"library": LibraryPage, "glossary": GlossaryIndexPage}


def front_fields(language: str, references: References) -> dict[str, Any]:
    """The fields of the home page in one language."""
    home = read_toml("site.toml")["home"]
    doors = [
        {
            "title": door[f"title_{language}"],
            "text": door[f"text_{language}"],
            "label": door[f"label_{language}"],
            "page": _page(door, references),
            "campaign": bool(door.get("campaign")),
        }
        for door in home["doors"]
    ]
    return {
        "title": home[f"title_{language}"],
        "lead": home[f"intro_{language}"],
        "doors": [{"type": "door", "value": door} for door in doors],
        "featured": [
            {"type": "resource", "value": references.page(key)} for key in home["featured"]
        ],
    }


def _page(door: dict[str, str], references: References) -> int | None:
    if "target" in door:
        found = TARGETS[door["target"]].objects.filter(locale__language_code="fr").first()
        return found.pk if found else None
    return references.page(door["page"])


def fill_front(home: HomePage, language: str, references: References) -> HomePage:
    fill(home, front_fields(language, references), "home")
    return home
