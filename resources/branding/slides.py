"""Templates in PowerPoint: pictures and prompts on the slides, their layouts and their master."""

import io
from collections.abc import Iterator
from math import ceil
from typing import Any

from pptx import Presentation
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.util import Emu, Pt

from resources.branding.brand import Brand, Logo
from resources.branding.marks import NAME, Marks, is_logo, put_name

_LARGEST, _SMALLEST = 24, 8  # points
_LETTER, _LINE = 0.58, 1.2  # of the size of the letters


def marks_in(content: bytes) -> Marks:
    deck = Presentation(io.BytesIO(content))
    logos = sum(len(_zones(holder)) for holder in _holders(deck))
    names = sum(
        len(NAME.findall("".join(t.text or "" for t in pieces))) for pieces in _paragraphs(deck)
    )
    return Marks(logos, names)


def dressed(content: bytes, brand: Brand) -> bytes:
    """Return the deck with the logo in its zones, or the name there when there is no logo."""
    deck = Presentation(io.BytesIO(content))
    for holder in _holders(deck):
        for picture in _zones(holder):
            if brand.logo:
                _put_logo(holder.part, picture, brand.logo, brand.name)
            else:
                _put_words(holder, picture, brand.name)
    for pieces in _paragraphs(deck):
        put_name(pieces, brand.name)
    stream = io.BytesIO()
    deck.save(stream)
    return stream.getvalue()


def _holders(deck: Any) -> Iterator[Any]:
    yield from deck.slides
    for master in deck.slide_masters:
        yield master
        yield from master.slide_layouts


def _zones(holder: Any) -> list[Any]:
    """The pictures, in groups too, whose alternative text says that they stand for the logo."""
    found = []
    for picture in holder.element.iter(qn("p:pic")):
        about = picture.find(f"{qn('p:nvPicPr')}/{qn('p:cNvPr')}")
        if is_logo(about.get("descr"), about.get("title"), about.get("name")):
            found.append(picture)
    return found


def _paragraphs(deck: Any) -> Iterator[list[Any]]:
    roots = [holder.element for holder in _holders(deck)]
    roots += [slide.notes_slide.element for slide in deck.slides if slide.has_notes_slide]
    for root in roots:
        for paragraph in root.iter(qn("a:p")):
            yield list(paragraph.iter(qn("a:t")))


def _put_logo(part: Any, picture: Any, logo: Logo, name: str) -> None:
    offset, extent = _place(picture)
    box = int(extent.get("cx")), int(extent.get("cy"))
    width, height = (max(1, round(side)) for side in logo.fitted(*box))
    offset.set("x", str(int(offset.get("x")) + (box[0] - width) // 2))
    offset.set("y", str(int(offset.get("y")) + (box[1] - height) // 2))
    extent.set("cx", str(width))
    extent.set("cy", str(height))
    _image, key = part.get_or_add_image_part(io.BytesIO(logo.png))
    blip = next(picture.iter(qn("a:blip")))
    old = blip.get(qn("r:embed"))
    blip.set(qn("r:embed"), key)
    for child in list(blip):
        blip.remove(child)
    for crop in list(picture.iter(qn("a:srcRect"))):
        crop.getparent().remove(crop)
    about = picture.find(f"{qn('p:nvPicPr')}/{qn('p:cNvPr')}")
    about.set("name", "Logo")
    about.set("descr", name)
    about.attrib.pop("title", None)
    _forget(part, old)


def _place(picture: Any) -> tuple[Any, Any]:
    place = picture.find(f"{qn('p:spPr')}/{qn('a:xfrm')}")
    return place.find(qn("a:off")), place.find(qn("a:ext"))


def _forget(part: Any, key: str | None) -> None:
    still = {blip.get(qn("r:embed")) for blip in part._element.iter(qn("a:blip"))}
    if key and key not in still:
        part.drop_rel(key)


def _put_words(holder: Any, picture: Any, name: str) -> None:
    """No logo: the name, as large as the zone allows."""
    offset, extent = _place(picture)
    left, top = int(offset.get("x")), int(offset.get("y"))
    width, height = int(extent.get("cx")), int(extent.get("cy"))
    relation = next(picture.iter(qn("a:blip"))).get(qn("r:embed"))
    box = holder.shapes.add_textbox(Emu(left), Emu(top), Emu(width), Emu(height))
    box.name = "Logo"
    picture.getparent().replace(picture, box._element)
    _forget(holder.part, relation)
    frame = box.text_frame
    frame.word_wrap = True
    frame.vertical_anchor = MSO_ANCHOR.MIDDLE
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    paragraph = frame.paragraphs[0]
    paragraph.alignment = PP_ALIGN.CENTER
    run = paragraph.add_run()
    run.text = name
    run.font.bold = True
    run.font.size = Pt(fitting_size(name, Emu(width).pt, Emu(height).pt))


def fitting_size(text: str, width: float, height: float) -> int:
    """The largest size of letters, in points, at which ``text`` stands in a box of that size."""
    for size in range(_LARGEST, _SMALLEST, -1):
        longest = max(len(word) for word in text.split() or [""])
        lines = ceil(len(text) * size * _LETTER / width)
        if longest * size * _LETTER <= width and lines * size * _LINE <= height:
            return size
    return _SMALLEST
