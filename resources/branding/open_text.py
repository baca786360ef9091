"""Templates in OpenDocument text: frames and prompts, in the pages and in what repeats on them."""

import hashlib
import io
import re
from typing import Any

from odfdo import Document, Element

from resources.branding.brand import Brand, Logo
from resources.branding.marks import NAME, Marks, is_logo, put_name

_LENGTH = re.compile(r"(-?[\d.]+)\s*(cm|mm|in|pt|pc)")
_IN_CM = {"cm": 1.0, "mm": 0.1, "in": 2.54, "pt": 2.54 / 72, "pc": 2.54 / 6}
_WORDS = "Logo_nom"
_WORDS_STYLE = (
    f'<style:style style:family="paragraph" style:name="{_WORDS}"><style:paragraph-properties'
    ' fo:text-align="end" fo:margin-top="0mm" fo:margin-bottom="0mm"/><style:text-properties'
    ' fo:font-family="Calibri" fo:font-size="10pt" fo:font-weight="bold" fo:color="#1f2a2b"/></style:style>'
)


class _Text:
    """A piece of text of a paragraph: that of an element, or what follows it."""

    def __init__(self, element: Any, where: str) -> None:
        self._element, self._where = element, where

    @property
    def text(self) -> str:
        return getattr(self._element, self._where) or ""

    @text.setter
    def text(self, value: str) -> None:
        setattr(self._element, self._where, value)


def marks_in(content: bytes) -> Marks:
    document = Document(io.BytesIO(content))
    logos = names = 0
    for root in _roots(document):
        logos += len(_zones(root))
        names += sum(
            len(NAME.findall("".join(t.text for t in pieces))) for pieces in _paragraphs(root)
        )
    return Marks(logos, names)


def dressed(content: bytes, brand: Brand) -> bytes:
    """Return the text with the logo in its zones, or the name there when there is no logo."""
    document = Document(io.BytesIO(content))
    for root in _roots(document):
        for frame in _zones(root):
            if brand.logo:
                _put_logo(document, frame, brand.logo, brand.name)
            else:
                _put_words(document, frame, brand.name)
        for pieces in _paragraphs(root):
            put_name(pieces, brand.name)
        _accept_fields(root, brand.name)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _accept_fields(root: Element, name: str) -> None:
    """A prompt that now holds the name loses the look of one, and the field that it may be."""
    for prompt in root.get_elements("descendant::text:span|descendant::text:placeholder"):
        if prompt.text == name:
            prompt._xml_element.tag = Element.from_tag("text:span")._xml_element.tag
            prompt._xml_element.attrib.clear()


def _roots(document: Document) -> list[Element]:
    return [document.content.root, document.styles.root]


def _zones(root: Element) -> list[Element]:
    return [
        frame
        for frame in root.get_elements("descendant::draw:frame[draw:image]")
        if is_logo(frame.svg_title, frame.svg_description, frame.get_attribute_string("draw:name"))
    ]


def _paragraphs(root: Element) -> list[list[_Text]]:
    paragraphs = root.get_elements("descendant::text:p|descendant::text:h")
    return [_in_order(paragraph._xml_element) for paragraph in paragraphs]


def _in_order(element: Any) -> list[_Text]:
    """The text of an element and of those in it, in the order it is read."""
    pieces = [_Text(element, "text")]
    for child in element:
        pieces += [*_in_order(child), _Text(child, "tail")]
    return pieces


def _put_logo(document: Document, frame: Element, logo: Logo, name: str) -> None:
    box = _length(frame, "svg:width"), _length(frame, "svg:height")
    width, height = logo.fitted(*box)
    image = frame.get_element("draw:image")
    old = image.get_attribute_string("xlink:href") or ""
    path = f"Pictures/logo-{hashlib.sha256(logo.png).hexdigest()[:16]}.png"
    document.set_part(path, logo.png)
    document.manifest.add_full_path(path, "image/png")
    image.set_attribute("xlink:href", path)
    for other in frame.get_elements("draw:image")[1:]:
        other.delete()  # the same picture in another format
    for side, place, before, now in (
        ("svg:width", "svg:x", box[0], width), ("svg:height", "svg:y", box[1], height),
    ):  # fmt: skip
        frame.set_attribute(side, f"{now:.3f}cm")
        if frame.get_attribute_string(place):
            frame.set_attribute(place, f"{_length(frame, place) + (before - now) / 2:.3f}cm")
    for element, attribute in (
        (frame, "style:rel-width"), (frame, "style:rel-height"),
        (image, "draw:mime-type"), (image, "loext:mime-type"),
    ):  # fmt: skip
        if element.get_attribute_string(attribute):
            element.del_attribute(attribute)
    frame.set_attribute("draw:name", "Logo")
    frame.svg_title = name
    frame.svg_description = name
    _forget(document, old)


def _length(frame: Element, attribute: str) -> float:
    """A length in centimetres; a zone that says none is 5 cm wide and 2 cm high."""
    found = _LENGTH.match(frame.get_attribute_string(attribute) or "")
    if not found:
        return {"svg:width": 5.0, "svg:height": 2.0}.get(attribute, 0.0)
    return float(found[1]) * _IN_CM[found[2]]


def _forget(document: Document, path: str) -> None:
    """Drop the picture that stood for the logo, unless something else shows it."""
    shown = {
        image.get_attribute_string("xlink:href")
        for root in _roots(document)
        for image in root.get_elements("descendant::draw:image")
    }
    if path and path not in shown and path in document.parts:
        document.del_part(path)
        document.manifest.del_full_path(path)


def _put_words(document: Document, frame: Element, name: str) -> None:
    """No logo: the name, in the same frame."""
    document.insert_style(Element.from_tag(_WORDS_STYLE))
    path = frame.get_element("draw:image").get_attribute_string("xlink:href") or ""
    for old in [*frame.get_elements("draw:image"), *frame.get_elements("svg:title|svg:desc")]:
        old.delete()
    box = Element.from_tag("draw:text-box")
    words = Element.from_tag(f'<text:p text:style-name="{_WORDS}"/>')
    words.text = name
    box.append(words)
    frame.append(box)
    frame.set_attribute("draw:name", "Logo")
    _forget(document, path)
