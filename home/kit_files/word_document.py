"""Writes blocks as a Word file: real headings, lists, captioned tables, boxes."""

from __future__ import annotations

import io
from dataclasses import dataclass

from docx.document import Document as WordDocument
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.shared import Pt
from docx.text.paragraph import Paragraph as WordParagraph

from home.kit_files import markup
from home.kit_files.archive import normalise_zip
from home.kit_files.logo_zone import add_letter_zone
from home.kit_files.manifest import Manifest
from home.kit_files.markup import Block, Box, Heading, Listing, PageBreak, Paragraph, Span, Table
from home.kit_files.model import LICENCE_NAME, KitEntry
from home.kit_files.records import LegalRecord, quoted
from home.kit_files.word_controls import add_checkbox, add_field, add_page_number
from home.kit_files.word_styles import TEXT_WIDTH, TICK_STYLE, box_style, new_document
from home.kit_files.word_tables import write_table

# Word has no « space after » for a table: the next paragraph carries it.
_SPACE_AFTER_TABLE = Pt(10)


@dataclass(frozen=True, slots=True)
class Letter:
    """The text of one Word file: the band at the top, then its blocks."""

    kicker: str
    title: str
    subtitle: str
    blocks: list[Block]


def write_word(
    letter: Letter, entry: KitEntry, manifest: Manifest, legal: dict[str, LegalRecord]
) -> bytes:
    """Return the finished .docx; the same letter always gives the same bytes."""
    document = new_document(entry, manifest)
    add_letter_zone(document)
    document.add_paragraph(letter.kicker, style="Surtitre")
    document.add_paragraph(letter.title, style="Title")
    write_spans(document.add_paragraph(style="Subtitle"), markup.text_spans(letter.subtitle))
    writer = _BlockWriter(document, legal)
    for block in letter.blocks:
        writer.write(block)
    _write_footer(document, manifest)
    stream = io.BytesIO()
    document.save(stream)
    return normalise_zip(stream.getvalue())


def write_spans(paragraph: WordParagraph, spans: list[Span]) -> None:
    """Add the spans to a paragraph, fields and boxes to tick as real controls."""
    for position, span in enumerate(spans):
        if span.kind == "field":
            add_field(paragraph, span.text, bold=span.bold)
        elif span.kind == "check":
            following = spans[position + 1].text if position + 1 < len(spans) else "Case à cocher"
            add_checkbox(paragraph, following.strip() or "Case à cocher")
        else:
            run = paragraph.add_run(span.text)
            run.bold, run.italic = span.bold or None, span.italic or None


def _write_footer(document: WordDocument, manifest: Manifest) -> None:
    footer = document.sections[0].footer.paragraphs[0]
    footer.paragraph_format.tab_stops.add_tab_stop(TEXT_WIDTH, WD_TAB_ALIGNMENT.RIGHT)
    footer.add_run(f"Modèle du kit AG des Coop’HLM, {manifest.label} · {LICENCE_NAME}\t")
    add_page_number(footer)


class _BlockWriter:
    """Writes one block after the other; remembers a page break or a space that is due."""

    def __init__(self, document: WordDocument, legal: dict[str, LegalRecord]) -> None:
        self._document = document
        self._legal = legal
        self._break_due = False
        self._after_table = False

    def write(self, block: Block) -> None:
        if isinstance(block, PageBreak):
            self._break_due = True
        elif isinstance(block, Heading):
            self._paragraph(f"Heading {block.level}", block.spans)
        elif isinstance(block, Paragraph):
            self._paragraph("Normal", block.spans)
        elif isinstance(block, Listing):
            self._listing(block)
        elif isinstance(block, Table):
            self._paragraph("Caption", markup.text_spans(block.caption))
            write_table(self._document, block, write_spans)
            self._after_table = True
        else:
            self._box(block)

    def _paragraph(self, style: str, spans: list[Span]) -> WordParagraph:
        paragraph = self._document.add_paragraph(style=style)
        write_spans(paragraph, spans)
        if self._break_due:
            paragraph.paragraph_format.page_break_before = True
            self._break_due = False
        if self._after_table:
            look = self._document.styles[style]
            before = look.paragraph_format.space_before or Pt(0)
            paragraph.paragraph_format.space_before = max(before, _SPACE_AFTER_TABLE)
            self._after_table = False
        return paragraph

    def _listing(self, listing: Listing) -> None:
        style = "List Bullet"
        if listing.ordered:
            style, number = "List Number", self._fresh_numbering()
        elif listing.tickable:
            style = TICK_STYLE
        for item in listing.items:
            paragraph = self._paragraph(style, item)
            if listing.ordered:
                properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
                properties.get_or_add_numId().val = number
                properties.get_or_add_ilvl().val = 0
        paragraph.paragraph_format.space_after = Pt(10)

    def _fresh_numbering(self) -> int:
        """Return the id of a numbering that starts again at 1."""
        numbering = self._document.part.numbering_part.element
        style = self._document.styles["List Number"].element
        model = numbering.num_having_numId(style.pPr.numPr.numId.val)
        fresh = numbering.add_num(model.abstractNumId.val)
        fresh.add_lvlOverride(ilvl=0).add_startOverride(1)
        return int(fresh.numId)

    def _box(self, box: Box) -> None:
        if box.kind == "legal" and not box.blocks:
            box = quoted(self._legal, box.title).as_box()
        if box.title:
            self._paragraph(box_style(box.kind, title=True), markup.text_spans(box.title))
        for block in box.blocks:
            paragraph = self._paragraph(box_style(box.kind, title=False), block.spans)
        paragraph.paragraph_format.space_after = Pt(12)
