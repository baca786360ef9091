"""Files of every kind that extraction reads, with known words on known pages, slides and sheets."""

import io
import zipfile
from collections.abc import Callable, Mapping

import docx
import openpyxl
import typst
import xlsxwriter
from docx.enum.text import WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from PIL import Image
from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.util import Inches

TITLE = "Guide de l’assemblée"
PAGES = [
    "La trésorière présente le budget prévisionnel.",
    "Un coefficient d’efficacité : l’œuvre de Noël, le maïs, l’août.",
    "La fanfare clôt la séance.",
]
ODF = "application/vnd.oasis.opendocument."
# Lines of a dozen letters: longer words have to be cut.
NARROW = "#set page(width: 3cm, height: 20cm, margin: 4mm)\n#set par(justify: true)\n"


def typst_pdf(pages: list[str], before: str = "", *, tagged: bool = True) -> bytes:
    """A PDF in French; tagged, it also meets PDF/UA-1."""
    head = f"#set document(title: [{TITLE}])\n#set text(lang: 'fr', region: 'FR')\n".replace(
        "'", '"'
    )
    source = head + before + "\n#pagebreak()\n".join(pages)
    standards = ["ua-1"] if tagged else []
    content = typst.compile(source.encode(), pdf_standards=standards, pdf_tags=tagged)
    assert isinstance(content, bytes)
    return content


def pdf() -> bytes:
    return typst_pdf(PAGES)


def scanned_pdf(pages: int = 2) -> bytes:
    """Pictures of pages, as a photocopier sends them."""
    pictures = [Image.new("RGB", (620, 877), (250, 250, 245)) for _page in range(pages)]
    return saved(
        lambda file: pictures[0].save(file, "PDF", save_all=True, append_images=pictures[1:])
    )


def word() -> bytes:
    """Three headings, a table, hidden and deleted words, a note at the foot of every page."""
    document = docx.Document()
    document.core_properties.title, document.core_properties.language = TITLE, "fr-FR"
    document.add_paragraph("Avant tout titre : bienvenue.")
    for number, words in enumerate(PAGES, start=1):
        document.add_heading(f"Chapitre {number}", level=1)
        document.add_paragraph(words)
    document.add_table(1, 2).cell(0, 1).text = "Procurations"
    document.add_paragraph("Visible").add_run("Invisible").font.hidden = True
    document.add_paragraph("Gauche").add_run().add_break(WD_BREAK.LINE)
    _delete(document.add_paragraph("Gardé"), "Rayé")
    document.sections[0].footer.paragraphs[0].text = "Fédération des coopératives"
    return saved(document.save)


def _delete(paragraph: object, words: str) -> None:
    """Add words that a reviewer has struck out."""
    deletion, run, text = (OxmlElement(name) for name in ("w:del", "w:r", "w:delText"))
    deletion.set(qn("w:id"), "1")
    text.text = words
    run.append(text)
    deletion.append(run)
    paragraph._p.append(deletion)


def slides() -> bytes:
    """Three slides: text, a table and notes on each; the second has a chart; the third is hidden."""
    deck = Presentation()
    deck.core_properties.title, deck.core_properties.language = TITLE, "fr"
    for number, words in enumerate(PAGES, start=1):
        slide = deck.slides.add_slide(deck.slide_layouts[1])
        slide.shapes.title.text = f"Diapositive {number}"
        slide.placeholders[1].text = words
        box = (Inches(1), Inches(5), Inches(6), Inches(1))
        slide.shapes.add_table(1, 1, *box).table.cell(0, 0).text = f"Tableau {number}"
        slide.notes_slide.notes_text_frame.text = f"Souffler la réponse {number}"
    data = CategoryChartData()
    data.categories = ["Printemps", "Automne"]
    data.add_series("Présents", (41, 63))
    deck.slides[1].shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, *box, data)
    deck.slides[2]._element.set("show", "0")
    return saved(deck.save)


def workbook() -> bytes:
    """Three sheets; the second is hidden."""
    book = openpyxl.Workbook()
    book.properties.title, book.properties.language = TITLE, "fr"
    for number, words in enumerate(PAGES, start=1):
        sheet = book.active if number == 1 else book.create_sheet()
        sheet.title = f"Feuille {number}"
        sheet.append([words, None, 41.5, True])
        sheet.append(["=A1", "Présents"])
    book.worksheets[1].sheet_state = "hidden"
    return saved(book.save)


