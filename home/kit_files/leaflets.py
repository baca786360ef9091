"""Turns the sources of the PDF files into the plain data their templates lay out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from home.kit_files.letters import read_source
from home.kit_files.manifest import read_toml
from home.kit_files.markup import (
    Block,
    Box,
    Heading,
    Listing,
    Paragraph,
    Spans,
    Table,
    parse_blocks,
    text_spans,
)
from home.kit_files.model import KitContentError
from home.kit_files.records import LegalRecord, quoted, read_terms
from home.kit_files.typography import french_spaces, widen_narrow_spaces

Plain = dict[str, Any]
# A link to a page of the site has no address yet when a file is built: its text stays.
_OUTSIDE = ("https://", "mailto:")


def glossary_data(content_dir: Path, source: str) -> Plain:
    """The one-page glossary: groups of terms chosen by slug."""
    data = read_toml(content_dir / "kit" / source)
    return {
        **_band(data),
        "note": _rich(data["note"]),
        "groups": [
            {
                "title": _text(group["title"]),
                "terms": _terms(content_dir, group["terms"]),
            }
            for group in data["group"]
        ],
    }


def booklet_data(content_dir: Path, source: str, legal: dict[str, LegalRecord]) -> Plain:
    """The member's booklet: Markdown chapters, then a few words of the glossary."""
    front, body = read_source(content_dir / "kit" / source)
    return {
        **_band(front),
        "subtitle": _text(front["subtitle"]),
        "blocks": [plain_block(block, legal) for block in parse_blocks(body)],
        "terms": _terms(content_dir, front["words"]),
    }


def flyer_data(content_dir: Path, source: str) -> Plain:
    """The A5 flyer: the levels of decision, then what each member can do."""
    data = read_toml(content_dir / "kit" / source)
    back = data["back"]
    return {
        **_band(data),
        "lead": _rich(data["lead"]),
        "levels": [{key: _text(value) for key, value in level.items()} for level in data["level"]],
        "note": _rich(data["note"]),
        "back_title": _text(back["title"]),
        "steps": [
            {"title": _text(step["title"]), "text": _rich(step["text"])} for step in back["step"]
        ],
        "colleges": {
            "title": _text(back["colleges"]["title"]),
            "text": _rich(back["colleges"]["text"]),
        },
        "contact_title": _text(back["contact"]["title"]),
        "contact_lines": [_text(line) for line in back["contact"]["lines"]],
    }


def comparison_data(content_dir: Path, source: str, legal: dict[str, LegalRecord]) -> Plain:
    """The comparison table; every legal value carries the number of its source."""
    data = read_toml(content_dir / "kit" / source)
    used: list[str] = []
    rows = [
        [_rich(row["question"]), _cell(row, "coop", used, legal), _cell(row, "copro", used, legal)]
        for row in data["row"]
    ]
    return {
        **_band(data),
        "intro": _rich(data["intro"]),
        "caption": _text(data["caption"]),
        "columns": [_text(column) for column in data["columns"]],
        "rows": rows,
        "tests": [
            {"question": _text(test["question"]), "answer": _rich(test["answer"])}
            for test in data["test"]
        ],
        "closing": {
            "title": _text(data["closing"]["title"]),
            "text": _rich(data["closing"]["text"]),
        },
        "sources": [_source(quoted(legal, key)) for key in used],
    }


def _cell(row: Plain, side: str, used: list[str], legal: dict[str, LegalRecord]) -> list[Plain]:
    key = row.get(f"{side}_legal")
    if key is None:
        return _rich(row[side])
    if key not in used:
        used.append(key)
    record = quoted(legal, key)
    prefix = f"{row[f'{side}_prefix']} " if f"{side}_prefix" in row else ""
    value = record.value if not prefix else record.value[0].lower() + record.value[1:]
    return _rich(f"{prefix}{value}. *{record.short_state} (source {used.index(key) + 1}).*")


def _source(record: LegalRecord) -> Plain:
    return {"title": record.title, "notice": _text(record.notice)}


def _terms(content_dir: Path, slugs: list[str]) -> list[Plain]:
    return [
        {"term": _text(term.term), "plain": _text(term.plain)}
        for term in read_terms(content_dir, slugs)
    ]


def _band(data: Plain) -> Plain:
    return {"kicker": _text(data["kicker"]), "title": _text(data["title"])}


def _text(text: str) -> str:
    return widen_narrow_spaces(french_spaces(text))


def _rich(text: str) -> list[Plain]:
    return _spans(text_spans(" ".join(text.split())))


def _spans(spans: Spans) -> list[Plain]:
    return [
        {
            "text": widen_narrow_spaces(span.text),
            "bold": span.bold,
            "italic": span.italic,
            "href": span.href if span.href.startswith(_OUTSIDE) else "",
        }
        for span in spans
    ]


def plain_block(block: Block, legal: dict[str, LegalRecord]) -> Plain:
    """Return one block of Markdown as the templates read it; a page break is refused."""
    if isinstance(block, Heading):
        return {"kind": "heading", "level": block.level, "spans": _spans(block.spans)}
    if isinstance(block, Paragraph):
        return {"kind": "paragraph", "spans": _spans(block.spans)}
    if isinstance(block, Listing):
        items = [_spans(item) for item in block.items]
        return {"kind": "list", "ordered": block.ordered, "items": items}
    if isinstance(block, Table):
        return _table(block)
    if isinstance(block, Box):
        box = quoted(legal, block.title).as_box() if block.kind == "legal" else block
        body = [_spans(paragraph.spans) for paragraph in box.blocks]
        return {"kind": "box", "tone": box.kind, "title": _text(box.title), "body": body}
    raise KitContentError("a PDF file lays out its own pages: no page break mark")


def _table(table: Table) -> Plain:
    return {
        "kind": "table",
        "caption": _text(table.caption),
        "widths": table.widths or [1] * len(table.header),
        "header": [_spans(cell) for cell in table.header],
        "rows": [[_spans(cell) for cell in row] for row in table.rows],
    }
