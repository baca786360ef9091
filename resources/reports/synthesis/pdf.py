"""What the PDF of a synthesis holds, as plain data, and its compiling: tagged, PDF/UA-1."""

from __future__ import annotations

import hashlib
import json
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from hub.core.licences import Licence
from hub.core.request_cache import remembering
from hub.core.templatetags.formats import long_date
from resources.glossary.state import glossary
from resources.guide_pdf.blocks import Writer
from resources.guide_pdf.compiling import compiled_file
from resources.guide_pdf.prose import Plain, clean
from resources.reports.synthesis import shown
from resources.reports.synthesis.parts import KEY_FIGURES, QUOTE
from resources.reports.synthesis.words_shown import key_label, source_line, table_note

if TYPE_CHECKING:
    from resources.reports.models.synthesis import SynthesisPage

TEMPLATE = Path(__file__).parent / "synthesis.typ"


def content_of(page: SynthesisPage) -> Plain:
    """The page as anybody may read it now, in its own language."""
    with override(page.locale.language_code), remembering():
        url = page.get_full_url() or page.get_url() or ""
        writer = Writer(base_url=url, glossary=glossary(page.locale.language_code))
        day = timezone.localtime(page.last_published_at or page.built_at or timezone.now()).date()
        parts = shown.parts(page)
        return {
            "title": clean(page.title),
            "summary": clean(page.summary),
            "language": page.locale.language_code,
            "url": url,
            "shown_url": url.partition("://")[2].rstrip("/"),
            "date": [day.year, day.month, day.day],
            "up_to_date": _("Up to date on %(day)s") % {"day": long_date(day)},
            "parts": [told for part in parts for told in _part(part, writer)],
            "rest": [p for block in page.body for p in writer._block(block)],
            "notice": _invented() if page.is_example else "",
            "labels": _labels(urljoin(url, page.csv_url)),
            "quotes_in": "fr",
        }


def _invented() -> str:
    return _("The co-operatives and the answers of this synthesis were made up as an example.")


def _part(part: dict[str, Any], writer: Writer) -> list[Plain]:
    if part["kind"] == "content":
        return [{"kind": "content", "body": list(writer._block(part["block"]))}]
    if part["kind"] == KEY_FIGURES:
        items = [
            {**item, "value": str(item["value"]), "label": key_label(item)}
            for item in part["items"]
        ]
        return [{"kind": "key_figures", "items": items}]
    if part["kind"] == QUOTE:
        return [{"kind": QUOTE, "text": clean(part["text"]), "by": clean(part["name"])}]
    told = {name: clean(part[name]) for name in ("title", "text", "caption") if name in part}
    source = part.get("source")
    if source:
        told["source"] = source_line(source)
        told["note"] = table_note(source["table"])
    table = {"table": source["table"]} if source and part["kind"] == "chart" else {}
    return [{"kind": part["kind"], **told, **table}]


def _labels(csv_url: str) -> dict[str, str]:
    return {
        "kind": _("Synthesis"),
        "answer": _("Answer"), "share": _("Share"), "count": _("Co-operatives"), "n": "n",
        "hidden": _("fewer than the limit"), "category": _("Category"),
        "attendance": _("Attendance"), "expression": _("Expression"),
        "anonymous": _("A co-operative"),
        "page_of": _("Page {page} of {pages}"),
        "online": _("The latest version stands at this address:"),
        "data": _("The figures as open data (%(licence)s):") % {"licence": Licence.OPEN.label},
        "data_url": csv_url,
        "percent": _("%(number)s%%") % {"number": ""},
        "half": _("half of the co-operatives between"), "and": _("and"),
    }  # fmt: skip


def digest_of(content: Plain) -> str:
    """SHA-256 of all that decides the bytes of the file."""
    told = hashlib.sha256(TEMPLATE.read_bytes())
    told.update(json.dumps(content, sort_keys=True).encode())
    return told.hexdigest()


def compiled(content: Plain) -> bytes:
    """The PDF. Raises PdfError, for a warning too."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "main.typ").write_bytes(TEMPLATE.read_bytes())
        told = json.dumps(content, ensure_ascii=False)
        return compiled_file(root, told, content["date"]).content
