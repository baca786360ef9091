"""The one door to the public search: pages, API, feeds and commands all call `search()`."""

from __future__ import annotations

from search.engines.base import SearchRequest, SearchResult


def search(request: SearchRequest, *, engine: str | None = None) -> SearchResult:
    """Answer a reader's request with the configured engine (or the one named)."""
    return SearchResult(total=0)
