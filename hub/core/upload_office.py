"""Office documents without anything that runs, embeds or loads from elsewhere by itself.

DOCX, PPTX and XLSX (OOXML), ODT, ODP and ODS (OpenDocument): both are zips of XML parts.
"""

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from typing import BinaryIO, Final
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring
from django.utils.translation import gettext_lazy as _

from hub.core.upload_archives import check_archive
from hub.core.upload_rules import (
    MEGABYTE,
    OFFICE,
    UploadRefused,
    damaged,
    not_what_its_name_says,
)

MAIN_PART: Final = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
}
MIME_TYPE: Final = {
    "odt": b"application/vnd.oasis.opendocument.text",
    "odp": b"application/vnd.oasis.opendocument.presentation",
    "ods": b"application/vnd.oasis.opendocument.spreadsheet",
}
ACTIVE_PART: Final = re.compile(
    r"vbaproject|vbadata|activex|macrosheets|oleobject|customui/.*\.vb|\.(exe|dll|js|vbs|hta)$"
    r"|^basic/|^scripts/",
    re.IGNORECASE,
)
ACTIVE_TYPE: Final = re.compile(
    r"macroenabled|vbaproject|activex|oleobject|ms-office\.vba|excel4|oleobject", re.IGNORECASE
)
ACTIVE_WORDS: Final = re.compile(
    rb"vnd\.sun\.star\.script|instrText[^>]*>\s*DDE(?:AUTO)?\b|<ddeLink\b|encryption-data"
    rb"|vnd\.sun\.star\.oleobject",
    re.IGNORECASE,
)
LOADED_FROM_ELSEWHERE: Final = re.compile(
    rb"<(?=[^>]*actuate=\"onLoad\")[^>]*href=\"(?:https?|ftp|file|smb|\\\\\\\\)[^>]*>",
    re.IGNORECASE,
)
DOCUMENT_TYPE: Final = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
XML_PART: Final = (".xml", ".rels", ".vml", ".rdf")
MAX_XML: Final = 100 * MEGABYTE
SAFE_LINKS: Final = {"", "http", "https", "mailto", "tel", "file"}
EMBEDDED: Final = (*OFFICE,)

CheckEmbedded = Callable[[str, BinaryIO], None]


def check_office(extension: str, file: BinaryIO, check_embedded: CheckEmbedded) -> None:
    """Refuse an office document that is not what ``extension`` says, or that is not inert.

    ``check_embedded`` judges the workbooks that charts carry.
    """
    document = _Document(extension, check_embedded)
    check_archive(file, document.visit)
    document.finish()


class _Document:
    def __init__(self, extension: str, check_embedded: CheckEmbedded) -> None:
        self.extension = extension
        self.check_embedded = check_embedded
        self.is_said_to_be = False
        self.first = True

    def visit(self, info: zipfile.ZipInfo, content: Iterator[bytes]) -> None:
        name = info.filename
        if ACTIVE_PART.search(name):
            raise _active()
        lower = name.lower()
        if "/embeddings/" in lower:
            self._check_embedding(lower, content)
        elif lower.endswith(XML_PART):
            self._check_xml(name, b"".join(_at_most(content, MAX_XML)))
        elif name == "mimetype" and self.extension in MIME_TYPE:
            wanted = MIME_TYPE[self.extension]
            self.is_said_to_be = self.first and b"".join(content).strip() == wanted
        self.first = False

    def finish(self) -> None:
        if not self.is_said_to_be:
            raise not_what_its_name_says(self.extension)

    def _check_embedding(self, name: str, content: Iterator[bytes]) -> None:
        if not name.endswith(tuple(f".{extension}" for extension in EMBEDDED)):
            raise _active()
        self.check_embedded(name.rsplit("/")[-1], io.BytesIO(b"".join(content)))

    def _check_xml(self, name: str, content: bytes) -> None:
        text = _in_utf_8(content)
        if DOCUMENT_TYPE.search(text):
            raise UploadRefused(_("This document declares what no office program writes (DTD)."))
        if ACTIVE_WORDS.search(text):
            raise _active()
        if LOADED_FROM_ELSEWHERE.search(text):
            raise _from_elsewhere()
        if name == "[Content_Types].xml":
            self._check_types(_parsed(content))
        elif name.endswith(".rels"):
            _check_relationships(_parsed(content))

    def _check_types(self, root: Element) -> None:
        types = {node.get("ContentType", "") for node in root}
        if any(ACTIVE_TYPE.search(content_type) for content_type in types):
            raise _active()
        self.is_said_to_be = MAIN_PART.get(self.extension) in types


def _check_relationships(root: Element) -> None:
    """A link to click is fine; a template, a picture or an object fetched on opening is not."""
    for node in root:
        if node.get("TargetMode", "").lower() != "external":
            continue
        kind = node.get("Type", "").rsplit("/")[-1]
        if kind != "hyperlink" or _scheme(node.get("Target", "")) not in SAFE_LINKS:
            raise _from_elsewhere()


def _scheme(target: str) -> str:
    try:
        return urlsplit(target).scheme.lower()
    except ValueError:
        return "unreadable"


def _in_utf_8(content: bytes) -> bytes:
    if content[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\x00" in content[:4]:
        try:
            return content.decode("utf-16").encode()
        except UnicodeDecodeError as error:
            raise damaged() from error
    return content


def _parsed(content: bytes) -> Element:
    try:
        return fromstring(content, forbid_dtd=True)
    except (DefusedXmlException, ParseError, ValueError, LookupError) as error:
        raise damaged() from error


def _at_most(pieces: Iterator[bytes], limit: int) -> Iterator[bytes]:
    for piece in pieces:
        limit -= len(piece)
        if limit < 0:
            raise UploadRefused(_("Once unpacked, this file is far too large."))
        yield piece


def _active() -> UploadRefused:
    return UploadRefused(
        _("This document holds macros or embedded programs: save a copy without them.")
    )


def _from_elsewhere() -> UploadRefused:
    return UploadRefused(
        _("This document fetches a part of itself from elsewhere: put that part inside it.")
    )
