"""Gives the slides the kit's look: colours, fonts, layouts, French as language.

Everything sits in the theme, the master and the layouts, so that a co-op that
adds a slide gets the same look without doing anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.oxml.ns import qn
from pptx.presentation import Presentation as Deck
from pptx.shapes.autoshape import Shape
from pptx.slide import SlideLayout, SlideMaster
from pptx.util import Emu, Inches

from home.kit_files.manifest import Manifest
from home.kit_files.model import LANGUAGE, LICENCE_NAME, LICENCE_URL, PUBLISHER, KitEntry


def _colour(value: str) -> RGBColor:
    colour: RGBColor = RGBColor.from_string(value)  # type: ignore[no-untyped-call]
    return colour


DEEP = _colour("12484B")
WARM = _colour("B4471F")
INK = _colour("1F2A2B")
WHITE = _colour("FFFFFF")
SAND = _colour("F6D9B8")
MIST = _colour("E4F0EF")
FONT = "Calibri"

# Names shown in PowerPoint's « nouvelle diapositive » menu, by position in the base file.
LAYOUTS = {
    0: "Ouverture et clôture",
    1: "Titre et points",
    2: "Parole",
    3: "Titre et deux colonnes",
    5: "Titre seul",
}
_PALETTE = {
    "dk1": "1F2A2B", "lt1": "FFFFFF", "dk2": "12484B", "lt2": "E4F0EF", "accent1": "12484B",
    "accent2": "B4471F", "accent3": "3A4C7A", "accent4": "7A5B12", "accent5": "4A5A5B",
    "accent6": "5B7F3A", "hlink": "12484B", "folHlink": "4A5A5B",
}  # fmt: skip
_WIDTH, _HEIGHT = Inches(13.333), Inches(7.5)
LEFT, BODY_TOP = Inches(0.8), Inches(1.85)
BODY_WIDTH, BODY_HEIGHT = Inches(11.73), Inches(4.75)
_COLUMN, _GAP = Inches(5.6), Inches(0.53)

# Above the ids that the base file gives to a layout's placeholders.
_FIRST_DRAWING_ID = 100
# The drawn street: left edge, width and height of each house, in inches.
_HOUSES = ((7.2, 0.9, 0.8), (8.3, 1.1, 1.3), (9.6, 0.8, 0.95), (10.6, 1.2, 1.5), (12.0, 0.8, 0.7))
_FACADES = (_colour("1D5F62"), _colour("387275"))

Rect = tuple[int, int, int, int]


def new_deck(entry: KitEntry, manifest: Manifest) -> Deck:
    """Return an empty 16:9 deck with the kit's theme, layouts and properties."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = _WIDTH, _HEIGHT
    _set_theme(deck)
    _keep_layouts(deck)
    _dress_master(deck.slide_master)
    for layout in deck.slide_layouts:
        _dress_layout(layout)
    _speak_french(deck)
    _set_properties(deck, entry, manifest)
    _drop_thumbnail(deck)
    return deck


def layout_named(deck: Deck, position: int) -> SlideLayout:
    """Return the layout that stood at `position` in the base file."""
    layout = deck.slide_layouts.get_by_name(LAYOUTS[position])
    if layout is None:
        raise LookupError(LAYOUTS[position])
    return layout


def _drop_thumbnail(deck: Deck) -> None:
    """Remove the preview picture of the library's empty file: it is not ours."""
    package = deck.part.package
    for key, relation in list(package._rels.items()):
        if relation.reltype == RELATIONSHIP_TYPE.THUMBNAIL:
            package.drop_rel(key)


def _set_theme(deck: Deck) -> None:
    part = deck.slide_master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    theme = part.blob.decode("utf-8")
    for name, colour in _PALETTE.items():
        theme = re.sub(
            rf"(<a:{name}>).*?(</a:{name}>)", rf'\g<1><a:srgbClr val="{colour}"/>\g<2>', theme
        )
    theme = re.sub(r'(<a:latin typeface=")[^"]*"', rf'\g<1>{FONT}"', theme)
    part._blob = theme.encode("utf-8")


