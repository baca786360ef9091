"""Turns the blocks of a page body into the plain data that the PDF template lays out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin

from django.utils.translation import gettext as _
from wagtail.blocks import StreamValue
from wagtail.rich_text import RichText, expand_db_html

from hub.core.blocks import variants_of
from hub.core.models import HubDocument
from hub.core.templatetags.formats import file_size, format_name, long_date, page_count
from resources.glossary.placing import Section
from resources.glossary.state import Glossary
from resources.guide_pdf.prose import Plain, blocks_of, clean, plain_paragraph
from resources.models.legal import LegalRecord

PICTURE = "max-1400x1800|format-jpeg|bgcolor-ffffff"  # a page of paper at some 200 points an inch
_CALLOUTS = {"example": "Example", "warning": "Warning", "tip": "Tip", "key": "Key point"}


@dataclass
class Writer:
    """Writes the blocks of one document: ``base_url`` makes addresses whole.

    ``pictures`` gathers the bytes of the pictures met, by the name that the data knows them under.
    """

    base_url: str
    glossary: Glossary
    pictures: dict[str, bytes] = field(default_factory=dict)
    _section: Section = field(default_factory=Section)

    def stream(self, stream: StreamValue) -> list[Plain]:
        self._section = Section()
        return [part for block in stream for part in self._block(block)]

    def rich(self, text: Any) -> list[Plain]:
        """A rich text, with the first use of each term of a section led to the glossary."""
        html = expand_db_html(text.source if isinstance(text, RichText) else str(text or ""))
        return blocks_of(self.glossary.link(html, self._section), self.base_url)

    def _block(self, block: StreamValue.StreamChild) -> Iterator[Plain]:
        if block.value is None:
            return
        writers: dict[str, Callable[[Any], Iterator[Plain]]] = {
            "heading": self._heading,
            "paragraph": lambda value: iter(self.rich(value)),
            "variants": self._variants,
            "callout": self._callout,
            "quote": self._quote,
            "copy_text": self._copy_text,
            "table": self._table,
            "figure": self._figure,
            "files": self._files,
            "legal_value": self._legal_value,
        }
        known = writers.get(block.block_type)
        # A kind of block that this writer has not met yet is written as it is shown.
        yield from known(block.value) if known else blocks_of(block.render(), self.base_url)

    def _heading(self, value: str) -> Iterator[Plain]:
        self._section = Section()
        yield {"kind": "heading", "level": 2, "spans": plain_paragraph(value)["spans"]}

    def _variants(self, value: Any) -> Iterator[Plain]:
        for variant in variants_of(value):
            yield {
                "kind": "variant",
                "form": variant["form"],
                "title": str(variant["label"]),
                "body": self.rich(variant["text"]),
            }

    def _callout(self, value: Any) -> Iterator[Plain]:
        label = _(_CALLOUTS.get(value["kind"], "Key point"))
        said = value["title"] if value["title"] not in ("", label) else ""
        title = f"{label} – {said}" if said else label
        yield {
            "kind": "box", "tone": value["kind"], "title": clean(title), "body": self.rich(value["text"]),
        }  # fmt: skip

    def _quote(self, value: Any) -> Iterator[Plain]:
        html = expand_db_html(value["text"].source)
        by = " – ".join(part for part in (value["author"], value["role"]) if part)
        yield {"kind": "quote", "body": blocks_of(html, self.base_url), "by": clean(by)}

    def _copy_text(self, value: Any) -> Iterator[Plain]:
        lines = [clean(line.strip()) for line in value["text"].splitlines()]
        yield {"kind": "copy", "title": clean(value["title"]), "lines": lines}

    def _table(self, value: Any) -> Iterator[Plain]:
        table = value["table"]
        if not table or not table.columns:
            return
        yield {
            "kind": "table",
            "caption": clean(table.caption or _("Table")),
            "header": [clean(column["heading"] or "") for column in table.columns],
            "rows": [[self._cell(cell) for cell in row] for row in table.rows],
        }

    def _cell(self, cell: Any) -> list[Plain]:
        if cell.block.name == "text":
            return self.rich(cell.value)
        return [plain_paragraph("" if cell.value is None else str(cell.value))]

    def _figure(self, value: Any) -> Iterator[Plain]:
        image = value["image"]
        if not image:
            return
        rendition = image.get_rendition(PICTURE)
        name = f"{image.pk}-{rendition.width}.jpg"
        with rendition.file.open("rb") as file:
            self.pictures[name] = file.read()
        alt = "" if image.decorative else image.contextual_alt_text or image.default_alt_text
        caption = clean(value["caption"] or "")
        yield {"kind": "figure", "picture": name, "alt": clean(alt or ""), "caption": caption}

    def _files(self, value: Any) -> Iterator[Plain]:
        files = [self._file(document) for document in value["files"] if document]
        yield {"kind": "files", "title": clean(value["title"] or ""), "files": files}

    def _file(self, document: HubDocument) -> Plain:
        facts = (
            format_name(document.format),
            file_size(document.file_size),
            page_count(document.page_count),
        )
        return {
            "title": clean(document.title),
            "facts": ", ".join(fact for fact in facts if fact),
            "url": urljoin(self.base_url, document.url),
        }

    def _legal_value(self, record: LegalRecord) -> Iterator[Plain]:
        checked = (
            _("Checked on %(day)s.") % {"day": long_date(record.checked_on)}
            if record.checked_on
            else _("Not checked yet.")
        )
        yield {
            "kind": "legal",
            "title": clean(record.title),
            "state": record.effective_state_label,
            "certain": record.is_certain,
            "value": clean(f"{record.value} {record.unit}".strip()),
            "caution": _caution(record),
            "explanation": clean(record.explanation),
            "source": clean(record.source),
            "source_url": record.source_url,
            "checked": checked,
        }


def _caution(record: LegalRecord) -> str:
    if record.is_certain:
        return ""
    if record.checked_on:
        return _(
            "The federation has to check this value again: compare it with your articles of"
            " association before you rely on it."
        )
    return _(
        "The federation has not confirmed this value yet: check it against your articles of"
        " association before you rely on it."
    )
