"""The glossary for other programs: CSV, JSON and TBX, the exchange format of terminologists.

The same terms give the same bytes: an address that was read already answers « not modified ».
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping
from typing import Any
from xml.etree import ElementTree as ET

from hub.core.spreadsheets import inert
from hub.core.text import printable
from resources.chosen import raw_values
from resources.glossary.forms import titles
from resources.models import GlossaryTermPage, LegalRecord
from resources.structured_data import absolute
from resources.terms.rows import Terms
from resources.terms.sheet import COLUMNS, FOR_READERS, parts

LICENCE = "https://creativecommons.org/licenses/by-sa/4.0/"
TBX = "urn:iso:std:iso:30042:ed-2"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def as_csv(terms: Terms) -> bytes:
    """A sheet that `resources.terms.sheet` reads again; its first bytes tell Excel that it is UTF-8."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([*COLUMNS, *FOR_READERS])
    for page, cells in terms:
        written = [inert(cells[column]) for column in COLUMNS]
        writer.writerow([*written, absolute(page.get_url())])
    return out.getvalue().encode("utf-8-sig")


def as_json(
    terms: Terms, language: str, translations: Mapping[Any, list[GlossaryTermPage]]
) -> bytes:
    """Every term with all that its page says; `translations` are the pages of each concept."""
    listed = [_record(terms, page, cells, translations) for page, cells in terms]
    document = {"language": language, "licence": LICENCE, "count": len(listed), "terms": listed}
    return json.dumps(document, ensure_ascii=False, indent=1).encode()


def _record(
    terms: Terms,
    page: GlossaryTermPage,
    cells: dict[str, str],
    translations: Mapping[Any, list[GlossaryTermPage]],
) -> dict[str, Any]:
    return {
        "slug": page.slug,
        "term": page.title,
        "acronym": page.acronym,
        "definition": page.plain_definition,
        "explanation": cells["full"],
        "variants": page.variant_list,
        "ambiguous": page.ambiguous,
        "not_to_be_confused_with": _confusions(terms, page),
        "related": parts(cells["related"]),
        "source": page.source,
        "source_checked_on": cells["source_checked"] or None,
        "review_on": page.review_on.isoformat() if page.review_on else None,
        "themes": parts(cells["themes"]),
        "steps": parts(cells["steps"]),
        "legal_values": [_legal(record) for record in terms.legal(page)],
        "url": absolute(page.get_url()),
        "translations": {
            other.locale.language_code: absolute(other.get_url())
            for other in translations.get(page.translation_key, [])
            if other.pk != page.pk
        },
    }


def _confusions(terms: Terms, page: GlossaryTermPage) -> list[dict[str, str]]:
    return [
        {"slug": terms.slugs[value["term"]], "difference": value["difference"]}
        for value in raw_values(page.not_to_confuse)
        if value["term"] in terms.slugs
    ]


def _legal(record: LegalRecord) -> dict[str, Any]:
    return {
        "key": record.key,
        "title": record.title,
        "value": record.value,
        "unit": record.unit,
        "state": record.effective_state,
        "source": record.source,
        "checked_on": record.checked_on.isoformat() if record.checked_on else None,
        "next_review": record.next_review.isoformat() if record.next_review else None,
    }


def as_tbx(concepts: Iterable[list[GlossaryTermPage]]) -> bytes:
    """TBX-Basic (ISO 30042:2019, DCA style): a concept for each term, its languages side by side."""
    root = ET.Element("tbx", {"type": "TBX-Basic", "style": "dca", XML_LANG: "fr", "xmlns": TBX})
    description = _child(_child(root, "tbxHeader"), "fileDesc")
    _child(_child(description, "titleStmt"), "title", "Glossaire de la vie coopérative")
    _child(_child(description, "publicationStmt"), "p", LICENCE)
    _child(_child(description, "sourceDesc"), "p", absolute("/"))
    body = _child(_child(root, "text"), "body")
    for pages in concepts:
        entry = _child(body, "conceptEntry", id=f"c{pages[0].translation_key.hex[:16]}")
        for page in pages:
            _language(entry, page)
    ET.indent(root, " ")
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="utf-8")


def _language(entry: ET.Element, page: GlossaryTermPage) -> None:
    section = _child(entry, "langSec")
    section.set(XML_LANG, page.locale.language_code)
    if page.last_published_at:
        change = _child(section, "transacGrp")
        _child(change, "transac", "modification", type="transactionType")
        _child(change, "date", page.last_published_at.date().isoformat())
    explained = _child(section, "descripGrp")
    _child(explained, "descrip", page.plain_definition, type="definition")
    if page.source:
        _child(explained, "admin", page.source, type="source")
    _child(
        section, "xref", page.title, type="externalCrossReference", target=absolute(page.get_url())
    )
    for term, kind, status in _names(page):
        written = _child(section, "termSec")
        _child(written, "term", term)
        _child(written, "termNote", f"{status}-admn-sts", type="administrativeStatus")
        _child(written, "termNote", kind, type="termType")


def _names(page: GlossaryTermPage) -> list[tuple[str, str, str]]:
    """Every way of saying the concept, each once: what it is, and whether it is the one to prefer."""
    first, *others = titles(page.title)
    found = {first: ("fullForm", "preferredTerm")}
    if page.acronym:
        found.setdefault(page.acronym, ("acronym", "admittedTerm"))
    for name in [*others, *page.variant_list]:
        found.setdefault(name, ("variant", "admittedTerm"))
    return [(name, *said) for name, said in found.items()]


def _child(parent: ET.Element, tag: str, text: str = "", /, **attributes: str) -> ET.Element:
    element = ET.SubElement(parent, tag, attributes)
    element.text = printable(text) or None
    return element
