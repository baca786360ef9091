"""PDF: the text of each page, as PDFium finds it."""

import ctypes
from typing import BinaryIO, Final

import pypdfium2  # type: ignore[import-untyped]
from pypdfium2 import raw as pdfium

from hub.core.extraction.collector import Collector, Encrypted
from hub.core.extraction.result import MAX_PAGES

# PDFium writes one of these instead of a hyphen and the end of its line.
CUT_MARKS: Final = str.maketrans({"\ufffe": "-\n", "\x02": "-\n", "\u00ad": "-"})
LONGEST_LANGUAGE: Final = 64


def read(file: BinaryIO, collector: Collector) -> None:
    collector.lines_are_cut = True
    try:
        document = pypdfium2.PdfDocument(file.read())
    except pypdfium2.PdfiumError as error:
        if error.err_code == pdfium.FPDF_ERR_PASSWORD:
            raise Encrypted from error
        raise
    collector.page_count = len(document)
    collector.encrypted = pdfium.FPDF_GetSecurityHandlerRevision(document) >= 0
    collector.tagged = bool(pdfium.FPDFCatalog_IsTagged(document))
    collector.title = document.get_metadata_value("Title")
    collector.language = _language(document)
    found = [
        _read_page(document, index, collector) for index in range(min(len(document), MAX_PAGES))
    ]
    collector.truncated = len(document) > MAX_PAGES
    collector.image_only = bool(found) and not any(found) and not collector.problem


def _read_page(document: pypdfium2.PdfDocument, index: int, collector: Collector) -> bool:
    """Whether the page has text. A page that cannot be opened does not hide the others."""
    collector.check_time()
    try:
        page = document[index]
        text_page = page.get_textpage()
    except pypdfium2.PdfiumError:
        collector.problem = "malformed"
        return False
    text = text_page.get_text_range()
    text_page.close()
    page.close()
    collector.page(index + 1, "page", text.translate(CUT_MARKS))
    return bool(text.strip())


def _language(document: pypdfium2.PdfDocument) -> str:
    """What the catalogue declares, « fr-FR »; PDFium counts bytes, with a NUL at the end."""
    buffer = (pdfium.FPDF_WCHAR * LONGEST_LANGUAGE)()
    size = pdfium.FPDFCatalog_GetLanguage(document, buffer, ctypes.sizeof(buffer))
    if not 0 < size <= ctypes.sizeof(buffer):
        return ""
    return bytes(buffer)[:size].decode("utf-16-le", "ignore").rstrip("\0")
