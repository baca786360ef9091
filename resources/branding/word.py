"""Templates in Word: pictures in the text, the headers and the footers; prompts and their fields."""

import io
from collections.abc import Iterator
from typing import Any

from docx import Document
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Emu, Pt

from resources.branding.brand import Brand, Logo
from resources.branding.marks import NAME, Marks, is_logo, put_name

_PLACES = (("wp:positionH", "wp:align", 0), ("wp:positionV", "wp:align", 1))


def marks_in(content: bytes) -> Marks:
    document = Document(io.BytesIO(content))
    logos = names = 0
    for _part, root in _parts(document):
        logos += len(_zones(root))
        for paragraph in root.iter(qn("w:p")):
            names += len(NAME.findall("".join(t.text or "" for t in _texts(paragraph))))
    return Marks(logos, names)


def dressed(content: bytes, brand: Brand) -> bytes:
    """Return the file with the logo in its zones, or the name there when there is no logo."""
    document = Document(io.BytesIO(content))
    for part, root in _parts(document):
        for drawing in _zones(root):
            if brand.logo:
                _put_logo(part, drawing, brand.logo, brand.name)
            else:
                _put_words(part, drawing, brand.name)
        for paragraph in root.iter(qn("w:p")):
            if put_name(_texts(paragraph), brand.name):
                _accept_fields(paragraph, brand.name)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _parts(document: Any) -> Iterator[tuple[Any, BaseOxmlElement]]:
    """The text of the file, then each header and footer, once."""
    yield document.part, document.element
    for relation in document.part.rels.values():
        if relation.reltype.endswith(("/header", "/footer")):
            yield relation.target_part, relation.target_part.element


def _zones(root: BaseOxmlElement) -> list[Any]:
    """The drawings whose alternative text says that they stand for the logo."""
    found = []
    for drawing in root.iter(qn("w:drawing")):
        about = next(drawing.iter(qn("wp:docPr")), None)
        picture = next(drawing.iter(qn("a:blip")), None)
        if about is not None and picture is not None and is_logo(*_said(about)):
            found.append(drawing)
    return found


def _said(about: Any) -> tuple[str | None, ...]:
    return about.get("descr"), about.get("title"), about.get("name")


def _texts(paragraph: Any) -> list[Any]:
    """The pieces of text of a paragraph, less those of a text box drawn in it."""
    return [
        text
        for text in paragraph.iter(qn("w:t"))
        if next(text.iterancestors(qn("w:p")), None) is paragraph
    ]


def _put_logo(part: Any, drawing: Any, logo: Logo, name: str) -> None:
    frame = drawing[0]
    extent = frame.find(qn("wp:extent"))
    box = int(extent.get("cx")), int(extent.get("cy"))
    width, height = (max(1, round(side)) for side in logo.fitted(*box))
    key, _image = part.get_or_add_image(io.BytesIO(logo.png))
    blip = next(drawing.iter(qn("a:blip")))
    old = blip.get(qn("r:embed"))
    blip.set(qn("r:embed"), key)
    for child in list(blip):
        blip.remove(child)  # effects, and the drawing in another format that some programs keep
    for crop in list(drawing.iter(qn("a:srcRect"))):
        crop.getparent().remove(crop)
    for size in (extent, *drawing.iter(qn("a:ext"))):
        if size.get("cx"):
            size.set("cx", str(width))
            size.set("cy", str(height))
    _centre(frame, box, (width, height))
    for about in (*drawing.iter(qn("wp:docPr")), *drawing.iter("{*}cNvPr")):
        about.set("name", "Logo")
        about.set("descr", name)
        about.attrib.pop("title", None)
    _forget(part, old)


def _centre(frame: Any, box: tuple[int, int], size: tuple[int, int]) -> None:
    """Keep a floating picture in the middle of its zone; one that is aligned stays aligned."""
    for tag, _align, side in _PLACES:
        offset = frame.find(f"{qn(tag)}/{qn('wp:posOffset')}")
        if offset is not None:
            offset.text = str(int(offset.text) + (box[side] - size[side]) // 2)


def _forget(part: Any, key: str | None) -> None:
    """Drop the picture that stood for the logo, unless something else shows it."""
    still = {blip.get(qn("r:embed")) for blip in part.element.iter(qn("a:blip"))}
    if key and key not in still and key in part.rels:
        del part.rels[key]


def _put_words(part: Any, drawing: Any, name: str) -> None:
    """No logo: the name, in bold, where it would stand."""
    frame = drawing[0]
    part_height = int(frame.find(qn("wp:extent")).get("cy"))
    old = next(drawing.iter(qn("a:blip"))).get(qn("r:embed"))
    run = drawing.getparent()
    run.remove(drawing)
    _forget(part, old)
    text = run.makeelement(qn("w:t"), {qn("xml:space"): "preserve"})
    text.text = name
    run.append(text)
    properties = run.get_or_add_rPr()
    properties.get_or_add_b()
    properties.get_or_add_sz().val = Emu(min(Pt(13), part_height // 2))


def _accept_fields(paragraph: Any, name: str) -> None:
    """A field that now holds the name no longer looks, nor acts, as a prompt."""
    for field in paragraph.iter(qn("w:sdt")):
        if "".join(t.text or "" for t in field.iter(qn("w:t"))) != name:
            continue
        for prompt in list(field.iter(qn("w:showingPlcHdr"))):
            prompt.getparent().remove(prompt)
        for run in field.iter(qn("w:r")):
            for look in ("w:rStyle", "w:color", "w:shd"):
                for mark in list(run.iter(qn(look))):
                    mark.getparent().remove(mark)
