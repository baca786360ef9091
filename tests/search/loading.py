"""Puts records in the index through its own writer, without making a page type for each."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from wagtail.models import Locale, Page

from search.documents import Projection, Section
from search.engines.base import SearchRequest, SearchResult
from search.indexing import write
from search.rows import Place
from search.service import search
from tests.search.judged import documents, queries

__all__ = ["ask", "documents", "ids", "load", "projection", "queries"]

START = datetime(2025, 1, 1, tzinfo=UTC)


def load(records: Iterable[dict[str, Any]], locale: str = "fr") -> list[int]:
    """Index records made like those of `data/documents.jsonl`; return their page ids in order."""
    records = list(records)
    ids = _pages(records, locale)
    told = {
        page_id: (_place(page_id, number, locale), projection(record))
        for number, (page_id, record) in enumerate(zip(ids, records, strict=True))
    }
    for start in range(0, len(ids), 500):
        batch = ids[start : start + 500]
        write(batch, {page_id: told[page_id] for page_id in batch})
    return ids


def projection(record: dict[str, Any]) -> Projection:
    """What a record says of itself."""
    facets = {"theme": "themes", "step": "steps", "audience": "audience"}
    return Projection(
        type=record["type"],
        title=record["title"],
        language=record.get("language", "fr"),
        summary=record.get("summary", ""),
        sections=(Section(record.get("body", "")),),
        extra_terms=tuple(record.get("terms", ())),
        facets={name: tuple(record.get(key, ())) for name, key in facets.items()},
        year=record.get("year"),
        external_id=record["id"],
    )


def ask(query: str = "", **options: Any) -> SearchResult:
    """Search the French lists, a hundred results at most."""
    return search(SearchRequest(**({"query": query, "locale": "fr", "limit": 100} | options)))


def ids(result: SearchResult) -> list[str]:
    """The external ids found, best first."""
    return [hit.external_id for hit in result.hits]


def _place(page_id: int, number: int, locale: str) -> Place:
    moment = START + timedelta(hours=number)
    return Place(page_id, uuid.uuid4(), locale, f"/{page_id}/", moment, moment)


def _pages(records: Sequence[dict[str, Any]], locale: str) -> list[int]:
    """Bare pages below the first page of the site, made at once."""
    parent = Page.objects.filter(depth=2).order_by("path").first()
    last = parent.get_children().order_by("path").last()
    step = last._inc_path() if last else parent._get_children_path_interval(parent.path)[0]
    where = Locale.objects.get_or_create(language_code=locale)[0]
    kind = ContentType.objects.get_for_model(Page)
    pages = []
    for record in records:
        page = Page(path=step, depth=3, title=record["title"], slug=f"r-{uuid.uuid4().hex}")
        page.set_url_path(parent)
        page.locale, page.content_type, page.draft_title = where, kind, page.title
        pages.append(page)
        step = page._inc_path()
    Page.objects.bulk_create(pages, batch_size=500)
    Page.objects.filter(pk=parent.pk).update(numchild=parent.numchild + len(pages))
    slugs = dict(Page.objects.filter(slug__in=[p.slug for p in pages]).values_list("slug", "pk"))
    return [slugs[page.slug] for page in pages]
