"""Page, styles and properties shared by every Word file of the kit."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_LINE_SPACING
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle

from home.kit_files.manifest import Manifest
from home.kit_files.model import LANGUAGE, LICENCE_NAME, LICENCE_URL, PUBLISHER, KitEntry
from home.kit_files.word_controls import FIELD_STYLE

FONT = "Calibri"
DEEP = "12484B"
WARM = "B4471F"
INK = "1F2A2B"
MUTED = "4A5A5B"
# Without it Word opens the file in « mode de compatibilité ».
_WORD_2013_ON = "15"
_MARGIN = Mm(22)
TICK_STYLE = "Liste à cocher"
# A4 less both margins.
TEXT_WIDTH = Mm(210 - 2 * 22)
# The frame's border and padding, taken back so that it lines up with the text.
_FRAME_INDENTS = (Mm(4), Mm(3))
TINTS = {
    "key": ("E4F0EF", DEEP),
    "tip": ("FBF0E6", WARM),
    "warning": ("FBE9E2", WARM),
    "example": ("F1F3F0", MUTED),
    "copy": ("F1F3F0", DEEP),
    "exact": ("F6F1E3", "7A5B12"),
    "legal": ("EEF1F6", "3A4C7A"),
}


@dataclass(frozen=True, slots=True)
class _Look:
    """How a paragraph style looks; sizes and spaces are in points."""

    size: float
    colour: str = INK
    bold: bool = False
    before: float = 0
    after: float = 6
    keep_with_next: bool = False


_HEADINGS = {
    "Heading 1": _Look(17, DEEP, bold=True, before=16, after=6, keep_with_next=True),
    "Heading 2": _Look(13.5, WARM, bold=True, before=12, after=4, keep_with_next=True),
    "Heading 3": _Look(12, DEEP, bold=True, before=8, after=2, keep_with_next=True),
}


def new_document(entry: KitEntry, manifest: Manifest) -> WordDocument:
    """Return an empty A4 document with the kit's styles and its properties set."""
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = _MARGIN
    section.top_margin, section.bottom_margin = Mm(18), Mm(20)
    section.footer_distance = Mm(9)
    _set_language(document)
    _define_styles(document)
    _set_properties(document, entry, manifest)
    _drop_thumbnail(document)
    return document


def _drop_thumbnail(document: WordDocument) -> None:
    """Remove the preview picture of the library's empty file: it is not ours."""
    relations = document.part.package.rels
    for key in [
        key for key, rel in relations.items() if rel.reltype == RELATIONSHIP_TYPE.THUMBNAIL
    ]:
        del relations[key]


def _set_language(document: WordDocument) -> None:
    """Say French in the defaults of styles and in the settings, for screen readers."""
    defaults = document.styles.element.find(qn("w:docDefaults"))
    for language in defaults.iter(qn("w:lang")):
        language.set(qn("w:val"), LANGUAGE)
        language.set(qn("w:eastAsia"), LANGUAGE)
    for theme_language in document.settings.element.iter(qn("w:themeFontLang")):
        theme_language.set(qn("w:val"), LANGUAGE)
    for setting in document.settings.element.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), _WORD_2013_ON)


def _set_properties(document: WordDocument, entry: KitEntry, manifest: Manifest) -> None:
    properties = document.core_properties
    properties.title = entry.title
    properties.subject = entry.description
    properties.author = properties.last_modified_by = PUBLISHER
    properties.language = LANGUAGE
    properties.keywords = entry.keywords
    properties.category = f"Kit AG, {manifest.label}"
    properties.comments = f"Licence : {LICENCE_NAME} ({LICENCE_URL})"
    properties.version = manifest.label
    properties.revision = 1
    properties.created = properties.modified = manifest.timestamp.replace(tzinfo=None)


def _define_styles(document: WordDocument) -> None:
    _dress(_style(document, "Normal"), _Look(11.5, after=7))
    _style(document, "Normal").paragraph_format.line_spacing = 1.15
    for name, look in _HEADINGS.items():
        _dress(_style(document, name), look)
    for name in ("List Bullet", "List Number"):
        _dress(_style(document, name), _Look(11.5, after=4))
    ticks = _add_style(document, TICK_STYLE)
    _dress(ticks, _Look(11.5, after=2))
    ticks.paragraph_format.left_indent, ticks.paragraph_format.first_line_indent = Mm(6), Mm(-6)
    _dress(_style(document, "Footer"), _Look(9, MUTED, after=0))
    _dress(
        _style(document, "Caption"),
        _Look(11.5, DEEP, bold=True, before=8, after=4, keep_with_next=True),
    )
    _banner_styles(document)
    for kind in TINTS:
        _box_style(document, kind, title=True)
        _box_style(document, kind, title=False)
    _cell_style(document, "Cellule", _Look(11, after=2, before=2))
    _cell_style(document, "Cellule en-tête", _Look(11, "FFFFFF", bold=True, before=3, after=3))
    field = document.styles.add_style("Champ à compléter", WD_STYLE_TYPE.CHARACTER)
    field.element.styleId = FIELD_STYLE


