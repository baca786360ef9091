"""Asks the cluster, and only for what it is known to hold as it should.

Pages that wait to be written again are left out of what the cluster is asked, and asked from the
database instead: counts are exact however late the cluster is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from hub.core import outbox
from search import bits
from search.engines import database_engine
from search.engines.base import (
    CANDIDATES,
    EngineAnswer,
    EngineQuery,
    Health,
    Sort,
    UnavailableError,
)
from search.engines.elasticsearch import queries
from search.engines.elasticsearch.cluster import SEARCH_TIMEOUT, client, reaching
from search.engines.elasticsearch.index import alias

KIND = "search"
# Beyond, the database answers by itself until the cluster has caught up.
MOST_WAITING = 500
Body = dict[str, Any]


class ClusterEngine:
    """Reads the cluster. Raises UnavailableError whenever it cannot be trusted to answer exactly."""

    def search(self, query: EngineQuery) -> EngineAnswer:
        late = waiting_pages()
        if late and (query.sort is not Sort.RELEVANCE or query.match.is_browse):
            return database_engine().search(query)
        if query.match.nothing:
            nothing = {name: {} for name in query.facet_names}
            return EngineAnswer(0, (), nothing, others=[0] * len(query.others))
        if not late:
            return self._ask(query)
        return self._with_the_late_ones(query, late)

    def suggest(self, query: EngineQuery) -> Sequence[int]:
        if not query.match.telling:
            return []
        return _ids(_send(queries.suggesting(query, waiting_pages())))

    def health(self, timeout: float = SEARCH_TIMEOUT) -> Health:
        """Ask for the state of the index; raises UnavailableError when it cannot be had in time."""
        asked = client().options(request_timeout=timeout)
        with reaching():
            state = asked.cluster.health(index=alias())
            documents = asked.count(index=alias())["count"]
        status = str(state["status"])
        if status == "red":
            raise UnavailableError("a part of the index is missing (red)")
        return Health(True, f"Elasticsearch, {status}", int(documents))

    # -- Asking ----------------------------------------------------------------------------------
    def _ask(
        self, query: EngineQuery, without: Sequence[int] = (), elsewhere: int = 0
    ) -> EngineAnswer:
        """What the cluster answers; `elsewhere` documents that hold every clause stand in the database."""
        wide = query.wide
        if wide is None:
            wide = self._is_wide(query, without, elsewhere)
        found = _send(queries.answering(query, without, wide=wide))
        hits = found["hits"]
        counted = found.get("aggregations", {})
        return EngineAnswer(
            total=hits["total"]["value"],
            page_ids=_ids(found),
            facets={
                name: {b["key"]: b["doc_count"] for b in counted[name]["values"]["buckets"]}
                for name in query.facet_names
            },
            points=[int(hit["_score"] or 0) for hit in hits["hits"]],
            wide=wide,
            others=[counted[f"@{number}"]["doc_count"] for number in range(len(query.others))],
        )

    def _is_wide(self, query: EngineQuery, without: Sequence[int], elsewhere: int) -> bool:
        match = query.match
        if match.phrases or len(match.telling) < 2 or match.is_browse:
            return False
        whole = _send(queries.counting(query, without))["hits"]["total"]["value"]
        return bool(whole + elsewhere < match.enough)

    def _with_the_late_ones(self, query: EngineQuery, late: Sequence[int]) -> EngineAnswer:
        among = bits.pack(late)
        database = database_engine()
        here = database.search(replace(query, wide=False), among)
        there = self._ask(query, late, here.matched)
        if there.wide:
            here = database.search(replace(query, wide=True), among)
        return merged(query, here, there)


def merged(query: EngineQuery, here: EngineAnswer, there: EngineAnswer) -> EngineAnswer:
    """One answer by relevance of two that share no document."""
    both = [
        *zip(here.points, here.page_ids, strict=True),
        *zip(there.points, there.page_ids, strict=True),
    ]
    best = sorted(both, reverse=True)[: max(CANDIDATES, query.offset + query.limit)]
    return EngineAnswer(
        total=here.total + there.total,
        page_ids=[page_id for _points, page_id in best],
        facets={name: _sum(here.facets[name], there.facets[name]) for name in query.facet_names},
        points=[points for points, _page_id in best],
        wide=there.wide,
        others=[mine + its for mine, its in zip(here.others, there.others, strict=True)],
    )


def _sum(left: Mapping[str, int], right: Mapping[str, int]) -> dict[str, int]:
    return {name: left.get(name, 0) + right.get(name, 0) for name in {*left, *right}}


def waiting_pages() -> list[int]:
    """The pages that the cluster does not hold as they are now. One query."""
    rows = outbox.waiting(KIND).values_list("key", flat=True)[: MOST_WAITING + 1]
    late = [int(key) for key in rows]
    if len(late) > MOST_WAITING:
        raise BehindError("it is behind, and is being brought up to date")
    return late


class BehindError(UnavailableError):
    """The cluster works, but holds too little of what changed lately."""


def _send(body: Body) -> Body:
    with reaching():
        found: Body = dict(
            client().search(index=alias(), allow_partial_search_results=False, **_named(body)).body
        )
    if found["timed_out"]:
        raise UnavailableError("it does not answer in time")
    return found


def _named(body: Body) -> Body:
    """The body as the client's own arguments: it names two of them in its own way."""
    names = {"from": "from_", "_source": "source"}
    return {names.get(name, name): value for name, value in body.items()}


def _ids(found: Body) -> list[int]:
    return [hit["fields"]["page_id"][0] for hit in found["hits"]["hits"]]
