"""Tables of the Word files: a marked header row, a caption, readable cells."""

from __future__ import annotations

from collections.abc import Callable

from docx.document import Document as WordDocument
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Emu, Mm
from docx.table import Table as WordTable
from docx.table import _Cell, _Row
from docx.text.paragraph import Paragraph as WordParagraph

from home.kit_files.markup import Spans, Table
from home.kit_files.word_styles import DEEP, TEXT_WIDTH

_RULE = "B9C7C6"
_HEAD_COLUMN = "EEF4F3"

WriteSpans = Callable[[WordParagraph, Spans], None]


def write_table(document: WordDocument, table: Table, write_spans: WriteSpans) -> None:
    """Add the table; its first row repeats on every page it runs over."""
    grid = document.add_table(rows=0, cols=len(table.header))
    grid.autofit = False
    _describe(grid, table.caption)
    widths = table.widths or [100 // len(table.header)] * len(table.header)
    for number, row in enumerate([table.header, *table.rows]):
        line = grid.add_row()
        _keep_whole(line, header=number == 0)
        if table.row_height and number:
            line.height = Mm(table.row_height)
        for column, spans in enumerate(row):
            cell = line.cells[column]
            cell.width = Emu(TEXT_WIDTH * widths[column] // 100)
            _fill(cell, spans, write_spans, header=number == 0, first=column == 0)
    for column, width in enumerate(widths):
        grid.columns[column].width = Emu(TEXT_WIDTH * width // 100)


def _fill(cell: _Cell, spans: Spans, write_spans: WriteSpans, *, header: bool, first: bool) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.style = "Cellule en-tête" if header else "Cellule"
    write_spans(paragraph, spans)
    if first and not header:
        for run in paragraph.runs:
            run.bold = True
    fill = DEEP if header else _HEAD_COLUMN if first else None
    if fill:
        cell._tc.get_or_add_tcPr().append(_element("w:shd", val="clear", color="auto", fill=fill))


def _keep_whole(row: _Row, *, header: bool) -> None:
    properties = row._tr.get_or_add_trPr()
    properties.append(_element("w:cantSplit"))
    if header:
        properties.append(_element("w:tblHeader"))


def _describe(grid: WordTable, caption: str) -> None:
    """Set borders, margins, header flags and alternative text, in the order of the schema."""
    properties = grid._tbl.tblPr
    for name in ("w:tblLook", "w:tblLayout"):
        for old in properties.findall(qn(name)):
            properties.remove(old)
    look = {
        "val": "00A0", "firstRow": "1", "lastRow": "0", "firstColumn": "1",
        "lastColumn": "0", "noHBand": "0", "noVBand": "1",
    }  # fmt: skip
    properties.append(_borders())
    properties.append(_element("w:tblLayout", type="fixed"))
    properties.append(_cell_margins())
    properties.append(_element("w:tblLook", **look))
    properties.append(_element("w:tblCaption", val=caption))


def _borders() -> BaseOxmlElement:
    borders = _element("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        borders.append(_element(f"w:{side}", val="single", sz="4", space="0", color=_RULE))
    return borders


def _cell_margins() -> BaseOxmlElement:
    margins = _element("w:tblCellMar")
    for side in ("top", "left", "bottom", "right"):
        width = "100" if side in {"left", "right"} else "40"
        margins.append(_element(f"w:{side}", w=width, type="dxa"))
    return margins


def _element(name: str, **attributes: str) -> BaseOxmlElement:
    element = OxmlElement(name)
    for attribute, value in attributes.items():
        element.set(qn(f"w:{attribute}"), value)
    return element
