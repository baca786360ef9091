"""The connection to the cluster, and what its troubles are called here."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

from django.conf import settings
from elasticsearch import ApiError, Elasticsearch, TransportError, UnsupportedProductError

from search.engines.base import UnavailableError

SEARCH_TIMEOUT = 2.0  # seconds: a reader never waits longer for the cluster
WORK_TIMEOUT = 60.0  # seconds: for the worker, which nobody waits for


def client() -> Elasticsearch:
    """The client of this process, for reading: it never waits longer than SEARCH_TIMEOUT.

    A node that refuses is left for the next one at once; one that does not answer in time is not
    waited for twice.
    """
    own = settings.SEARCH_CLUSTER
    return _client(tuple(own["nodes"]), own["api_key"], str(own["ca_file"] or ""))


def patient() -> Elasticsearch:
    """The same client, for writing and building."""
    return client().options(request_timeout=WORK_TIMEOUT)


@lru_cache(maxsize=4)
def _client(nodes: tuple[str, ...], api_key: str, ca_file: str) -> Elasticsearch:
    options: dict[str, Any] = {"ca_certs": ca_file} if ca_file else {}
    return Elasticsearch(
        list(nodes),
        api_key=api_key or None,
        request_timeout=SEARCH_TIMEOUT,
        max_retries=len(nodes) - 1,
        retry_on_timeout=False,
        retry_on_status=(502, 503, 504),
        meta_header=False,
        **options,
    )


@contextmanager
def reaching() -> Iterator[None]:
    """Call whatever goes wrong with the cluster by one name."""
    try:
        yield
    except ApiError as error:
        raise UnavailableError(f"it answers {error.status_code} ({error.message})") from error
    except (TransportError, UnsupportedProductError) as error:
        raise UnavailableError(f"{type(error).__name__}: {str(error)[:200]}") from error
