"""PDF files that only show pages: nothing runs, starts a program or hides another file."""

import re
import zlib
from collections.abc import Iterator
from typing import Final

import pypdfium2
from django.utils.translation import gettext_lazy as _
from pypdfium2 import raw as pdfium

from hub.core.upload_rules import MEGABYTE, UploadRefused, damaged, not_what_its_name_says

MAX_INFLATED: Final = 100 * MEGABYTE
HEAD: Final = 2048


def _name(word: str) -> bytes:
    """A PDF name may write any of its letters as ``#4A``: the pattern matches all spellings."""
    letters = [rb"(?:%s|#(?i:%02x))" % (re.escape(c.encode()), ord(c)) for c in word]
    return rb"/" + b"".join(letters) + rb"(?=[\s\x00/<>\[\]()%]|$)"


ACTIVE: Final = re.compile(
    b"|".join(_name(w) for w in ("JavaScript", "Launch", "EmbeddedFile", "EmbeddedFiles",
                                 "RichMedia", "XFA"))
)  # fmt: skip
ENCRYPTED: Final = re.compile(_name("Encrypt"))
OBJECT_STREAM: Final = re.compile(_name("ObjStm"))
ODD_FILTER: Final = re.compile(
    rb"LZWDecode|ASCII85Decode|ASCIIHexDecode|RunLengthDecode|/Crypt|#[0-9A-Fa-f]{2}"
)
STREAM: Final = re.compile(rb"stream\r?\n")
LISTS_OBJECTS: Final = re.compile(rb"[\s\x00]*(?:%[^\r\n]*[\r\n]+\s*)*\d{1,10}\s+\d{1,10}\s")


def check_pdf(content: bytes) -> None:
    """Refuse a PDF that is damaged, protected, active, or something else besides."""
    if not content.startswith(b"%PDF-"):
        raise not_what_its_name_says("pdf")
    if b"%%EOF" not in content[-HEAD:]:
        raise damaged()
    if ENCRYPTED.search(content):
        raise UploadRefused(_("This file is protected by a password: remove it first."))
    if ACTIVE.search(content) or any(ACTIVE.search(text) for text in _object_streams(content)):
        raise _active()
    _check_as_a_reader_opens_it(content)


def page_count(content: bytes) -> int | None:
    """Return the number of pages, None for what no reader opens. Nothing is drawn."""
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError:
        return None
    try:
        return len(document)
    finally:
        document.close()


def _object_streams(content: bytes) -> Iterator[bytes]:
    """The compressed lists of objects, recognised by what they hold: their label may lie."""
    left = MAX_INFLATED
    for found in STREAM.finditer(content):
        before = content[max(0, found.start() - HEAD) : found.start()]
        dictionary = before[before.rfind(b"obj") + 3 :]
        labelled = OBJECT_STREAM.search(dictionary)
        if labelled and ODD_FILTER.search(dictionary):
            raise _active()
        inflater = zlib.decompressobj()
        try:
            head = inflater.decompress(content[found.end() : found.end() + HEAD], HEAD)
            if not labelled and not LISTS_OBJECTS.match(head):
                continue
            rest = (
                inflater.unconsumed_tail + content[found.end() + HEAD : _end(content, found.end())]
            )
            text = head + inflater.decompress(rest, max(1, left))
        except zlib.error:
            continue
        left -= len(text)
        if left <= 0:
            raise UploadRefused(_("Once unpacked, this file is far too large."))
        yield text


def _end(content: bytes, start: int) -> int:
    end = content.find(b"endstream", start)
    return end if end >= 0 else len(content)


def _check_as_a_reader_opens_it(content: bytes) -> None:
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        raise damaged() from error
    try:
        if len(document) < 1:
            raise damaged()
        if pdfium.FPDFDoc_GetJavaScriptActionCount(document) > 0:
            raise _active()
        if pdfium.FPDFDoc_GetAttachmentCount(document) > 0:
            raise _active()
    finally:
        document.close()


def _active() -> UploadRefused:
    return UploadRefused(
        _("This PDF holds a script, a program or another file: print it to a new PDF.")
    )
