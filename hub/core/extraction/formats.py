"""Which module reads which kind of file. A child imports one of them only: it starts sooner."""

from typing import Final

READERS: Final = {
    "pdf": "hub.core.extraction.pdf",
    "docx": "hub.core.extraction.word",
    "pptx": "hub.core.extraction.slides",
    "xlsx": "hub.core.extraction.workbook",
    "odt": "hub.core.extraction.open_document",
    "odp": "hub.core.extraction.open_document",
    "ods": "hub.core.extraction.open_document",
    "csv": "hub.core.extraction.delimited",
}
