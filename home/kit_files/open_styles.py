"""Page, styles and properties shared by every OpenDocument text of the kit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC

from odfdo import Document, Element

from home.kit_files.manifest import Manifest
from home.kit_files.model import LANGUAGE, LICENCE_NAME, LICENCE_URL, PUBLISHER, KitEntry
from home.kit_files.word_styles import DEEP, INK, MUTED, TINTS, WARM

_FONT = "Calibri"
_LEFT_OUT = ("Thumbnails/", "Configurations2/")
_ZONE_STYLE = (
    '<style:style style:family="graphic" style:name="Zone"><style:graphic-properties'
    ' style:wrap="run-through" style:run-through="foreground" style:vertical-pos="from-top"'
    ' style:vertical-rel="page" style:horizontal-pos="from-left" style:horizontal-rel="page"'
    ' fo:padding="0mm" fo:border="none" fo:background-color="#ffffff"'
    ' draw:fill="solid" draw:fill-color="#ffffff"/></style:style>'
)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A paper size and what depends on it; lengths in millimetres, ``size`` in points."""

    width: int
    height: int
    margin: int
    top: int
    zone: tuple[int, int]
    size: float

    @property
    def text_width(self) -> int:
        return self.width - 2 * self.margin


A4 = Sheet(210, 297, 22, 20, (52, 12), 11.5)
A5 = Sheet(148, 210, 12, 17, (44, 10), 10.5)
WIDTHS = (20, 25, 26, 30, 33, 34, 40, 50, 60, 66, 70, 74, 75, 80)  # of table columns, in percent


def new_text(entry: KitEntry, manifest: Manifest, sheet: Sheet) -> Document:
    """Return an empty document with the kit's styles and its properties set."""
    document = Document("text")
    listed = document.manifest.get_paths()
    for part in [part for part in document.parts if part.startswith(_LEFT_OUT)]:
        document.del_part(part)
    for path in [path for path in listed if path.startswith(_LEFT_OUT)]:
        document.manifest.del_full_path(path)
    _lay_out(document, sheet)
    for style in (*_paragraph_styles(sheet), *_box_styles(sheet), *_other_styles()):
        document.insert_style(Element.from_tag(style))
    for style in _table_styles(sheet):
        document.insert_style(Element.from_tag(style), automatic=True)
    for level in document.styles.root.get_elements("descendant::text:outline-level-style"):
        for name in list(level.attributes):
            if "num-" in name:
                level.del_attribute(name)
        level.set_attribute("style:num-format", "")
    document.set_language(LANGUAGE)
    _set_properties(document, entry, manifest)
    return document


def _set_properties(document: Document, entry: KitEntry, manifest: Manifest) -> None:
    meta, moment = document.meta, manifest.timestamp.astimezone(UTC).replace(tzinfo=None)
    meta.title, meta.subject, meta.language = entry.title, entry.description, LANGUAGE
    meta.creator = meta.initial_creator = PUBLISHER
    meta.keyword = entry.keywords
    meta.description = f"Licence : {LICENCE_NAME} ({LICENCE_URL})"
    meta.creation_date = meta.date = moment


def _lay_out(document: Document, sheet: Sheet) -> None:
    page = document.get_style("page-layout", "Mpm1")
    properties = page.get_element("style:page-layout-properties")
    for name, value in {
        "fo:page-width": sheet.width, "fo:page-height": sheet.height,
        "fo:margin-left": sheet.margin, "fo:margin-right": sheet.margin,
        "fo:margin-top": sheet.top, "fo:margin-bottom": 10,
    }.items():  # fmt: skip
        properties.set_attribute(name, f"{value}mm")


def _text(size: float, colour: str = INK, *, bold: bool = False, italic: bool = False) -> str:
    language, country = LANGUAGE.split("-")
    return (
        f'<style:text-properties fo:font-family="{_FONT}" fo:font-size="{size}pt"'
        f' fo:color="#{colour}" fo:font-weight="{"bold" if bold else "normal"}"'
        f' fo:font-style="{"italic" if italic else "normal"}"'
        f' fo:language="{language}" fo:country="{country}"/>'
    )


def _style(name: str, paragraph: str, text: str, *, outline: int = 0) -> str:
    level = f' style:default-outline-level="{outline}"' if outline else ""
    return (
        f'<style:style style:family="paragraph" style:name="{name}"{level}>'
        f"<style:paragraph-properties {paragraph}/>{text}</style:style>"
    )


def _space(before: float, after: float, *, keep: bool = False) -> str:
    held = ' fo:keep-with-next="always"' if keep else ""
    return f'fo:margin-top="{before}pt" fo:margin-bottom="{after}pt"{held} fo:line-height="115%"'


