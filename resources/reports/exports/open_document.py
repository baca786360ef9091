"""ODS, written line after line: the office libraries keep a whole document in memory.

A cell is a text, a number or a date; never a formula.
"""

import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, BinaryIO, Final
from xml.sax.saxutils import escape, quoteattr
from zipfile import BadZipFile

from odfdo import Document

from hub.core.text import printable

MIMETYPE: Final = "application/vnd.oasis.opendocument.spreadsheet"
ANSWERS, CODEBOOK = "Réponses", "Codebook"
_NAMES: Final = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{urn}:1.0"'
    for name, urn in {
        "office": "office", "table": "table", "text": "text", "style": "style", "number": "datastyle",
    }.items()
)  # fmt: skip
_HEAD: Final = (
    f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {_NAMES} office:version="1.3">'
    '<office:automatic-styles><number:date-style style:name="day"><number:year number:style="long"/>'
    '<number:text>-</number:text><number:month number:style="long"/><number:text>-</number:text>'
    '<number:day number:style="long"/></number:date-style><style:style style:name="date"'
    ' style:family="table-cell" style:data-style-name="day"/></office:automatic-styles>'
    "<office:body><office:spreadsheet>"
)
_TAIL: Final = "</office:spreadsheet></office:body></office:document-content>"
_MANIFEST: Final = (
    '<?xml version="1.0" encoding="UTF-8"?><manifest:manifest'
    ' xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3">'
    f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{MIMETYPE}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
    "</manifest:manifest>"
)
_SPACES: Final = re.compile(r" {2,}|^ | $|\t")

Sheet = tuple[str, Sequence[str], Iterable[Sequence[Any]]]


def write(file: BinaryIO, sheets: Iterable[Sheet]) -> None:
    """Write each sheet: its name, its header, its lines."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as package:
        package.writestr("mimetype", MIMETYPE, zipfile.ZIP_STORED)
        package.writestr("META-INF/manifest.xml", _MANIFEST)
        with package.open("content.xml", "w", force_zip64=True) as content:
            content.write(_HEAD.encode())
            for name, header, rows in sheets:
                content.write(f"<table:table table:name={quoteattr(name)}>".encode())
                content.write(_line(header).encode())
                for row in rows:
                    content.write(_line(row).encode())
                content.write(b"</table:table>")
            content.write(_TAIL.encode())


def _line(cells: Sequence[Any]) -> str:
    found, empty = [], 0
    for value in cells:
        if value in (None, ""):
            empty += 1
            continue
        if empty:
            found.append(_empty(empty))
            empty = 0
        found.append(_cell(value))
    if empty:
        found.append(_empty(empty))
    return f"<table:table-row>{''.join(found)}</table:table-row>"


def _empty(count: int) -> str:
    return f'<table:table-cell table:number-columns-repeated="{count}"/>'


def _cell(value: Any) -> str:
    if isinstance(value, (int, Decimal)):
        number = f"{value:f}" if isinstance(value, Decimal) else str(int(value))
        kind = f'office:value-type="float" office:value="{number}"'
        return f"<table:table-cell {kind}><text:p>{number}</text:p></table:table-cell>"
    if isinstance(value, date):
        day = value.isoformat()
        kind = f'table:style-name="date" office:value-type="date" office:date-value="{day}"'
        return f"<table:table-cell {kind}><text:p>{day}</text:p></table:table-cell>"
    lines = "".join(f"<text:p>{_text(line)}</text:p>" for line in printable(value).split("\n"))
    return f'<table:table-cell office:value-type="string">{lines}</table:table-cell>'


def _text(line: str) -> str:
    """Spaces that an XML reader would fold, and tabs, have elements of their own."""
    return _SPACES.sub(_space, escape(line))


def _space(found: re.Match[str]) -> str:
    return "<text:tab/>" if found[0] == "\t" else f'<text:s text:c="{len(found[0])}"/>'


def read(path: Path) -> Iterator[list[Any]]:
    """The cells of each line of answers. ValueError for another kind of file."""
    try:
        sheet = Document(path).body.get_table(name=ANSWERS)
    except (TypeError, BadZipFile) as error:
        raise ValueError(f"{path.name} is no open document") from error
    if sheet is None:
        raise ValueError(f"{path.name} has no sheet {ANSWERS}")
    for row in sheet.iter_values():
        yield list(row)