def _keep_layouts(deck: Deck) -> None:
    kept = {deck.slide_layouts[position].name: name for position, name in LAYOUTS.items()}
    for layout in list(deck.slide_layouts):
        if layout.name in kept:
            layout._element.cSld.set("name", kept[layout.name])
        else:
            deck.slide_layouts.remove(layout)


def _dress_master(master: SlideMaster) -> None:
    title: Any = master.placeholders[0]
    body: Any = master.placeholders[1]
    _place(title, (LEFT, Inches(0.55), BODY_WIDTH, Inches(1.1)))
    _place(body, (LEFT, BODY_TOP, BODY_WIDTH, BODY_HEIGHT))
    title.text_frame.vertical_anchor = MSO_ANCHOR.MIDDLE
    styles = master._element.find(qn("p:txStyles"))
    for level in styles.find(qn("p:titleStyle")):
        level.set("algn", "l")
        level.find(qn("a:defRPr")).set("sz", "3800")
        level.find(qn("a:defRPr")).set("b", "1")
        _use_theme_colour(level.find(qn("a:defRPr")), "tx2")
    for size, level in zip((3000, 2600, 2200), styles.find(qn("p:bodyStyle")), strict=False):
        level.find(qn("a:defRPr")).set("sz", str(size))
        _space_after(level)
    _place_footers(master)


def _use_theme_colour(run: Any, name: str) -> None:
    run.find(qn("a:solidFill")).find(qn("a:schemeClr")).set("val", name)


def _space_after(level: Any) -> None:
    before = level.find(qn("a:spcBef"))
    before.clear()
    points = before.makeelement(qn("a:spcPts"), {"val": "1800"})
    before.append(points)


def placeholders(holder: SlideMaster | SlideLayout) -> list[Any]:
    """The placeholders as the library makes them: its type hints miss their text and XML."""
    return [holder.placeholders[position] for position in range(len(holder.placeholders))]


def _place_footers(holder: SlideMaster | SlideLayout) -> None:
    """Keep the slide number, at the bottom right; drop date and footer."""
    for shape in placeholders(holder):
        kind = shape.element.ph.get("type")
        if kind in {"dt", "ftr"}:
            shape.element.getparent().remove(shape.element)
        elif kind == "sldNum":
            _place(shape, (Inches(11.53), Inches(6.85), Inches(1.0), Inches(0.4)))
            for run in shape.element.iter(qn("a:defRPr")):
                run.set("sz", "1400")


def _dress_layout(layout: SlideLayout) -> None:
    _place_footers(layout)
    boxes: dict[str, tuple[Rect, ...]] = {
        LAYOUTS[0]: (
            (LEFT, Inches(2.0), BODY_WIDTH, Inches(2.0)),
            (LEFT, Inches(4.3), BODY_WIDTH, Inches(1.3)),
        ),
        LAYOUTS[2]: (
            (LEFT, Inches(0.55), BODY_WIDTH, Inches(1.1)),
            (LEFT, Inches(2.1), BODY_WIDTH, Inches(4.2)),
        ),
        LAYOUTS[3]: (
            (LEFT, Inches(0.55), BODY_WIDTH, Inches(1.1)),
            (LEFT, BODY_TOP, _COLUMN, BODY_HEIGHT),
            (LEFT + _COLUMN + _GAP, BODY_TOP, _COLUMN, BODY_HEIGHT),
        ),
    }
    content = [s for s in placeholders(layout) if s.element.ph.get("type") != "sldNum"]
    for shape, rect in zip(content, boxes.get(layout.name, ()), strict=False):
        _place(shape, rect)
    if layout.name == LAYOUTS[0]:
        _dress_cover(layout)
    elif layout.name == LAYOUTS[2]:
        _dress_quote(layout)
    if layout.name != LAYOUTS[0]:
        _decorate(layout, (LEFT, Inches(1.62), Inches(1.3), Inches(0.07)), WARM)


