"""Writes blocks as an OpenDocument text: the same letters and leaflets, for free office suites."""

from __future__ import annotations

import io
from xml.sax.saxutils import escape

from odfdo import Document, Element

from home.kit_files import markup
from home.kit_files.archive import normalise_zip
from home.kit_files.logo_zone import zone_picture
from home.kit_files.manifest import Manifest
from home.kit_files.markup import Block, Box, Heading, Listing, PageBreak, Paragraph, Span, Table
from home.kit_files.model import LICENCE_NAME, KitContentError, KitEntry
from home.kit_files.open_styles import Sheet, new_text
from home.kit_files.records import LegalRecord, quoted
from home.kit_files.word_document import Letter
from resources.branding.marks import LOGO_MARK, LOGO_WORDS

_ZONE_PATH = "Pictures/logo-zone.png"


def write_open_text(
    letter: Letter, entry: KitEntry, manifest: Manifest, legal: dict[str, LegalRecord], sheet: Sheet
) -> bytes:
    """Return the finished .odt; the same letter always gives the same bytes."""
    document = new_text(entry, manifest, sheet)
    body = document.body
    body.clear()
    kicker = f"{_logo_zone(document, sheet)}{escape(letter.kicker)}"
    body.append(_paragraph("Surtitre", kicker))
    body.append(_paragraph("Titre", escape(letter.title)))
    body.append(_paragraph("Sous-titre", _spans(markup.text_spans(letter.subtitle))))
    fresh = False
    for block in letter.blocks:
        if isinstance(block, PageBreak):
            fresh = True
            continue
        for element in _written(block, legal):
            if fresh:
                _on_a_new_page(element)
                fresh = False
            body.append(element)
    body.append(_paragraph("Mention", escape(f"{manifest.label} · Licence {LICENCE_NAME}")))
    stream = io.BytesIO()
    document.save(stream)
    return normalise_zip(stream.getvalue())


def _logo_zone(document: Document, sheet: Sheet) -> str:
    """The frame at the top right of the first page; it takes no room from the text."""
    width, height = sheet.zone
    document.set_part(_ZONE_PATH, zone_picture(width, height))
    document.manifest.add_full_path(_ZONE_PATH, "image/png")
    left = sheet.width - sheet.margin - width
    return (
        f'<draw:frame draw:name="{LOGO_MARK}" draw:style-name="Zone" text:anchor-type="paragraph"'
        f' svg:x="{left / 10:.2f}cm" svg:y="0.5cm" svg:width="{width / 10:.2f}cm"'
        f' svg:height="{height / 10:.2f}cm" draw:z-index="1"><draw:image xlink:href="{_ZONE_PATH}"'
        ' xlink:type="simple" xlink:show="embed" xlink:actuate="onLoad"/>'
        f"<svg:title>{LOGO_WORDS}</svg:title><svg:desc>{LOGO_WORDS}</svg:desc></draw:frame>"
    )


def _written(block: Block, legal: dict[str, LegalRecord]) -> list[Element]:
    if isinstance(block, Heading):
        return [
            Element.from_tag(
                f'<text:h text:style-name="Titre_{block.level}" text:outline-level="{block.level}">'
                f"{_spans(block.spans)}</text:h>"
            )
        ]
    if isinstance(block, Paragraph):
        return [_paragraph("Texte", _spans(block.spans))]
    if isinstance(block, Listing):
        return [_list(block)]
    if isinstance(block, Table):
        return [_paragraph("Legende", escape(block.caption)), _table(block)]
    if isinstance(block, Box):
        return _box(block, legal)
    raise KitContentError("a page break is written with the block that follows it")


def _on_a_new_page(element: Element) -> None:
    """Only headings begin pages: their style has a twin that breaks the page before itself."""
    style = element.get_attribute_string("text:style-name")
    if style != "Titre_1":
        raise KitContentError("an OpenDocument text begins a page with a heading")
    element.set_attribute("text:style-name", "Titre_1_page")


def _paragraph(style: str, inside: str) -> Element:
    return Element.from_tag(f'<text:p text:style-name="{style}">{inside}</text:p>')


def _list(listing: Listing) -> Element:
    style = "Numeros" if listing.ordered else "Puces"
    items = "".join(
        f'<text:list-item><text:p text:style-name="Point">{_spans(item)}</text:p></text:list-item>'
        for item in listing.items
    )
    return Element.from_tag(f'<text:list text:style-name="{style}">{items}</text:list>')


def _table(table: Table) -> Element:
    widths = table.widths or [100 // len(table.header)] * len(table.header)
    columns = "".join(
        f'<table:table-column table:style-name="Colonne_{width}"/>' for width in widths
    )
    head = "".join(_cell("Entete", spans) for spans in table.header)
    rows = "".join(
        f"<table:table-row>{''.join(_cell('Cellule', spans) for spans in row)}</table:table-row>"
        for row in table.rows
    )
    return Element.from_tag(
        f'<table:table table:name="{escape(table.caption)}" table:style-name="Tableau">{columns}'
        f"<table:table-header-rows><table:table-row>{head}</table:table-row>"
        f"</table:table-header-rows>{rows}</table:table>"
    )


def _cell(style: str, spans: list[Span]) -> str:
    return (
        f'<table:table-cell table:style-name="{style}" office:value-type="string">'
        f'<text:p text:style-name="Texte_{style}">{_spans(spans)}</text:p></table:table-cell>'
    )


def _box(box: Box, legal: dict[str, LegalRecord]) -> list[Element]:
    if box.kind == "legal" and not box.blocks:
        box = quoted(legal, box.title).as_box()
    written = []
    if box.title:
        title = _spans(markup.text_spans(box.title))
        written.append(_paragraph(f"Encadre_{box.kind}_titre", title))
    last = len(box.blocks) - 1
    for place, block in enumerate(box.blocks):
        ending = "_fin" if place == last else ""
        written.append(_paragraph(f"Encadre_{box.kind}{ending}", _spans(block.spans)))
    return written


def _spans(spans: list[Span]) -> str:
    return "".join(_span(span) for span in spans)


def _span(span: Span) -> str:
    text = escape(span.text).replace("\n", "<text:line-break/>")
    if span.kind == "field":
        return f'<text:span text:style-name="Champ">{text}</text:span>'
    style = {(True, False): "Gras", (False, True): "Italique", (True, True): "Gras_italique"}
    if name := style.get((span.bold, span.italic)):
        return f'<text:span text:style-name="{name}">{text}</text:span>'
    return text