def shared_workbook() -> bytes:
    """As Excel writes it: the words of all cells in one table, some in two styles."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target) as book:
        bold = book.add_format({"bold": True})
        for number, words in enumerate(PAGES, start=1):
            sheet = book.add_worksheet(f"Feuille {number}")
            sheet.write_row(0, 0, [words, "Présents", 42])
            sheet.write_rich_string(1, 0, "à moitié ", bold, "gras", " et la suite")
            sheet.insert_textbox(3, 0, f"Cadre {number}")
    return target.getvalue()


def open_document(kind: str, body: str, styles: str = "", automatic: str = "") -> bytes:
    """``body`` stands in ``office:text``, ``office:presentation`` or ``office:spreadsheet``."""
    meta = f"<office:meta><dc:title>{TITLE}</dc:title></office:meta>"
    content = (
        f"<office:automatic-styles>{automatic}</office:automatic-styles>"
        f"<office:body><office:{kind}>{body}</office:{kind}></office:body>"
    )
    french = (
        '<office:styles><style:default-style style:family="paragraph"><style:text-properties '
        f'fo:language="fr" fo:country="FR"/></style:default-style></office:styles>{styles}'
    )
    return zipped(
        {
            "mimetype": (ODF + kind).encode(),
            "content.xml": odf_xml("document-content", content),
            "styles.xml": odf_xml("document-styles", french),
            "meta.xml": odf_xml("document-meta", meta),
            "META-INF/manifest.xml": b"<manifest/>",
        }
    )


def odf_xml(root: str, content: str) -> bytes:
    spaces = ["office", "text", "table", "style", "presentation", "fo:xsl-fo-compatible"]
    spaces += ["draw:drawing", "svg:svg-compatible"]
    names = " ".join(
        f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{(space or prefix)}:1.0"'
        for prefix, _separator, space in (name.partition(":") for name in spaces)
    )
    dc = 'xmlns:dc="http://purl.org/dc/elements/1.1/"'
    return f'<?xml version="1.0"?><office:{root} {names} {dc}>{content}</office:{root}>'.encode()


def open_text() -> bytes:
    chapters = "".join(
        f'<text:h text:outline-level="1">Chapitre {n}</text:h><text:p>{words}'
        "<text:s/>fin<office:annotation><text:p>Remarque</text:p></office:annotation></text:p>"
        for n, words in enumerate(PAGES, start=1)
    )
    hidden = (
        '<style:style style:name="T1" style:family="text">'
        '<style:text-properties text:display="none"/></style:style>'
    )
    deleted = "<text:tracked-changes><text:p>Rayé</text:p></text:tracked-changes>"
    picture = "<draw:frame><svg:title>Portrait</svg:title></draw:frame>"
    footer = (
        "<office:master-styles><style:master-page><style:footer><text:p>Fédération des "
        "coopératives</text:p></style:footer></style:master-page></office:master-styles>"
    )
    body = f"{deleted}<text:p>{picture}Avant tout titre.</text:p>{chapters}"
    return open_document("text", body, footer, hidden)


def open_slides() -> bytes:
    hidden = (
        '<style:style style:name="dp3" style:family="drawing-page">'
        '<style:drawing-page-properties presentation:visibility="hidden"/></style:style>'
    )
    pages = "".join(
        f'<draw:page draw:style-name="dp{n}"><draw:frame presentation:class="title"><draw:text-box>'
        f"<text:p>Diapositive {n}</text:p></draw:text-box></draw:frame><draw:frame><draw:text-box>"
        f"<text:p>{words}</text:p></draw:text-box></draw:frame></draw:page>"
        for n, words in enumerate(PAGES, start=1)
    )
    return open_document("presentation", pages, automatic=hidden)


def open_workbook() -> bytes:
    hidden = (
        '<style:style style:name="ta2" style:family="table">'
        '<style:table-properties table:display="false"/></style:style>'
    )
    cell = "<table:table-cell><text:p>{}</text:p></table:table-cell>"
    sheets = "".join(
        f'<table:table table:name="Feuille {n}" table:style-name="ta{n}"><table:table-row>'
        f"{cell.format(words)}<table:table-cell/>{cell.format('41,5')}</table:table-row></table:table>"
        for n, words in enumerate(PAGES, start=1)
    )
    return open_document("spreadsheet", sheets, automatic=hidden)


def zipped(members: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    def write(file: io.BytesIO) -> None:
        with zipfile.ZipFile(file, "w", method) as archive:
            for name, content in members.items():
                archive.writestr(name, content)

    return saved(write)


def unzipped(package: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def with_parts(package: bytes, parts: Mapping[str, bytes]) -> bytes:
    """The same package with parts added or replaced."""
    return zipped(unzipped(package) | parts)


def saved(save: Callable[[io.BytesIO], object]) -> bytes:
    target = io.BytesIO()
    save(target)
    return target.getvalue()
