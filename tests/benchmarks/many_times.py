"""The cluster alone at ten times the documents of a hub: runs in a process, prints figures as JSON.

The rows of the hub are indexed ten times over under other ids: lists of documents are ten times as
long, words as many. What is timed is what the cluster answers (candidates, total, every facet), not
the reading of rows, whose number does not depend on the size.
"""

import json
import time
from collections.abc import Callable, Iterator
from typing import Any

COPIES = 10
SHIFT = 10_000_000  # between the ids of a page and of its copy


def main() -> None:
    import django

    django.setup()
    from search.engines.elasticsearch.cluster import patient
    from search.engines.elasticsearch.index import alias
    from tests.benchmarks.questions import kinds, percentiles, timings

    start = time.monotonic()
    name = make()
    figures: dict[str, Any] = {"build s": time.monotonic() - start}
    store = patient().indices.stats(index=name, metric="store")["_all"]["primaries"]["store"]
    figures["index MiB"] = store["size_in_bytes"] / 2**20
    figures["documents"] = patient().count(index=alias())["count"]
    for kind, queries in kinds().items():
        figures[kind] = percentiles(timings(asking(kind), queries))
    print(json.dumps(figures))


def make() -> str:
    """Fill an index and open it to searches; return its name."""
    from elasticsearch.helpers import parallel_bulk

    from search.engines.elasticsearch import building
    from search.engines.elasticsearch.cluster import patient
    from search.engines.elasticsearch.index import alias, index_settings, new_name

    name = new_name()
    building._create(name)
    for _sent in parallel_bulk(patient(), copies(name), thread_count=2, chunk_size=500):
        pass
    patient().indices.put_settings(index=name, settings=index_settings())
    patient().indices.refresh(index=name)
    patient().indices.put_alias(index=name, name=alias())
    return name


def copies(index: str) -> Iterator[dict[str, Any]]:
    from search.engines.elasticsearch.index import document_of
    from search.models import SearchDocument

    for row in SearchDocument.objects.order_by("pk").iterator(chunk_size=500):
        document = document_of(row)
        for number in range(COPIES):
            page_id = row.pk + number * SHIFT
            source = document | {"page_id": page_id}
            yield {"_index": index, "_id": str(page_id), "_source": source}


def asking(kind: str) -> Callable[[str], object]:
    from django.utils import timezone

    from resources.facets import FACETS
    from search.engines.base import EngineQuery, Sort
    from search.engines.elasticsearch.engine import ClusterEngine
    from search.ranking import requested_types
    from search.service import understand
    from tests.benchmarks.questions import FILTERS

    engine = ClusterEngine()

    def ask(query: str) -> object:
        meaning = understand(query)
        return engine.search(
            EngineQuery(
                match=meaning.match(requested_types(meaning)),
                filters=FILTERS if kind == "filtered" else {},
                facet_names=FACETS,
                locale="fr",
                sort=Sort.RELEVANCE,
                offset=0,
                limit=20,
                now=timezone.now(),
            )
        )

    return ask


if __name__ == "__main__":
    main()
