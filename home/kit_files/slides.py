"""Writes the deck of the assembly: a title on every slide, notes to say aloud."""

from __future__ import annotations

import copy
import io
from pathlib import Path
from typing import Any

from pptx.dml.color import RGBColor
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.presentation import Presentation as Deck
from pptx.slide import Slide
from pptx.util import Emu, Inches, Pt

from home.kit_files.archive import normalise_zip
from home.kit_files.logo_zone import add_slide_zone
from home.kit_files.manifest import Manifest, read_toml
from home.kit_files.markup import text_spans
from home.kit_files.model import LANGUAGE, LICENCE_NAME, KitContentError, KitEntry
from home.kit_files.slide_theme import (
    BODY_TOP,
    BODY_WIDTH,
    DEEP,
    INK,
    LEFT,
    MIST,
    SAND,
    WARM,
    WHITE,
    layout_named,
    new_deck,
    placeholders,
)
from home.kit_files.typography import french_spaces

_POSITIONS = {"cover": 0, "bullets": 1, "quote": 2, "two": 3, "figures": 5, "table": 5,
              "resolution": 5}  # fmt: skip
_QUESTIONS = (
    ("On vous demande de…", "asked"),
    ("Pourquoi ?", "why"),
    ("Ce que ça change pour vous", "changes"),
)


def read_slides(path: Path) -> list[dict[str, Any]]:
    """Return the slides of one source; each has at least a layout, a title and notes."""
    slides: list[dict[str, Any]] = read_toml(path)["slide"]
    for number, slide in enumerate(slides, start=1):
        missing = {"layout", "title", "say"} - slide.keys()
        if missing or slide["layout"] not in _POSITIONS:
            raise KitContentError(f"{path.name}: slide {number} lacks a layout, a title or notes")
    return slides


def write_slides(slides: list[dict[str, Any]], entry: KitEntry, manifest: Manifest) -> bytes:
    """Return the finished .pptx; the same slides always give the same bytes."""
    deck = new_deck(entry, manifest)
    for number, source in enumerate(slides, start=1):
        slide = _add_slide(deck, source)
        if source["layout"] != "cover":
            _add_number(slide)
        closing = number == len(slides)
        _write_notes(slide, source["say"], manifest if closing else None)
    stream = io.BytesIO()
    deck.save(stream)
    return normalise_zip(stream.getvalue())


def _add_slide(deck: Deck, source: dict[str, Any]) -> Slide:
    slide: Slide = deck.slides.add_slide(layout_named(deck, _POSITIONS[source["layout"]]))
    cover = source["layout"] == "cover"
    title: Any = slide.shapes.title
    _write(title.text_frame, [source["title"]], field=SAND if cover else WARM)
    fill = {
        "cover": _fill_cover,
        "bullets": _fill_bullets,
        "quote": _fill_quote,
        "two": _fill_two,
        "figures": _fill_figures,
        "table": _fill_table,
        "resolution": _fill_resolution,
    }[source["layout"]]
    fill(slide, source)
    return slide


def _fill_cover(slide: Slide, source: dict[str, Any]) -> None:
    _write(slide.placeholders[1].text_frame, [source["subtitle"]], field=SAND)
    add_slide_zone(slide)


def _fill_bullets(slide: Slide, source: dict[str, Any]) -> None:
    _write(slide.placeholders[1].text_frame, source["bullets"])


def _fill_quote(slide: Slide, source: dict[str, Any]) -> None:
    frame = slide.placeholders[1].text_frame
    _write(frame, [source["quote"], source["source"]])
    for run in frame.paragraphs[1].runs:
        run.font.size = Pt(24)
    frame.paragraphs[1].space_before = Pt(18)


def _fill_two(slide: Slide, source: dict[str, Any]) -> None:
    for index, side in ((1, "left"), (2, "right")):
        frame = slide.placeholders[index].text_frame
        _write(frame, [f"**{source[f'{side}_title']}**", *source[side]])
        heading = frame.paragraphs[0]
        properties = heading._p.get_or_add_pPr()
        properties.set("marL", "0")
        properties.set("indent", "0")
        properties.append(properties.makeelement(qn("a:buNone"), {}))
        for run in heading.runs:
            run.font.color.rgb = WARM


