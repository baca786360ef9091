"""An invitation list as a file: the columns that the import reads, and where each stands."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from django.http import HttpResponse
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from hub.core.spreadsheets import inert
from hub.core.text import printable
from resources.reports.invitations.columns import LABELS, shown
from resources.reports.models import Campaign, Contact, Participant

FORMATS: Final = ("csv", "xlsx")
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def response(campaign: Campaign, kind: str) -> HttpResponse:
    """The list of a campaign, to download."""
    headers = [*(str(label) for label in LABELS.values()), _("State of the contact"), _("Why")]
    return as_file(f"invitations-{campaign.slug}", kind, headers, _rows(campaign))


def _rows(campaign: Campaign) -> Iterator[list[str]]:
    rows = Participant.objects.filter(campaign=campaign).select_related("organisation")
    for row in rows.prefetch_related("contacts"):
        for contact in list(row.contacts.all()) or [None]:
            yield [*(_cell(name, row, contact) for name in LABELS), *_state(contact)]


def _cell(column: str, row: Participant, contact: Contact | None) -> str:
    if column == "coop":
        return row.organisation.name
    owner: Any = contact if column in ("name", "email", "language") else row.organisation
    return shown(column, getattr(owner, column)) if owner else ""


def _state(contact: Contact | None) -> tuple[str, str]:
    return (str(contact.get_state_display()), contact.state_why) if contact else ("", "")


def as_file(
    name: str, kind: str, headers: Sequence[str], rows: Iterable[Sequence[Any]]
) -> HttpResponse:
    """A table to download, whose cells stay text in any spreadsheet program."""
    content = _xlsx(headers, rows) if kind == "xlsx" else _csv(headers, rows)
    answer = HttpResponse(
        content, content_type=XLSX if kind == "xlsx" else "text/csv; charset=utf-8"
    )
    answer["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    return answer


def _csv(headers: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """With the mark that spreadsheet programs know UTF-8 by, and semicolons as the French do."""
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=";")
    writer.writerows([inert(cell) for cell in row] for row in (headers, *rows))
    return stream.getvalue().encode("utf-8-sig")


def _xlsx(headers: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    for row in (headers, *rows):
        sheet.append([_text_cell(sheet, value) for value in row])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _text_cell(sheet: Any, value: Any) -> Any:
    if not isinstance(value, str):
        return value
    cell = WriteOnlyCell(sheet, printable(value))
    cell.data_type = "s"  # never a formula
    return cell
