"""An engine query as the server reads it. Pure.

The score is the same sum of whole numbers as in the database engines: each part is a constant.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from search.engines.base import (
    CANDIDATES,
    EngineQuery,
    Match,
    Part,
    Run,
    Scope,
    Sort,
    anywhere_part,
    parts_of,
)
from search.engines.elasticsearch.index import FIELDS, microseconds

Body = dict[str, Any]
SERVER_TIMEOUT = "1500ms"
MOST_VALUES = 10_000
ORDERS: Mapping[Sort, list[Body]] = {
    Sort.RECENT: [{"published": "desc"}, {"page_id": "desc"}],
    Sort.ALPHA: [{"sort_title": "asc"}, {"page_id": "asc"}],
}
BY_POINTS: list[Body] = [{"_score": "desc"}, {"page_id": "desc"}]


def counting(query: EngineQuery, without: Sequence[int]) -> Body:
    """Count what holds everything that restricts, before the filters: as far as needed."""
    shown = [*restrictions(query, without), whole(query.match)]
    return {
        "size": 0,
        "track_total_hits": query.match.enough + 1,
        "timeout": SERVER_TIMEOUT,
        "query": {"bool": {"filter": shown}},
    }


def answering(query: EngineQuery, without: Sequence[int], *, wide: bool) -> Body:
    """The documents, their number and the counts of every facet."""
    match = query.match
    filters = restrictions(query, without)
    if not match.is_browse:
        filters.append(any_clause(match) if wide else whole(match))
    relevance = query.sort is Sort.RELEVANCE and not match.is_browse
    should = points_of(match, wide=wide) if relevance else []
    window = max(CANDIDATES, query.offset + query.limit) if relevance else query.limit
    return {
        "size": window,
        "from": 0 if relevance else query.offset,
        "_source": False,
        "docvalue_fields": ["page_id"],
        "track_total_hits": True,
        "timeout": SERVER_TIMEOUT,
        "query": {"bool": {"filter": filters, "should": should}},
        "post_filter": {"bool": {"filter": list(selections(query.filters).values())}},
        "sort": BY_POINTS if relevance else ORDERS.get(query.sort, ORDERS[Sort.RECENT]),
        "aggs": counts(query) | totals(query),
    }


def suggesting(query: EngineQuery, without: Sequence[int]) -> Body:
    """The pages whose title holds every telling clause."""
    held = [holding(Scope.TITLE, clause.runs) for clause in query.match.telling]
    chosen = list(selections(query.filters).values())
    return {
        "size": query.limit,
        "_source": False,
        "docvalue_fields": ["page_id"],
        "track_total_hits": False,
        "timeout": SERVER_TIMEOUT,
        "query": {
            "bool": {
                "filter": [*restrictions(query, without), *held, *chosen],
                "should": type_points(query.match),
            }
        },
        "sort": BY_POINTS,
    }


# -- What is shown -------------------------------------------------------------------------------
def restrictions(query: EngineQuery, without: Sequence[int]) -> list[Body]:
    """Listed in the site locale, not past its end, not waiting to be written again."""
    now = microseconds(query.now)
    kept: list[Body] = [{"bool": {"must_not": [{"range": {"expires": {"lte": now}}}]}}]
    if query.locale is not None:
        kept.append({"term": {"shown_in": query.locale}})
    if without:
        kept.append({"bool": {"must_not": [{"terms": {"page_id": list(without)}}]}})
    return kept


def selections(filters: Mapping[str, frozenset[str]]) -> dict[str, Body]:
    """One condition for each facet that is filtered."""
    return {name: {"terms": {f"facets.{name}": sorted(values)}} for name, values in filters.items()}


def counts(query: EngineQuery) -> Body:
    """For each facet, its values among what the other facets leave."""
    chosen = selections(query.filters)
    return {
        name: {
            "filter": {"bool": {"filter": [c for other, c in chosen.items() if other != name]}},
            "aggs": {"values": {"terms": {"field": f"facets.{name}", "size": MOST_VALUES}}},
        }
        for name in query.facet_names
    }


def totals(query: EngineQuery) -> Body:
    """How many documents each of the other filters would leave; facet names never start with "@"."""
    return {
        f"@{number}": {"filter": {"bool": {"filter": list(selections(filters).values())}}}
        for number, filters in enumerate(query.others)
    }


# -- What holds the words ------------------------------------------------------------------------
def whole(match: Match) -> Body:
    """Everything that restricts."""
    if match.phrases:
        return {"bool": {"filter": [_phrase("words", phrase) for phrase in match.phrases]}}
    if match.nothing:
        return {"match_none": {}}
    return {"bool": {"filter": [holding(Scope.ANY, clause.runs) for clause in match.telling]}}


def any_clause(match: Match) -> Body:
    """At least one of the clauses that a document may hold alone."""
    held = [holding(Scope.ANY, clause.runs) for clause in match.heavy]
    return {"bool": {"should": held, "minimum_should_match": 1}}


def holding(scope: Scope, runs: Sequence[Run]) -> Body:
    """One of these runs, within one field of the scope."""
    single = sorted(run[0] for run in runs if len(run) == 1)
    held: list[Body] = []
    for name in FIELDS[scope]:
        if single:
            held.append({"terms": {name: single}})
        held += [_phrase(name, run) for run in runs if len(run) > 1]
    return {"bool": {"should": held, "minimum_should_match": 1}}


def _phrase(name: str, run: Run) -> Body:
    return {"match_phrase": {name: {"query": " ".join(run), "analyzer": "whitespace"}}}


# -- In which order ------------------------------------------------------------------------------
def points_of(match: Match, *, wide: bool) -> list[Body]:
    """Each part of the sum that orders."""
    parts = [*parts_of(match), *(map(anywhere_part, match.heavy) if wide else ())]
    return [*map(_earning, parts), *type_points(match)]


def type_points(match: Match) -> list[Body]:
    return [
        {"constant_score": {"filter": {"term": {"facets.type": name}}, "boost": points}}
        for name, points in match.types
        if points
    ]


def _earning(part: Part) -> Body:
    return {"constant_score": {"filter": holding(part.scope, part.runs), "boost": part.points}}
