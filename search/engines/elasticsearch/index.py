"""What an index of the cluster looks like: its name, its settings, the document of a row.

Tokens come from the Python analysis and are only cut at spaces, so that no plug-in, no file and no
analyser of the server takes part, and every engine knows the same words.
"""

from __future__ import annotations

import hashlib
import json
import re
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils import timezone

from search.analysis import ANALYSIS_VERSION
from search.engines.base import Scope
from search.models import SearchDocument

_TOKENS = {"type": "text", "analyzer": "whitespace", "norms": False}
FIELDS = {
    Scope.TITLE: ("title",),
    Scope.HEAD: ("summary", "terms"),
    Scope.ANY: ("title", "summary", "terms", "body"),
}
MAPPINGS: dict[str, Any] = {
    "dynamic": "strict",
    "_source": {"includes": ["hash"]},
    "properties": {
        "page_id": {"type": "long"},
        "hash": {"type": "keyword"},
        **dict.fromkeys((*FIELDS[Scope.ANY], "words"), _TOKENS),
        "shown_in": {"type": "keyword"},
        "expires": {"type": "long"},
        "published": {"type": "long"},
        "sort_title": {"type": "keyword", "index": False},
        "facets": {"type": "object", "dynamic": True, "properties": {}},
    },
    "dynamic_templates": [
        {"facets": {"path_match": "facets.*", "mapping": {"type": "keyword"}}},
    ],
}
# Deletions are remembered longer than a worker may be late: a late write never brings a page back.
SETTINGS: dict[str, Any] = {
    "refresh_interval": "1s",
    "gc_deletes": "1h",
    "max_result_window": 20_000,
}


def fingerprint() -> str:
    """Changes when an index made before would not answer as one made now."""
    told = json.dumps([ANALYSIS_VERSION, MAPPINGS], sort_keys=True)
    return hashlib.sha256(told.encode()).hexdigest()[:8]


def alias() -> str:
    """The name that searches ask. A release that reads another kind of index asks another name."""
    return f"{settings.SEARCH_CLUSTER['index']}-{fingerprint()}"


def is_ours(name: str) -> bool:
    """Whether an index is a version of this site's, whatever the release that made it."""
    own = re.escape(settings.SEARCH_CLUSTER["index"])
    return re.fullmatch(rf"{own}-[0-9a-f]{{8}}-\d{{14}}(\d{{6}})?", name) is not None


def new_name() -> str:
    """The name of the next version behind the alias; never that of one made just before."""
    return f"{alias()}-{timezone.now():%Y%m%d%H%M%S%f}"


def index_settings() -> dict[str, Any]:
    """The settings of an index in service."""
    own = settings.SEARCH_CLUSTER
    replicas = str(own["replicas"])
    copies = {"auto_expand_replicas": replicas} if "-" in replicas else {
        "number_of_replicas": int(replicas), "auto_expand_replicas": "false",
    }  # fmt: skip
    return {**SETTINGS, **copies}


def fixed_settings() -> dict[str, Any]:
    """The settings that an index keeps for life."""
    return {"number_of_shards": settings.SEARCH_CLUSTER["shards"]}


def document_of(row: SearchDocument) -> dict[str, Any]:
    """The document of a row."""
    return {
        "page_id": row.page_id,
        "hash": hash_of(row),
        "title": row.title_stems,
        "summary": row.summary_stems,
        "terms": row.terms_stems,
        "body": row.body_stems,
        "words": row.words,
        "shown_in": row.shown_in,
        "expires": microseconds(row.expires_at) if row.expires_at else None,
        "published": microseconds(row.published_at),
        "sort_title": row.sort_title,
        "facets": row.facets,
    }


def hash_of(row: SearchDocument) -> str:
    """Changes when the document of a row does. Reads `content_hash` and `shown_in` only."""
    return f"{row.content_hash[:40]}:{','.join(sorted(row.shown_in))}"


def microseconds(moment: datetime) -> int:
    """A moment as a whole number: dates of the server stop at thousandths."""
    return int(moment.timestamp()) * 1_000_000 + moment.microsecond
