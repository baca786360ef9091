"""CSV as spreadsheets of French machines open it: UTF-8 with its mark, « ; », a decimal comma.

A cell that a spreadsheet would compute gets an apostrophe in front; so does one that begins with an
apostrophe, and reading takes exactly one away: every text comes back as it was.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Final

from hub.core.spreadsheets import inert

BOM: Final = "\ufeff"
SEPARATOR: Final = ";"


def written(header: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[bytes]:
    """The bytes of the file, line by line."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=SEPARATOR)
    out.write(BOM)
    writer.writerow(header)
    for row in rows:
        writer.writerow([_cell(cell) for cell in row])
        yield out.getvalue().encode()
        out.seek(0)
        out.truncate()
    yield out.getvalue().encode()


def _cell(value: Any) -> Any:
    if isinstance(value, str):
        return f"'{value}" if value.startswith("'") else inert(value)
    if isinstance(value, Decimal):
        return f"{value:f}".replace(".", ",")
    return value.isoformat() if isinstance(value, date) else value


def read(content: bytes) -> Iterator[list[str]]:
    """The cells of each line, as they were before they were written."""
    csv.field_size_limit(10 * 1024 * 1024)
    text = io.StringIO(content.decode("utf-8-sig"), newline="")
    for row in csv.reader(text, delimiter=SEPARATOR):
        yield [cell.removeprefix("'") for cell in row]
