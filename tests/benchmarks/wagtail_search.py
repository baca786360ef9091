"""Wagtail's own database search over the same pages: what the search of the hub is compared with.

Here the project lets it index titles and summaries only, for the screens of the admin. To compare
like with like it is given the whole text first, as a site does whose readers search with it.
"""

from typing import Any

from django.db import transaction
from wagtail.search import index
from wagtail.search.backends import get_search_backend

from resources.models import ResourcePage
from resources.types import resource_types
from search.engines.base import SearchRequest
from search.service import search
from tests.benchmarks.questions import asking, kinds, percentiles, timings
from tests.search.judged import ndcg

SHOWN = 20
BATCH = 500
ASKED = 8  # queries of the whole text: each may take seconds


def ask_wagtail(query: str) -> list[Any]:
    """The first page of results and their number, as a page of Wagtail's own would show them."""
    found = ResourcePage.objects.live().public().search(query)
    found.count()
    return list(found[:SHOWN])


def compare() -> dict[str, Any]:
    """Milliseconds of the same common queries, asked of both."""
    queries = kinds()["common"]
    figures = {
        "hub": percentiles(timings(asking("common"), queries)),
        "wagtail, titles and summaries": percentiles(timings(ask_wagtail, queries)),
    }
    index_whole_texts()
    some = queries[:: len(queries) // ASKED]
    figures["wagtail"] = percentiles(timings(ask_wagtail, some, rounds=1))
    return figures


def index_whole_texts() -> None:
    """Have Wagtail's search index what the pages say, besides their title and summary."""
    ResourcePage.search_fields = [*ResourcePage.search_fields, index.SearchField("body")]
    backend = get_search_backend()
    for model in resource_types().values():
        pages = list(model.objects.live())
        with transaction.atomic():
            for start in range(0, len(pages), BATCH):
                backend.add_bulk(model, pages[start : start + BATCH])


def relevance(queries: list[dict[str, Any]]) -> dict[str, float]:
    """Mean nDCG@10 of both on judged queries over imported documents."""
    index_whole_texts()
    good = [query for query in queries if query["relevant"]]
    sums = {"hub": 0.0, "wagtail": 0.0}
    for query in good:
        hits = search(SearchRequest(query=query["query"], locale="fr")).hits
        sums["hub"] += ndcg(query["relevant"], [hit.external_id for hit in hits])
        pages = ask_wagtail(query["query"])
        sums["wagtail"] += ndcg(query["relevant"], [page.external_id for page in pages])
    return {name: total / len(good) for name, total in sums.items()}
