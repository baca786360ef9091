"""XLSX, written line after line. No cell is a formula: a text is a text, whatever it begins with.

A cell of Excel ends at 32,767 signs. A longer text goes on in the sheet « Suite », in parts, and
reading puts it together again.
"""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, BinaryIO, Final

from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from hub.core.text import printable

LONGEST: Final = 32_767  # UTF-16 units: some signs are two of them
PART: Final = 16_000  # signs, of whatever kind
ANSWERS, CODEBOOK, REST = "Réponses", "Codebook", "Suite"
REST_HEADER: Final = ("_key", "column", "part", "text")


def write(
    file: BinaryIO,
    header: Sequence[str],
    rows: Iterable[Sequence[Any]],
    codebook: tuple[Sequence[str], Iterable[Sequence[Any]]],
) -> None:
    """Write the answers and their codebook; each line of answers begins with its key."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(ANSWERS)
    sheet.freeze_panes = "B2"
    rest: list[tuple[str, str, int, str]] = []
    sheet.append([_text(sheet, name) for name in header])
    for row in rows:
        sheet.append([_cell(sheet, value, (row[0], n, rest)) for n, value in enumerate(row)])
    words = book.create_sheet(CODEBOOK)
    words.append([_text(words, name) for name in codebook[0]])
    for row in codebook[1]:
        words.append([_cell(words, value, None) for value in row])
    if rest:
        _write_rest(book, header, rest)
    book.save(file)


def _write_rest(book: Workbook, header: Sequence[str], rest: Sequence[Sequence[Any]]) -> None:
    sheet = book.create_sheet(REST)
    sheet.append([_text(sheet, name) for name in REST_HEADER])
    for key, place, number, part in rest:
        sheet.append([_text(sheet, key), _text(sheet, header[place]), number, _text(sheet, part)])


def _cell(sheet: WriteOnlyWorksheet, value: Any, place: Any) -> Any:
    if not isinstance(value, str):
        return value
    value = printable(value)
    if place is None or len(value) <= PART or len(value.encode("utf-16-le")) <= 2 * LONGEST:
        return _text(sheet, value)
    key, column, rest = place
    for number, start in enumerate(range(PART, len(value), PART), 2):
        rest.append((key, column, number, value[start : start + PART]))
    return _text(sheet, value[:PART])


def _text(sheet: WriteOnlyWorksheet, text: str) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet)
    cell._value, cell.data_type = text, "s"  # given a value, a cell guesses that « = » is a formula
    return cell


def read(path: Path) -> Iterator[list[Any]]:
    """The cells of each line of answers, long texts whole again."""
    book = load_workbook(path, read_only=True, data_only=False)
    try:
        rest = _rest(book)
        lines = book[ANSWERS].iter_rows(values_only=True)
        header = [str(name) for name in next(lines)]
        yield list(header)
        for line in lines:
            yield [_whole(cell, rest.get((line[0], header[n]))) for n, cell in enumerate(line)]
    finally:
        book.close()


def _rest(book: Any) -> dict[tuple[str, str], str]:
    found: dict[tuple[str, str], str] = {}
    if REST in book.sheetnames:
        for key, column, _number, text in list(book[REST].iter_rows(values_only=True))[1:]:
            found[key, column] = found.get((key, column), "") + text
    return found


def _whole(cell: Any, rest: str | None) -> Any:
    return f"{cell}{rest}" if rest else cell
