"""Takes the quotes of an answer out of a synthesis: its drafts, its history, what is translated from.

A quote goes with what the last build proposed for it, and may be drafted again at the next build.
"""

import json
from collections.abc import Iterable
from typing import Any

from wagtail.models import Revision
from wagtail_localize.models import TranslationSource

from resources.reports.models import SynthesisPage
from resources.reports.synthesis.parts import QUOTE

Content = dict[str, Any]


def forget_quotes(pages: Iterable[SynthesisPage], key: str) -> None:
    """Take the quotes of the answer with this key out of these pages."""
    pages = list(pages)
    for page in pages:
        _forget_in_page(page, key)
    ids = [str(page.pk) for page in pages]
    for revision in Revision.page_revisions.filter(object_id__in=ids):
        if _forget_in_content(revision.content, key):
            revision.save(update_fields=["content"])
    keys = {page.translation_key for page in pages}
    for source in TranslationSource.objects.filter(object__translation_key__in=keys):
        content = json.loads(source.content_json)
        if _forget_in_content(content, key):
            source.content_json = json.dumps(content)
            source.save(update_fields=["content_json"])


def _forget_in_page(page: SynthesisPage, key: str) -> None:
    parts = [block for block in page.parts.raw_data if not _is_quote(block, key)]
    known, proposals = _others(page.known, key), _others(page.proposals, key)
    before = (len(page.parts.raw_data), page.known, page.proposals)
    if (len(parts), known, proposals) != before:
        page.parts = page._meta.get_field("parts").to_python(parts)
        page.known, page.proposals = known, proposals
        page.save(update_fields=["parts", "known", "proposals"])


def _forget_in_content(content: Content, key: str) -> bool:
    """The same in a page as it is written down; whether anything of it was there."""
    parts = json.loads(content.get("parts") or "[]")
    kept = [block for block in parts if not _is_quote(block, key)]
    new = {"parts": json.dumps(kept)} if len(kept) < len(parts) else {}
    for name in ("known", "proposals"):
        others = _others(content.get(name) or {}, key)
        if len(others) < len(content.get(name) or {}):
            new[name] = others
    content.update(new)
    return bool(new)


def _is_quote(block: Content, key: str) -> bool:
    return bool(block["type"] == QUOTE and block["value"].get("answer") == key)


def _others(by_origin: dict[str, str], key: str) -> dict[str, str]:
    """What does not come from the answer: the origin of a quote ends with its key."""
    return {origin: told for origin, told in by_origin.items() if not origin.endswith(f".{key}")}
