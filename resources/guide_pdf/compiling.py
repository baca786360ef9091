"""Compiles the data of a guide: tagged, PDF/UA-1, the same bytes for the same data."""

from __future__ import annotations

import json
import re
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import pypdfium2  # type: ignore[import-untyped]
import typst
from django.conf import settings

from resources.guide_pdf.content import GuideContent

TEMPLATE = Path(__file__).parent / "guide.typ"
SQUARE = "□"
MOST_UNDRAWN = 40
LAST_OF_BASIC_PLANE = 0xFFFF  # smileys stand beyond
_UNDRAWN = re.compile(r'the text `"(.+?)"` could not be displayed')


class PdfError(Exception):
    """The compiler refused the guide; the message is what it said."""


class MadePdf(NamedTuple):
    content: bytes
    pages: int


def template_bytes() -> bytes:
    return TEMPLATE.read_bytes()


def compile_pdf(guide: GuideContent) -> MadePdf:
    """Return the PDF. Raises PdfError, for a warning too.

    Nothing but what is given is read: no file of the machine, no font of the system, no network.
    A sign that no font can draw (a smiley) becomes a square: the rest of the guide is worth reading.
    """
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "pictures").mkdir()
        (root / "main.typ").write_bytes(template_bytes())
        for name, content in guide.pictures.items():
            (root / "pictures" / name).write_bytes(content)
        told = json.dumps(guide.data, ensure_ascii=False)
        return compiled_file(root, told, guide.data["date"])


def compiled_file(root: Path, told: str, date: list[int]) -> MadePdf:
    """Compile ``main.typ`` of a folder with ``told`` beside it as ``data.json``. Raises PdfError."""
    for _attempt in range(MOST_UNDRAWN):
        (root / "data.json").write_text(told, encoding="utf-8")
        try:
            return _compiled(root, date)
        except typst.TypstError as error:
            undrawn = set("".join(_UNDRAWN.findall(error.diagnostic))) & set(told)
            if not undrawn:
                raise PdfError(str(error.diagnostic)) from error
            beyond = {sign for sign in set(told) if ord(sign) > LAST_OF_BASIC_PLANE}
            told = told.translate(dict.fromkeys(map(ord, undrawn | beyond), SQUARE))
    raise PdfError("Too many signs of this text are in no font.")


def _compiled(root: Path, date: list[int]) -> MadePdf:
    content, warnings = typst.compile_with_warnings(
        str(root / "main.typ"),
        root=str(root),
        font_paths=[str(settings.FONTS_ROOT)],
        ignore_system_fonts=True,
        format="pdf",
        pdf_standards="ua-1",
        timestamp=datetime(date[0], date[1], date[2], tzinfo=UTC),
    )
    if warnings:
        raise PdfError("; ".join(warning.message for warning in warnings))
    assert isinstance(content, bytes)
    return MadePdf(content, count_pages(content))


def count_pages(content: bytes) -> int:
    document = pypdfium2.PdfDocument(content)
    try:
        return len(document)
    finally:
        document.close()
