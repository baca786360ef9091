"""The rows of a file that somebody sends: CSV or XLSX, whatever program wrote it."""

import csv
import io
import zipfile
from collections.abc import Iterator
from typing import Any, Final

from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from hub.core.spreadsheets import inert
from hub.core.upload_rules import extension_of
from hub.core.uploads import UploadRefused, check_upload

MOST_BYTES: Final = 4_000_000
MOST_ROWS: Final = 2_000  # and the one that names the columns
MOST_COLUMNS: Final = 60
_SEPARATORS: Final = ";,\t"


class UnreadableError(ValueError):
    """The file is not a list at all; the message says why."""


def rows_of(name: str, content: bytes) -> Iterator[tuple[int, list[str]]]:
    """The rows that hold something, each with its number in the file.

    Raises UnreadableError.
    """
    if len(content) > MOST_BYTES:
        raise UnreadableError(_("This file is larger than 4 MB."))
    kind = extension_of(name)
    if kind not in ("csv", "xlsx"):
        raise UnreadableError(_("Send a CSV or an XLSX file."))
    content = content if kind == "xlsx" else _as_utf8(content)
    try:
        check_upload(f"liste.{kind}", io.BytesIO(content))
    except UploadRefused as refusal:
        raise UnreadableError(str(refusal)) from refusal
    return _filled(_of_workbook(content) if kind == "xlsx" else _of_text(content.decode()))


def _filled(rows: Iterator[list[str]]) -> Iterator[tuple[int, list[str]]]:
    count = 0
    for number, cells in enumerate(rows, start=1):
        if not any(cells):
            continue
        count += 1
        if count > MOST_ROWS + 1:
            raise UnreadableError(
                _("This file has more than %(most)s lines: cut it in several files.")
                % {"most": MOST_ROWS}
            )
        yield number, cells


def _as_utf8(content: bytes) -> bytes:
    """The text of a CSV file, in UTF-8, UTF-16 or the Windows alphabet, without its mark."""
    wide = content[:2] in (b"\xff\xfe", b"\xfe\xff")
    for encoding in ("utf-16",) if wide else ("utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding).encode()
        except UnicodeDecodeError:
            continue
    raise UnreadableError(
        _("The letters of this file cannot be read: save it as “CSV UTF-8”, then send it.")
    )


def _of_text(text: str) -> Iterator[list[str]]:
    head = text[:4_000]
    separator = max(_SEPARATORS, key=head.count)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        for cells in rows:
            yield [_cell(cell) for cell in cells]
    except csv.Error as error:
        raise UnreadableError(
            _("Line %(line)s cannot be read: a quotation mark is missing or out of place.")
            % {"line": rows.line_num}
        ) from error


def _of_workbook(content: bytes) -> Iterator[list[str]]:
    """The first sheet; a formula is its last result, never computed."""
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        sheet = book.worksheets[0]
        # A sheet may say that it has a million empty rows.
        for cells in sheet.iter_rows(max_row=MOST_ROWS * 5, max_col=MOST_COLUMNS, values_only=True):
            yield [_cell(_text(cell)) for cell in cells]
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, IndexError) as error:
        raise UnreadableError(
            _("This file cannot be read: save it as CSV, then send it.")
        ) from error


def _text(value: Any) -> str:
    if value is None:
        return ""
    whole = isinstance(value, float) and value.is_integer()
    return str(int(value) if whole else value)


def _cell(cell: str) -> str:
    """A cell as it was before `inert` protected it, on one line."""
    bare = cell.removeprefix("'")
    return " ".join((bare if bare != cell and inert(bare) == cell else cell).split())