def _dress_cover(layout: SlideLayout) -> None:
    layout.background.fill.solid()
    layout.background.fill.fore_color.rgb = DEEP
    _decorate(layout, (LEFT, Inches(4.08), Inches(1.8), Inches(0.09)), _colour("F0A878"))
    for shape, rect, colour in _skyline():
        _decorate(layout, rect, colour, shape)
    title, subtitle = placeholders(layout)[:2]
    title.text_frame.vertical_anchor = MSO_ANCHOR.BOTTOM
    _style_levels(title, size=5000, colour="FFFFFF", bold=True)
    _style_levels(subtitle, size=2600, colour="E4F0EF", bold=False)


def _dress_quote(layout: SlideLayout) -> None:
    layout.background.fill.solid()
    layout.background.fill.fore_color.rgb = MIST
    title, quote = placeholders(layout)[:2]
    title.text_frame.vertical_anchor = MSO_ANCHOR.MIDDLE
    quote.text_frame.vertical_anchor = MSO_ANCHOR.MIDDLE
    _style_levels(title, size=3800, colour="12484B", bold=True)
    _style_levels(quote, size=3600, colour="12484B", bold=False)


def _style_levels(shape: Any, *, size: int, colour: str, bold: bool) -> None:
    """Fix the first paragraph level of a layout's placeholder: left, no bullet."""
    styles = shape.text_frame._txBody.find(qn("a:lstStyle"))
    styles.clear()
    level = styles.makeelement(qn("a:lvl1pPr"), {"marL": "0", "indent": "0", "algn": "l"})
    styles.append(level)
    level.append(level.makeelement(qn("a:buNone"), {}))
    run = level.makeelement(
        qn("a:defRPr"), {"sz": str(size), "b": str(int(bold)), "i": "0", "cap": "none"}
    )
    fill = run.makeelement(qn("a:solidFill"), {})
    fill.append(fill.makeelement(qn("a:srgbClr"), {"val": colour}))
    run.append(fill)
    level.append(run)


def _skyline() -> Iterator[tuple[str, Rect, RGBColor]]:
    """A street of five houses along the bottom edge: walls, then roofs."""
    for number, (left, width, height) in enumerate(_HOUSES):
        colour = _FACADES[number % 2]
        top = _HEIGHT - Inches(height)
        yield "rect", (Inches(left), top, Inches(width), Inches(height)), colour
        roof = (Inches(left - 0.1), top - Inches(0.35), Inches(width + 0.2), Inches(0.35))
        yield "triangle", roof, colour


def _decorate(layout: SlideLayout, rect: Rect, colour: RGBColor, geometry: str = "rect") -> None:
    """Draw a shape on the layout: layouts are never read aloud, so it needs no text."""
    tree = layout.shapes._spTree
    shape_id = _FIRST_DRAWING_ID + len(tree)
    bar = Shape(tree.add_autoshape(shape_id, "Décor", geometry, *map(Emu, rect)), layout.shapes)
    bar.fill.solid()
    bar.fill.fore_color.rgb = colour
    bar.line.fill.background()
    bar.shadow.inherit = False


def _place(shape: Any, rect: Rect) -> None:
    shape.left, shape.top, shape.width, shape.height = (Emu(value) for value in rect)
    shape.text_frame.margin_left = 0


def _speak_french(deck: Deck) -> None:
    """Set French on every default, so that text typed later is read in French."""
    elements = [deck.element, deck.slide_master._element, deck.notes_master._element]
    elements += [layout._element for layout in deck.slide_layouts]
    for element in elements:
        for tag in ("a:defRPr", "a:rPr", "a:endParaRPr"):
            for run in element.iter(qn(tag)):
                run.set("lang", LANGUAGE)


def _set_properties(deck: Deck, entry: KitEntry, manifest: Manifest) -> None:
    properties = deck.core_properties
    properties.title, properties.subject = entry.title, entry.description
    properties.author = properties.last_modified_by = PUBLISHER
    properties.language, properties.keywords = LANGUAGE, entry.keywords
    properties.category = f"Kit AG, {manifest.label}"
    properties.comments = f"Licence : {LICENCE_NAME} ({LICENCE_URL})"
    properties.version, properties.revision = manifest.label, 1
    properties.created = properties.modified = manifest.timestamp.replace(tzinfo=None)
