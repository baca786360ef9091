"""The public search: which engine answers it, and where that engine is."""

from typing import Any

from hub import environment

_ENV = environment.read()
SEARCH_ENGINE = _ENV["SEARCH_ENGINE"]
# What the Elasticsearch engine needs; see `search.engines.elasticsearch`.
SEARCH_CLUSTER: dict[str, Any] = {
    "nodes": _ENV["SEARCH_URL"],
    "api_key": _ENV["SEARCH_API_KEY"],
    "ca_file": _ENV["SEARCH_CA_FILE"],
    "index": _ENV["SEARCH_INDEX"],
    "shards": _ENV["SEARCH_SHARDS"],
    "replicas": _ENV["SEARCH_REPLICAS"],
}
