"""Files that editors send, good ones and each with one thing to mend; the gate takes them all."""

import docx
import openpyxl
from pptx import Presentation

from tests.core import extraction_files as made
from tests.security.bad_files import with_parts

LINES = "nom;présents\nCoop des Trois Rivières;42\n"


def tagged_pdf() -> bytes:
    return made.pdf()


def pdf_without_language() -> bytes:
    """The key of the language has another name, of the same length: no offset moves."""
    content = made.pdf()
    assert b"/Lang" in content
    return content.replace(b"/Lang", b"/Xang")


def untagged_pdf() -> bytes:
    return made.typst_pdf(made.PAGES, tagged=False)


def heavy_pdf() -> bytes:
    """The same pages, and eleven megabytes that no reader looks at."""
    content = made.pdf()
    return (
        content + b"%" + b"x" * (11 * 1024 * 1024) + b"\n" + content[content.rindex(b"startxref") :]
    )


def scanned_pdf() -> bytes:
    return made.scanned_pdf()


def french_word() -> bytes:
    return made.word()


def english_word() -> bytes:
    document = docx.Document()
    document.core_properties.language = "en-GB"
    document.add_paragraph("Every member has one vote, whatever shares they hold.")
    return made.saved(document.save)


def french_slides() -> bytes:
    deck = Presentation()
    deck.core_properties.language = "fr-FR"
    slide = deck.slides.add_slide(deck.slide_layouts[5])
    slide.shapes.title.text = "Bienvenue à l’assemblée"
    return made.saved(deck.save)


def figures() -> bytes:
    book = openpyxl.Workbook()
    book.active.append(["Année", "Présents"])
    book.active.append([2026, 63])
    return made.saved(book.save)


def broken_workbook() -> bytes:
    return with_parts(figures(), {"xl/workbook.xml": b"<workbook"})


def names() -> bytes:
    return LINES.encode()
