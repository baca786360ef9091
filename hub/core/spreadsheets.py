"""Spreadsheets whose cells stay text, whatever a visitor typed in a form."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import get_language, override

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def inert(value: Any) -> Any:
    """Return ``value`` so that a spreadsheet program shows it and does not compute it.

    A CSV file has no types: an apostrophe in front is what spreadsheet programs understand.
    """
    if isinstance(value, str) and value.lstrip(" \n").startswith(FORMULA_STARTS):
        return f"'{value}"
    return value


def in_language(language: str | None, lines: Iterator[str]) -> Iterator[str]:
    """Make each line with this language active, and none between them."""
    while True:
        with override(language):
            line = next(lines, None)
        if line is None:
            return
        yield line


class InertCells:
    """For a Wagtail view that exports: protects CSV cells (XLSX cells are typed as text)."""

    FORMAT_CSV: str

    def stream_csv(self, queryset: Any) -> Iterator[str]:
        """The lines, in the language of who asks: they are written once the request is over."""
        return in_language(get_language(), super().stream_csv(queryset))  # type: ignore[misc]

    def preprocess_field_value(self, field: str, value: Any, export_format: str) -> Any:
        processed = super().preprocess_field_value(field, value, export_format)  # type: ignore[misc]
        return inert(processed) if export_format == self.FORMAT_CSV else processed
