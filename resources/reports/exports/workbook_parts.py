"""What an XLSX needs around its sheets, in the least words that Excel and LibreOffice accept."""

from collections.abc import Mapping, Sequence
from typing import Final

_XML: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_MAIN: Final = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_REL: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml"
SHEET_HEAD: Final = (
    f'{_XML}<worksheet {_MAIN}><sheetViews><sheetView workbookViewId="0"><pane xSplit="1" ySplit="1"'
    ' topLeftCell="B2" activePane="bottomRight" state="frozen"/></sheetView></sheetViews><sheetData>'
).encode()
SHEET_TAIL: Final = b"</sheetData></worksheet>"
# The second format is a day: 14 is « short date », in the order of whoever reads it.
_STYLES: Final = (
    f'{_XML}<styleSheet {_MAIN}><fonts count="1"><font><sz val="11"/><name val="Calibri"/></font>'
    '</fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill'
    ' patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs'
    ' count="1"><xf/></cellStyleXfs><cellXfs count="2"><xf xfId="0"/><xf xfId="0" numFmtId="14"'
    ' applyNumberFormat="1"/></cellXfs></styleSheet>'
)


def around(names: Sequence[str]) -> Mapping[str, str]:
    """Every other part of the package, for sheets of these names, quoted as attributes."""
    numbers = range(1, len(names) + 1)
    sheets = "".join(
        f'<sheet name={name} sheetId="{n}" r:id="rId{n}"/>'
        for n, name in zip(numbers, names, strict=True)
    )
    return {
        "[Content_Types].xml": _types(numbers),
        "_rels/.rels": _relations(
            [f'Id="rId1" Type="{_REL}/officeDocument" Target="xl/workbook.xml"']
        ),
        "xl/workbook.xml": f'{_XML}<workbook {_MAIN} xmlns:r="{_REL}"><sheets>{sheets}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": _relations(
            [
                f'Id="rId{n}" Type="{_REL}/worksheet" Target="worksheets/sheet{n}.xml"'
                for n in numbers
            ]
            + [f'Id="rId{len(names) + 1}" Type="{_REL}/styles" Target="styles.xml"']
        ),
        "xl/styles.xml": _STYLES,
    }


def _types(numbers: Sequence[int]) -> str:
    parts = {"/xl/workbook.xml": "sheet.main", "/xl/styles.xml": "styles"}
    parts |= {f"/xl/worksheets/sheet{n}.xml": "worksheet" for n in numbers}
    overrides = "".join(
        f'<Override PartName="{name}" ContentType="{_TYPE}.{kind}+xml"/>'
        for name, kind in parts.items()
    )
    return (
        f'{_XML}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels"'
        ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )


def _relations(targets: Sequence[str]) -> str:
    inside = "".join(f"<Relationship {target}/>" for target in targets)
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'{_XML}<Relationships xmlns="{space}">{inside}</Relationships>'
