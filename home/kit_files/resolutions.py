"""The file that explains the resolutions, laid out from `resolutions.toml`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from home.kit_files.manifest import read_toml
from home.kit_files.markup import (
    Block,
    Box,
    Heading,
    Listing,
    PageBreak,
    Paragraph,
    Table,
    text_spans,
)
from home.kit_files.word_document import Letter

_QUESTIONS = (
    ("On vous demande…", "asked"),
    ("Pourquoi ?", "why"),
    ("Ce que ça change pour vous", "changes"),
    ("Comment voter ?", "vote"),
)
_EXACT = "[Collez ici, mot pour mot, le texte de la résolution soumise au vote.]"


def read_resolutions(path: Path) -> Letter:
    """Return the whole document: how to read it, then one section a resolution."""
    data = read_toml(path)
    blocks: list[Block] = [
        _box("tip", "Mode d’emploi (encadré à supprimer avant l’envoi)", data["how_to"]),
        _box("warning", "À vérifier avec vos statuts", data["warning"]),
        Heading(1, text_spans("Comment lire ce document")),
        Paragraph(text_spans(data["reading"].strip())),
        Listing(False, [text_spans(line) for line in data["voting"]]),
        Heading(1, text_spans("Dans ce document")),
        Listing(True, [text_spans(resolution["title"]) for resolution in data["resolution"]]),
    ]
    for number, resolution in enumerate(data["resolution"], start=1):
        if number % 2:
            blocks.append(PageBreak())
        blocks.extend(_resolution(number, resolution))
    blocks.extend(_rules(data))
    return Letter(data["kicker"], data["title"], data["subtitle"], blocks)


def _rules(data: dict[str, Any]) -> list[Block]:
    return [
        PageBreak(),
        Heading(1, text_spans("Les règles de vote, à vérifier avec vos statuts")),
        Paragraph(text_spans(data["rules"].strip())),
        *[Box("legal", key, []) for key in data["legal"]],
    ]


def _resolution(number: int, resolution: dict[str, Any]) -> list[Block]:
    rows = [[text_spans(question), text_spans(resolution[key])] for question, key in _QUESTIONS]
    header = [text_spans("En clair"), text_spans(f"Assemblée {_KINDS[resolution['kind']]}")]
    caption = "Résolution n° [numéro à l’ordre du jour]"
    return [
        Heading(1, text_spans(f"{number}. {resolution['title']}")),
        Table(caption, header, rows, widths=[26, 74]),
        _box("exact", "Texte exact, celui qui fait foi", _EXACT),
    ]


_KINDS = {"ordinaire": "ordinaire", "extraordinaire": "extraordinaire, ou partie extraordinaire"}


def _box(kind: str, title: str, text: str) -> Box:
    return Box(kind, title, [Paragraph(text_spans(" ".join(text.split())))])
