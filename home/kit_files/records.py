"""Legal values and glossary terms quoted by the kit, read where the site reads them."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

from home.kit_files.manifest import read_toml
from home.kit_files.markup import Box, Paragraph, text_spans
from home.kit_files.model import KitContentError
from home.kit_files.typography import french_spaces

_STATES = {
    "to-validate": "valeur à valider par la fédération",
    "validated": "valeur validée par la fédération",
    "to-review": "valeur à revoir par la fédération",
}

_SHORT_STATES = {"to-validate": "À valider", "validated": "Validé", "to-review": "À revoir"}


@dataclass(frozen=True, slots=True)
class LegalRecord:
    """One dated legal value; it is never shown without its state and its source."""

    key: str
    title: str
    value: str
    explanation: str
    source: str
    state: str
    short_state: str

    @property
    def notice(self) -> str:
        """The mention that goes with the value wherever it is quoted."""
        return french_spaces(f"{self.state.capitalize()} — source : {self.source}")

    def as_box(self) -> Box:
        """Return the framed passage that quotes the value with its state and source."""
        return Box(
            "legal",
            self.title,
            [
                Paragraph(text_spans(f"**{self.value}.** {self.explanation}")),
                Paragraph(text_spans(f"*{self.notice}.*")),
            ],
        )


@dataclass(frozen=True, slots=True)
class Term:
    """A glossary term with its plain definition."""

    term: str
    plain: str


def read_legal(content_dir: Path) -> dict[str, LegalRecord]:
    """Return the legal records by key."""
    rows = read_toml(content_dir / "legal.toml")["record"]
    return {row["key"]: _legal_record(row) for row in rows}


def quoted(legal: dict[str, LegalRecord], key: str) -> LegalRecord:
    """Return one record; an unknown key is refused by name."""
    if key not in legal:
        raise KitContentError(f"legal.toml: no record named {key}")
    return legal[key]


def _legal_record(row: dict[str, str]) -> LegalRecord:
    value = french_spaces(f"{row['value']} {row.get('unit', '')}".strip())
    checked = row.get("checked_on")
    state = _STATES.get(row["state"], _STATES["to-validate"])
    if checked:
        state = f"{state}, vérifiée le {checked:%d/%m/%Y}"
    return LegalRecord(
        key=row["key"],
        title=french_spaces(row["title"]),
        value=value,
        explanation=french_spaces(row["explanation"]),
        source=french_spaces(row["source"]),
        state=state,
        short_state=_SHORT_STATES.get(row["state"], _SHORT_STATES["to-validate"]),
    )


def read_terms(content_dir: Path, slugs: list[str]) -> list[Term]:
    """Return the terms of `slugs`, in that order; an unknown slug is refused."""
    path = content_dir / "glossary.csv"
    if not path.exists():
        raise KitContentError("glossary.csv: the file is missing")
    with path.open(encoding="utf-8", newline="") as stream:
        rows = {row["slug"]: row for row in csv.DictReader(stream)}
    unknown = [slug for slug in slugs if slug not in rows]
    if unknown:
        raise KitContentError(f"glossary.csv: no term named {', '.join(unknown)}")
    return [
        Term(french_spaces(rows[slug]["term"]), french_spaces(rows[slug]["plain"]))
        for slug in slugs
    ]
