"""CSV: one text, a row a line, its cells separated by tabs."""

import csv
import io
from collections import Counter
from typing import BinaryIO, Final

from hub.core.extraction.collector import Collector
from hub.core.extraction.result import MAX_TEXT

SEPARATORS: Final = ";,\t|"
SAMPLE: Final = 4096
# A character takes four bytes at most; what follows could not be kept.
ENOUGH: Final = 4 * MAX_TEXT


def read(file: BinaryIO, collector: Collector) -> None:
    content = file.read(ENOUGH + 1)
    collector.truncated = len(content) > ENOUGH
    text = _decoded(content)
    csv.field_size_limit(len(text) + 1)
    collector.begin(1, "")
    for row in csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text)):
        collector.line("\t".join(" ".join(cell.split()) for cell in row if cell.strip()))


def _decoded(content: bytes) -> str:
    """UTF-8, or else what French spreadsheet programs have written for thirty years."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        cut_at_the_end = error.start > ENOUGH - 4
        return content.decode("utf-8-sig" if cut_at_the_end else "cp1252", "replace")


def _separator(text: str) -> str:
    counted = Counter(character for character in text[:SAMPLE] if character in SEPARATORS)
    return max(SEPARATORS, key=lambda separator: counted[separator])