def _paragraph_styles(sheet: Sheet) -> list[str]:
    size = sheet.size
    band = f'fo:background-color="#{DEEP}" fo:padding="2.5mm" fo:border="0.5pt solid #{DEEP}"'
    heading = size * 1.4
    return [
        _style("Surtitre", f"{band} {_space(0, 0, keep=True)}", _text(size, "F6D9B8", bold=True)),
        _style("Titre", f"{band} {_space(0, 0, keep=True)}", _text(size * 2, "FFFFFF", bold=True)),
        _style("Sous-titre", f"{band} {_space(0, 8)}", _text(size * 1.1, "E4F0EF")),
        _style("Texte", _space(0, size * 0.55), _text(size)),
        _style("Point", _space(0, size * 0.3), _text(size)),
        _style("Mention", _space(size * 0.6, 0), _text(8.5, MUTED)),
        _style("Legende", _space(6, 3, keep=True), _text(size, DEEP, bold=True)),
        _style("Texte_Entete", _space(0, 0), _text(size * 0.95, "FFFFFF", bold=True)),
        _style("Texte_Cellule", _space(0, 0), _text(size * 0.95)),
        _style(
            "Titre_1", _space(size, 4, keep=True), _text(heading, DEEP, bold=True), outline=1
        ),
        _style(
            "Titre_1_page", f'{_space(0, 6, keep=True)} fo:break-before="page"',
            _text(heading, DEEP, bold=True), outline=1,
        ),
        _style(
            "Titre_2", _space(size * 0.8, 3, keep=True), _text(size * 1.15, WARM, bold=True),
            outline=2,
        ),
    ]  # fmt: skip


def _box_styles(sheet: Sheet) -> list[str]:
    styles = []
    for kind, (fill, colour) in TINTS.items():
        frame = (
            f'fo:background-color="#{fill}" fo:padding-left="3mm" fo:padding-right="3mm"'
            ' fo:padding-top="1mm" fo:padding-bottom="1mm"'
            f' fo:border-left="2.5pt solid #{colour}" fo:border-right="none"'
            ' fo:border-top="none" fo:border-bottom="none" style:join-border="true"'
        )
        name = f"Encadre_{kind}"
        title, plain = _text(sheet.size, colour, bold=True), _text(sheet.size)
        styles += [
            _style(f"{name}_titre", f"{frame} {_space(3, 0, keep=True)}", title),
            _style(name, f"{frame} {_space(0, 0)}", plain),
            _style(f"{name}_fin", f"{frame} {_space(0, sheet.size * 0.6)}", plain),
        ]
    return styles


def _other_styles() -> list[str]:
    bold, italic = 'fo:font-weight="bold"', 'fo:font-style="italic"'
    spans = {
        "Gras": bold, "Italique": italic, "Gras_italique": f"{bold} {italic}",
        "Champ": 'fo:color="#8A3414" fo:background-color="#FDEBD3"',
    }  # fmt: skip
    level = (
        '<text:list-style style:name="{}"><text:list-level-style-{} text:level="1" {}>'
        '<style:list-level-properties text:list-level-position-and-space-mode="label-alignment">'
        '<style:list-level-label-alignment text:label-followed-by="listtab" fo:margin-left="6mm"'
        ' fo:text-indent="-5mm" text:list-tab-stop-position="6mm"/></style:list-level-properties>'
        "</text:list-level-style-{}></text:list-style>"
    )
    return [
        *[
            f'<style:style style:family="text" style:name="{name}"><style:text-properties {look}/></style:style>'
            for name, look in spans.items()
        ],
        _ZONE_STYLE,
        level.format("Puces", "bullet", 'text:bullet-char="•"', "bullet"),
        level.format("Numeros", "number", 'style:num-format="1" style:num-suffix="."', "number"),
    ]


def _table_styles(sheet: Sheet) -> list[str]:
    """Tables know no named styles: theirs stand with the text."""
    cell = (
        '<style:style style:family="table-cell" style:name="{}">'
        "<style:table-cell-properties {}/></style:style>"
    )
    border = 'fo:border="0.5pt solid #B9C7C6" fo:padding="1.5mm"'
    return [
        '<style:style style:family="table" style:name="Tableau"><style:table-properties {}/>'
        "</style:style>".format(
            f'style:width="{sheet.text_width}mm" table:align="left" fo:margin-bottom="4mm"'
        ),
        *[
            f'<style:style style:family="table-column" style:name="Colonne_{width}">'
            f'<style:table-column-properties style:column-width="{sheet.text_width * width / 100:.1f}mm"/>'
            "</style:style>"
            for width in WIDTHS
        ],
        cell.format("Entete", f'fo:background-color="#{DEEP}" {border}'),
        cell.format("Cellule", border),
    ]