def _style(document: WordDocument, name: str) -> ParagraphStyle:
    style = document.styles[name]
    if not isinstance(style, ParagraphStyle):
        raise TypeError(f"{name} is not a paragraph style")
    return style


def _add_style(document: WordDocument, name: str) -> ParagraphStyle:
    style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = document.styles["Normal"]
    if not isinstance(style, ParagraphStyle):
        raise TypeError(f"{name} is not a paragraph style")
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    style.element.styleId = plain.title().replace(" ", "")
    return style


def _dress(style: ParagraphStyle, look: _Look) -> None:
    font = style.font
    font.name, font.size, font.bold, font.italic = FONT, Pt(look.size), look.bold, False
    font.color.rgb = RGBColor.from_string(look.colour)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for attribute in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{attribute}"), None)
    for attribute in ("ascii", "hAnsi", "cs"):
        fonts.set(qn(f"w:{attribute}"), FONT)
    layout = style.paragraph_format
    layout.space_before, layout.space_after = Pt(look.before), Pt(look.after)
    layout.keep_with_next = look.keep_with_next
    layout.widow_control = True


def _banner_styles(document: WordDocument) -> None:
    """The coloured band at the top: what kind of file, its title, its subtitle."""
    looks = {
        "Surtitre": _Look(11, "F6D9B8", bold=True, after=0, keep_with_next=True),
        "Title": _Look(26, "FFFFFF", bold=True, after=0, keep_with_next=True),
        "Subtitle": _Look(13, "E4F0EF", after=12),
    }
    for name, look in looks.items():
        style = _style(document, name) if name != "Surtitre" else _add_style(document, name)
        for borders in style.element.get_or_add_pPr().findall(qn("w:pBdr")):
            borders.getparent().remove(borders)
        _dress(style, look)
        spacing = style.element.rPr.find(qn("w:spacing"))
        if spacing is not None:
            style.element.rPr.remove(spacing)
        style.paragraph_format.left_indent, style.paragraph_format.right_indent = _FRAME_INDENTS
        _frame(style, fill=DEEP, sides={"top": DEEP, "left": DEEP, "bottom": DEEP, "right": DEEP})


def _box_style(document: WordDocument, kind: str, *, title: bool) -> None:
    fill, colour = TINTS[kind]
    style = _add_style(document, box_style(kind, title=title))
    look = _Look(
        11.5,
        colour if title else INK,
        bold=title,
        after=3 if title else 5,
        before=4 if title else 0,
        keep_with_next=title,
    )
    _dress(style, look)
    style.paragraph_format.left_indent, style.paragraph_format.right_indent = _FRAME_INDENTS
    style.paragraph_format.keep_together = True
    _frame(style, fill=fill, sides={"top": fill, "left": colour, "bottom": fill, "right": fill})


def box_style(kind: str, *, title: bool) -> str:
    """Return the name of the style of a box's title or text."""
    return f"Encadré {kind} titre" if title else f"Encadré {kind}"


def _cell_style(document: WordDocument, name: str, look: _Look) -> None:
    style = _add_style(document, name)
    _dress(style, look)
    style.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE


def _frame(style: ParagraphStyle, *, fill: str, sides: dict[str, str]) -> None:
    """Give the style a background and a border per side (colour by side)."""
    borders = OxmlElement("w:pBdr")
    for side in ("top", "left", "bottom", "right"):
        edge = OxmlElement(f"w:{side}")
        edge.set(qn("w:val"), "single")
        edge.set(qn("w:sz"), "24" if side == "left" else "4")
        edge.set(qn("w:space"), "8" if side in {"left", "right"} else "4")
        edge.set(qn("w:color"), sides[side])
        borders.append(edge)
    shading = OxmlElement("w:shd")
    shading.set(qn("w:val"), "clear")
    shading.set(qn("w:color"), "auto")
    shading.set(qn("w:fill"), fill)
    properties = style.element.get_or_add_pPr()
    for element in (borders, shading):
        properties.insert_element_before(element, *_AFTER_BORDERS[0 if element is borders else 1 :])


# What may follow a border, then a shading, in a w:pPr (the schema fixes the order).
_AFTER_BORDERS = (
    "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:kinsoku", "w:wordWrap", "w:overflowPunct",
    "w:topLinePunct", "w:autoSpaceDE", "w:autoSpaceDN", "w:bidi", "w:adjustRightInd",
    "w:snapToGrid", "w:spacing", "w:ind", "w:contextualSpacing", "w:mirrorIndents",
    "w:suppressOverlap", "w:jc", "w:textDirection", "w:textAlignment", "w:textboxTightWrap",
    "w:outlineLvl", "w:divId", "w:cnfStyle", "w:rPr", "w:sectPr", "w:pPrChange",
)  # fmt: skip
