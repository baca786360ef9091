"""Compiles the PDF files: tagged, PDF/UA-1, with the fonts that ship beside this module."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Literal

import pypdfium2  # type: ignore[import-untyped]
import typst

from home.kit_files.manifest import Manifest
from home.kit_files.model import (
    LANGUAGE,
    LICENCE_NAME,
    LICENCE_URL,
    PUBLISHER,
    KitContentError,
    KitEntry,
)
from resources.branding.marks import PRINTED_MARK

_HERE = Path(__file__).parent
_TEMPLATES = _HERE / "typst"
_FONTS = _HERE / "fonts"
# The recipes whose template has a zone for the logo.
LOGO_RECIPES = ("flyer", "booklet")
PDF_STANDARD: Literal["ua-1"] = "ua-1"


def write_pdf(template: str, data: dict[str, Any], entry: KitEntry, manifest: Manifest) -> bytes:
    """Return the PDF made by `template`; a warning of the compiler is an error here.

    System fonts are ignored and the date comes from the kit, so the bytes are
    the same on every machine.
    """
    try:
        content, warnings = typst.compile_with_warnings(
            str(_TEMPLATES / template),
            root=str(_TEMPLATES),
            font_paths=[str(_FONTS)],
            ignore_system_fonts=True,
            format="pdf",
            pdf_standards=PDF_STANDARD,
            timestamp=manifest.timestamp,
            sys_inputs={"about": json.dumps(_about(entry, manifest)), "data": json.dumps(data)},
        )
    except typst.TypstError as error:
        raise KitContentError(f"{entry.key}: {error.diagnostic}") from error
    if warnings:
        raise KitContentError(f"{entry.key}: {'; '.join(w.message for w in warnings)}")
    if not isinstance(content, bytes):
        raise KitContentError(f"{entry.key}: the compiler gave no PDF")
    return content


def _about(entry: KitEntry, manifest: Manifest) -> dict[str, Any]:
    """What every template says of its file: properties, licence, date."""
    language, region = LANGUAGE.split("-")
    return {
        "title": entry.title,
        "description": entry.description,
        "keywords": [word.strip() for word in entry.keywords.split(",")] + _mark(entry),
        "author": PUBLISHER,
        "language": language,
        "region": region,
        "licence": LICENCE_NAME,
        "licence_url": LICENCE_URL,
        "label": manifest.label,
        "contact": manifest.contact,
        "date": [manifest.released.year, manifest.released.month, manifest.released.day],
    }


def _mark(entry: KitEntry) -> list[str]:
    """What tells the site that it can build this file again with the logo of a co-op."""
    return [f"{PRINTED_MARK}{entry.key}"] if entry.recipe in LOGO_RECIPES else []


def count_pages(content: bytes) -> int:
    """Return the number of pages of a PDF."""
    document = pypdfium2.PdfDocument(content)
    try:
        return len(document)
    finally:
        document.close()
