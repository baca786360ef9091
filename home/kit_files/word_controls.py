"""Fillable parts of a Word file: fields, boxes to tick, page numbers.

Fields are content controls: one click selects the whole prompt, typing replaces
it and the highlight goes. They still read as `[prompt]` where controls are unknown.
"""

from __future__ import annotations

from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.text.paragraph import Paragraph

_W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
_SYMBOL_FONT = "MS Gothic"
FIELD_STYLE = "ChampACompleter"
_FIELD_COLOUR = "8A3414"
_FIELD_FILL = "FDEBD3"


def _escape(text: str) -> str:
    for raw, safe in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;")):
        text = text.replace(raw, safe)
    return text


def add_field(paragraph: Paragraph, prompt: str, *, bold: bool = False) -> None:
    """Add a text to fill; `prompt` is shown in brackets until someone types over it."""
    weight = "<w:b/>" if bold else ""
    look = (
        f'<w:rStyle w:val="{FIELD_STYLE}"/>{weight}<w:color w:val="{_FIELD_COLOUR}"/>'
        f'<w:shd w:val="clear" w:color="auto" w:fill="{_FIELD_FILL}"/>'
    )
    name = _escape(prompt.strip("[]"))[:60]
    paragraph._p.append(
        parse_xml(
            f"<w:sdt {nsdecls('w')}><w:sdtPr>{f'<w:rPr>{weight}</w:rPr>' if bold else ''}"
            f'<w:alias w:val="{name}"/><w:showingPlcHdr/></w:sdtPr>'
            f"<w:sdtContent><w:r><w:rPr>{look}"
            f'</w:rPr><w:t xml:space="preserve">{_escape(prompt)}</w:t></w:r>'
            "</w:sdtContent></w:sdt>"
        )
    )


def add_checkbox(paragraph: Paragraph, label: str) -> None:
    """Add a box that a click ticks; `label` names it for screen readers."""
    paragraph._p.append(
        parse_xml(
            f'<w:sdt {nsdecls("w")} xmlns:w14="{_W14}"><w:sdtPr>'
            f'<w:alias w:val="{_escape(label)[:60]}"/><w14:checkbox><w14:checked w14:val="0"/>'
            f'<w14:checkedState w14:val="2612" w14:font="{_SYMBOL_FONT}"/>'
            f'<w14:uncheckedState w14:val="2610" w14:font="{_SYMBOL_FONT}"/></w14:checkbox>'
            f"</w:sdtPr><w:sdtContent><w:r><w:rPr>"
            f'<w:rFonts w:ascii="{_SYMBOL_FONT}" w:eastAsia="{_SYMBOL_FONT}" '
            f'w:hAnsi="{_SYMBOL_FONT}" w:hint="eastAsia"/></w:rPr><w:t>☐</w:t></w:r>'
            "</w:sdtContent></w:sdt>"
        )
    )


def add_page_number(paragraph: Paragraph) -> None:
    """Add « Page n sur total », computed by the word processor."""
    paragraph.add_run("Page ")
    _add_computed(paragraph, "PAGE")
    paragraph.add_run(" sur ")
    _add_computed(paragraph, "NUMPAGES")


def _add_computed(paragraph: Paragraph, instruction: str) -> None:
    computed = OxmlElement("w:fldSimple")
    computed.set(qn("w:instr"), f" {instruction} ")
    computed.append(_run_with_text("1"))
    paragraph._p.append(computed)


def _run_with_text(text: str) -> BaseOxmlElement:
    run = OxmlElement("w:r")
    content = OxmlElement("w:t")
    content.text = text
    run.append(content)
    return run
