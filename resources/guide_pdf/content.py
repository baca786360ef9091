"""What the PDF of a guide holds, as plain data: the same data gives the same file."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from hub.core.models import FederationSettings
from hub.core.request_cache import remembering
from hub.core.templatetags.formats import long_date
from hub.core.visibility import visible
from resources.cards import Card
from resources.glossary.state import glossary
from resources.guide_pdf.blocks import Writer
from resources.guide_pdf.prose import Plain, clean, outlined, plain_spans
from resources.models import GlossaryTermPage, GuidePage


@dataclass(frozen=True)
class GuideContent:
    """The data of the template, and the pictures it names."""

    data: Plain
    pictures: dict[str, bytes]

    def digest(self, template: bytes) -> str:
        """SHA-256 of all that decides the bytes of the file."""
        told = hashlib.sha256(template)
        told.update(json.dumps(self.data, sort_keys=True).encode())
        for name, content in sorted(self.pictures.items()):
            told.update(f"\0{name}\0".encode() + hashlib.sha256(content).digest())
        return told.hexdigest()


def content_of(guide: GuidePage) -> GuideContent:
    """The published guide as anybody may read it, in its own language."""
    with override(guide.locale.language_code), remembering():
        url = guide.get_full_url() or guide.get_url() or ""
        writer = Writer(base_url=url, glossary=glossary(guide.locale.language_code))
        return GuideContent(_data(guide, url, writer), writer.pictures)


def _data(guide: GuidePage, url: str, writer: Writer) -> Plain:
    intro = outlined(writer.stream(guide.body), above=1)
    chapters = [_chapter(guide, index, writer) for index in range(len(guide.chapters))]
    used = set(_used_terms([intro, *(chapter["body"] for chapter in chapters)]))
    terms = list(_terms(guide, url, used))
    return {
        **_about(guide, url),
        "intro": intro,
        "chapters": chapters,
        "changes": [
            {"date": long_date(change.value["date"]), "note": clean(change.value["note"])}
            for change in guide.changes
        ],
        "terms": terms,
        "known": {term["url"]: f"term-{number}" for number, term in enumerate(terms)},
        "labels": _labels(),
    }


def _about(guide: GuidePage, url: str) -> Plain:
    published = timezone.localtime(guide.last_published_at or timezone.now()).date()
    day = guide.updated_on or published
    organisation = guide.shown_organisation
    return {
        "title": clean(guide.title),
        "summary": clean(guide.summary),
        "edition": clean(guide.edition),
        "author": clean(organisation.name) if organisation else "",
        "language": guide.locale.language_code,
        "url": url,
        "shown_url": url.partition("://")[2].rstrip("/"),
        "date": [day.year, day.month, day.day],
        "up_to_date": _("Up to date on %(day)s") % {"day": long_date(day)},
        "review": (
            _("To be reviewed on %(day)s") % {"day": long_date(guide.review_on)}
            if guide.review_on
            else ""
        ),
        "contact": FederationSettings.load().contact_email,
    }


def _chapter(guide: GuidePage, index: int, writer: Writer) -> Plain:
    value = guide.chapters[index].value
    return {
        "title": clean(value["title"]),
        "summary": clean(value["summary"] or ""),
        "body": outlined(writer.stream(value["body"]), above=1),
        "practices": [_practice(card, writer) for card in guide.practices_of(index)],
    }


def _practice(card: Card, writer: Writer) -> Plain:
    return {
        "title": clean(card.title),
        "summary": clean(card.summary),
        "url": urljoin(writer.base_url, card.url),
    }


def _used_terms(parts: Any) -> Iterator[str]:
    """The addresses that the texts link to: those of glossary terms are among them."""
    if isinstance(parts, dict):
        yield from (parts[name] for name in ("href", "term") if parts.get(name))
        parts = parts.values()
    if isinstance(parts, Iterable) and not isinstance(parts, str):
        for part in parts:
            yield from _used_terms(part)


def _terms(guide: GuidePage, url: str, used: set[str]) -> Iterator[Plain]:
    pages = visible(GlossaryTermPage.objects.filter(locale=guide.locale)).select_related("locale")
    for page in sorted(pages, key=lambda page: (page.letter, page.title.casefold())):
        address = urljoin(url, page.get_url() or "")
        if address in used:
            title = f"{page.title} ({page.acronym})" if page.acronym else page.title
            yield {
                "title": clean(title),
                "definition": plain_spans(page.plain_definition),
                "url": address,
            }


def _labels() -> dict[str, str]:
    return {
        "guide": _("Guide"),
        "contents": _("Contents"),
        "introduction": _("Introduction"),
        "practices": _("Practices to try"),
        "changes": _("What changed"),
        "glossary": _("The words of this guide"),
        "glossary_lead": _("Each word explained here is marked in the text."),
        "page_of": _("Page {page} of {pages}"),
        "source": _("Source:"),
        "copy": _("Text to copy"),
        "online": _("The latest version stands at this address:"),
        "contact": _("A mistake, a better idea, an experience to tell?"),
    }
