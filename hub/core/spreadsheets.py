"""Spreadsheets whose cells stay text, whatever a visitor typed in a form."""

from typing import Any

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def inert(value: Any) -> Any:
    """Return ``value`` so that a spreadsheet program shows it and does not compute it.

    A CSV file has no types: an apostrophe in front is what spreadsheet programs understand.
    """
    if isinstance(value, str) and value.lstrip(" \n").startswith(FORMULA_STARTS):
        return f"'{value}"
    return value


class InertCells:
    """For a Wagtail view that exports: protects CSV cells (XLSX cells are typed as text)."""

    FORMAT_CSV: str

    def preprocess_field_value(self, field: str, value: Any, export_format: str) -> Any:
        processed = super().preprocess_field_value(field, value, export_format)  # type: ignore[misc]
        return inert(processed) if export_format == self.FORMAT_CSV else processed
