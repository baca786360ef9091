"""An export as a download: logged before its first byte leaves, never whole in memory."""

import tempfile
from collections.abc import Iterator
from typing import Any, BinaryIO, Final, NamedTuple

from django.http import FileResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.translation import gettext_lazy as _

from resources.reports.exports import codebook, delimited, open_document, typed, workbook
from resources.reports.exports.table import Table
from resources.reports.models import DataAct


class Format(NamedTuple):
    label: Any
    content_type: str
    extension: str


CSV, XLSX, ODS, JSON, CODEBOOK = "csv", "xlsx", "ods", "json", "codebook"
_OFFICE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMATS: Final = {
    XLSX: Format(_("Excel workbook (XLSX), with the codebook"), _OFFICE, "xlsx"),
    ODS: Format(_("LibreOffice sheet (ODS), with the codebook"), open_document.MIMETYPE, "ods"),
    CSV: Format(_("CSV, answers alone"), "text/csv; charset=utf-8", "csv"),
    JSON: Format(_("JSON, with the codebook"), "application/json", "json"),
    CODEBOOK: Format(_("Codebook alone (CSV)"), "text/csv; charset=utf-8", "csv"),
}


def sent(table: Table, kind: str, *, user: Any) -> HttpResponseBase:
    """Log the export and return its download."""
    log(table, kind, user=user, who=user.get_username())
    wanted = FORMATS[kind]
    name = f"{table.campaign.slug}-{'codebook' if kind == CODEBOOK else table.which}"
    name = f"{name}.{wanted.extension}"
    if kind in (XLSX, ODS):
        file = tempfile.TemporaryFile()  # noqa: SIM115  the response closes it
        write(table, kind, file)
        file.seek(0)
        return FileResponse(
            file, as_attachment=True, filename=name, content_type=wanted.content_type
        )
    response = StreamingHttpResponse(streamed(table, kind), content_type=wanted.content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def log(table: Table, kind: str, *, user: Any, who: str) -> None:
    """Note who took what out: how much, never whose words."""
    DataAct.objects.create(
        campaign=table.campaign,
        kind=DataAct.Kind.EXPORT,
        user=user,
        who=who,
        detail={
            "format": kind,
            "which": str(table.which),
            "answers": 0 if kind == CODEBOOK else len(table.pks),
            "columns": len(table.header),
            "contacts": table.contacts,
        },
    )


def streamed(table: Table, kind: str) -> Iterator[bytes]:
    """The bytes of a format that is made as it leaves."""
    if kind == JSON:
        return typed.written(table)
    if kind == CODEBOOK:
        return delimited.written(codebook.HEADER, codebook.lines(table.campaign))
    return delimited.written(table.header, table.rows())


def write(table: Table, kind: str, file: BinaryIO) -> None:
    """Write any format to a file."""
    words = codebook.HEADER, codebook.lines(table.campaign)
    if kind == XLSX:
        workbook.write(file, table.header, table.rows(), words)
    elif kind == ODS:
        answers = open_document.ANSWERS, table.header, table.rows()
        open_document.write(file, [answers, (open_document.CODEBOOK, *words)])
    else:
        file.writelines(streamed(table, kind))
