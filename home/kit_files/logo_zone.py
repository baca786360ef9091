"""The picture that stands where a co-op puts its logo, until it does; and how it is marked."""

from __future__ import annotations

import io
from functools import cache
from pathlib import Path

from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Emu, Mm
from PIL import Image, ImageDraw, ImageFont
from pptx.dml.color import RGBColor
from pptx.enum.shapes import MSO_SHAPE
from pptx.slide import Slide
from pptx.util import Inches

from resources.branding.marks import LOGO_MARK, LOGO_WORDS

_FONT = Path(__file__).parent / "fonts" / "AtkinsonHyperlegible-Bold.ttf"
_GROUND, _RULE, _LETTERS = "#ffffff", "#5f7a7b", "#12484b"
_DOTS = 8  # per millimetre: some 200 to an inch
_DASH = 2  # millimetres
# In the margin above the band of a letter: no line of the letter moves.
LETTER_ZONE = (Mm(52), Mm(12))
_LETTER_TOP, _LETTER_RIGHT = Mm(4.5), Mm(22)
_PAGE_WIDTH = Mm(210)

# At the top of the slide, above its title: left, top, width, height.
_SLIDE_ZONE = (Inches(0.95), Inches(0.65), Inches(3.6), Inches(1.1))
_PLATE_MARGIN = Inches(0.15)
_DECORATIVE = (
    '<a:extLst xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
    '<a:ext uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}"><adec:decorative val="1"'
    ' xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative"/></a:ext></a:extLst>'
)


@cache
def zone_picture(width: int, height: int) -> bytes:
    """Return the PNG of a zone of that size in millimetres: a dashed frame that says what it is."""
    size = width * _DOTS, height * _DOTS
    image = Image.new("RGB", size, _GROUND)
    draw = ImageDraw.Draw(image)
    step = _DASH * _DOTS
    for start in range(0, size[0], 2 * step):
        for line in (3, size[1] - 4):
            draw.line((start, line, min(start + step, size[0]), line), fill=_RULE, width=6)
    for start in range(0, size[1], 2 * step):
        for line in (3, size[0] - 4):
            draw.line((line, start, line, min(start + step, size[1])), fill=_RULE, width=6)
    font = ImageFont.truetype(str(_FONT), size[1] // 3, layout_engine=ImageFont.Layout.BASIC)
    draw.text((size[0] / 2, size[1] / 2), "Votre logo ici", _LETTERS, font, anchor="mm")
    stream = io.BytesIO()
    image.quantize(16).save(stream, "PNG", optimize=True)
    return stream.getvalue()


def add_letter_zone(document: WordDocument) -> None:
    """Put the zone at the top right of every page of a Word file."""
    width, height = LETTER_ZONE
    paragraph = document.sections[0].header.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    picture = io.BytesIO(zone_picture(round(width.mm), round(height.mm)))
    paragraph.add_run().add_picture(picture, width, height)
    (inline,) = paragraph._p.iter(qn("wp:inline"))
    about, graphic = inline.find(qn("wp:docPr")), inline.find(qn("a:graphic"))
    about.set("name", LOGO_MARK)
    about.set("descr", LOGO_WORDS)
    anchor = parse_xml(_anchor(Emu(_PAGE_WIDTH - _LETTER_RIGHT - width), _LETTER_TOP))
    for child in (inline.find(qn("wp:extent")), about, graphic):
        place = {qn("wp:extent"): 3, qn("wp:docPr"): 6}.get(child.tag, len(anchor))
        anchor.insert(place, child)
    inline.getparent().replace(inline, anchor)


def _anchor(left: Emu, top: Emu) -> str:
    """A drawing placed on the page, not in the text. The schema fixes the order of its parts."""
    return (
        f"<wp:anchor {nsdecls('wp', 'a', 'r')} distT='0' distB='0' distL='0' distR='0'"
        " simplePos='0' relativeHeight='2' behindDoc='0' locked='0' layoutInCell='1'"
        " allowOverlap='1'><wp:simplePos x='0' y='0'/>"
        f"<wp:positionH relativeFrom='page'><wp:posOffset>{left}</wp:posOffset></wp:positionH>"
        f"<wp:positionV relativeFrom='page'><wp:posOffset>{top}</wp:posOffset></wp:positionV>"
        "<wp:effectExtent l='0' t='0' r='0' b='0'/><wp:wrapNone/>"
        "<wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect='1'/></wp:cNvGraphicFramePr>"
        "</wp:anchor>"
    )


def add_slide_zone(slide: Slide) -> None:
    """Put the zone on a dark slide: on a white plate, so that any logo can be seen."""
    left, top, width, height = _SLIDE_ZONE
    margin = _PLATE_MARGIN
    plate = slide.shapes.add_shape(
        MSO_SHAPE.ROUNDED_RECTANGLE, Emu(left - margin), Emu(top - margin),
        Emu(width + 2 * margin), Emu(height + 2 * margin),
    )  # fmt: skip
    plate.name = "Fond du logo"
    plate.adjustments[0] = 0.1
    plate.fill.solid()
    plate.fill.fore_color.rgb = RGBColor(0xFF, 0xFF, 0xFF)
    plate.line.fill.background()
    plate.shadow.inherit = False
    plate._element.nvSpPr.cNvPr.append(parse_xml(_DECORATIVE))
    picture = io.BytesIO(zone_picture(round(width.mm), round(height.mm)))
    shape = slide.shapes.add_picture(picture, left, top, width, height)
    shape.name = LOGO_MARK
    shape._element.nvPicPr.cNvPr.set("descr", LOGO_WORDS)