def _fill_figures(slide: Slide, source: dict[str, Any]) -> None:
    figures = source["figures"]
    gap = Inches(0.4)
    width = (BODY_WIDTH - gap * (len(figures) - 1)) // len(figures)
    for position, (value, label) in enumerate(figures):
        card = slide.shapes.add_shape(
            MSO_SHAPE.ROUNDED_RECTANGLE,
            Emu(LEFT + position * (width + gap)), Inches(2.3), Emu(width), Inches(3.6),
        )  # fmt: skip
        card.name = f"Chiffre {position + 1}"
        card.adjustments[0] = 0.05
        card.fill.solid()
        card.fill.fore_color.rgb = MIST
        card.line.color.rgb = DEEP
        card.shadow.inherit = False
        card.text_frame.word_wrap = True
        card.text_frame.vertical_anchor = MSO_ANCHOR.TOP
        card.text_frame.margin_top = Inches(0.5)
        _write(card.text_frame, [value, label])
        for paragraph, size, colour in zip(
            card.text_frame.paragraphs, (Pt(66), Pt(26)), (WARM, INK), strict=True
        ):
            paragraph.alignment = PP_ALIGN.CENTER
            for run in paragraph.runs:
                run.font.size, run.font.color.rgb, run.font.bold = size, colour, size > Pt(30)


def _fill_table(slide: Slide, source: dict[str, Any]) -> None:
    _add_table(slide, [source["header"], *source["rows"]], (4.2, 2.2, 5.33), source["caption"])


def _fill_resolution(slide: Slide, source: dict[str, Any]) -> None:
    rows = [["Question", "En clair"]]
    rows += [[question, source[key]] for question, key in _QUESTIONS]
    _add_table(slide, rows, (3.6, 8.13), f"Explication : {source['title']}")


def _add_table(
    slide: Slide, rows: list[list[str]], widths: tuple[float, ...], description: str
) -> None:
    height = Inches(4.3)
    frame = slide.shapes.add_table(len(rows), len(widths), LEFT, BODY_TOP, BODY_WIDTH, height)
    frame.name = "Tableau"
    frame._element.nvGraphicFramePr.cNvPr.set("descr", french_spaces(description))
    table = frame.table
    table.first_row, table.first_col, table.horz_banding = True, True, False
    for column, width in enumerate(widths):
        table.columns[column].width = Inches(width)
    table.rows[0].height = Inches(0.6)
    for number, row in enumerate(rows):
        for column, text in enumerate(row):
            _fill_cell(table.cell(number, column), text, header=number == 0, first=column == 0)


def _fill_cell(cell: Any, text: str, *, header: bool, first: bool) -> None:
    _write(cell.text_frame, [text])
    cell.margin_left = cell.margin_right = Inches(0.15)
    cell.margin_top = cell.margin_bottom = Inches(0.09)
    cell.vertical_anchor = MSO_ANCHOR.MIDDLE
    cell.fill.solid()
    cell.fill.fore_color.rgb = DEEP if header else MIST if first else WHITE
    for run in cell.text_frame.paragraphs[0].runs:
        run.font.size = Pt(20 if header else 24)
        run.font.bold = header or first
        if header or first:
            run.font.color.rgb = WHITE if header else DEEP


def _write(frame: Any, lines: list[str], *, field: RGBColor = WARM) -> None:
    """Write one paragraph a line, each run marked as French; fields stand out in colour."""
    for number, line in enumerate(lines):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        for span in text_spans(line):
            run = paragraph.add_run()
            run.text = span.text
            run.font.bold = True if span.bold else None
            if span.kind == "field":
                run.font.color.rgb = field
            run._r.get_or_add_rPr().set("lang", LANGUAGE)


def _add_number(slide: Slide) -> None:
    """Copy the layout's slide number: new slides do not get it by themselves."""
    for shape in placeholders(slide.slide_layout):
        if shape.element.ph.get("type") == "sldNum":
            slide.shapes._spTree.append(copy.deepcopy(shape.element))


def _write_notes(slide: Slide, say: str, closing: Manifest | None) -> None:
    lines = [line for line in say.strip().splitlines() if line.strip()]
    if closing is not None:
        lines.append(f"Modèle du kit AG des Coop’HLM, {closing.label} · Licence {LICENCE_NAME}")
    frame = slide.notes_slide.notes_text_frame
    if frame is None:
        raise KitContentError("the deck's notes have no text")
    _write(frame, lines)
