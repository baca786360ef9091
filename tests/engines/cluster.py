"""A site that has a cluster, for the time of a block."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.test import override_settings

from search.engines.elasticsearch import breaker, feed

ENGINES = ("sqlite", "postgres", "elasticsearch")


@contextmanager
def cluster_settings(urls: list[str], **changes: Any) -> Iterator[str]:
    """The site has this cluster; its index is of its own. Yields the name of the index."""
    name = f"t{uuid.uuid4().hex[:10]}"
    own = {
        "nodes": urls, "api_key": "", "ca_file": None, "index": name, "shards": 1, "replicas": "0-1",
    }  # fmt: skip
    breaker.close()
    feed.register()
    with override_settings(SEARCH_ENGINE="elasticsearch", SEARCH_CLUSTER=own | changes):
        yield name
    breaker.close()
