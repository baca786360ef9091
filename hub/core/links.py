"""Renders the links of rich texts: one query for all pages, one for all files, and never to what
nobody may read."""

import re
from collections.abc import Iterable

from django.utils.html import conditional_escape, escape
from django.utils.safestring import SafeString, mark_safe
from wagtail.documents.rich_text import DocumentLinkHandler
from wagtail.rich_text.pages import PageLinkHandler

from hub.core.file_facts import facts_of
from hub.core.models import HubDocument
from hub.core.request_cache import remembered
from hub.core.surroundings import LINKED_FILES, linked_pages

_FILE_LINK = re.compile(r'(<a\b[^>]*?) data-file="([^"]*)"([^>]*>)(.*?)</a>', re.DOTALL)


class VisiblePageLinkHandler(PageLinkHandler):
    """As Wagtail's, but a link to a page that was withdrawn becomes plain words."""

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict]) -> list[str]:
        pages = linked_pages(int(attrs["id"]) for attrs in attrs_list if _number(attrs))
        return [_opening(pages.get(int(a["id"])) if _number(a) else None) for a in attrs_list]


class TellingFileLinkHandler(DocumentLinkHandler):
    """As Wagtail's, but it leaves what there is to know of the file to ``with_file_facts``."""

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict]) -> list[str]:
        files = _linked_files(int(attrs["id"]) for attrs in attrs_list if _number(attrs))
        return [_to_file(files.get(int(a["id"])) if _number(a) else None) for a in attrs_list]


def with_file_facts(html: SafeString) -> SafeString:
    """Say, in each link to a file, its format, size, pages and language: « guide (PDF, 120 ko) »."""
    if "data-file=" not in html:
        return html
    told = _FILE_LINK.sub(
        r'\1\3\4 <span class="file-note">(\2)</span></a>', conditional_escape(html)
    )
    return mark_safe(told)  # what is added was escaped when the link was opened


def _linked_files(ids: Iterable[int]) -> dict[int, HubDocument]:
    """The files of the page are read together when the first of them is met."""
    wanted = set(ids)
    known: dict[int, HubDocument | None] = remembered("linked files", dict)
    if not wanted <= known.keys():
        missing = (wanted | remembered(LINKED_FILES, set)) - known.keys()
        known.update(dict.fromkeys(missing))
        known.update(HubDocument.objects.in_bulk(missing))
    return {pk: file for pk in wanted if (file := known[pk]) is not None}


def _number(attrs: dict) -> bool:
    return str(attrs.get("id", "")).isdecimal()


def _opening(page: object) -> str:
    return f'<a href="{escape(page.get_url())}">' if page else "<a>"


def _to_file(file: HubDocument | None) -> str:
    if file is None:
        return "<a>"
    return f'<a href="{escape(file.url)}" data-file="{escape(", ".join(facts_of(file)))}" download>'
