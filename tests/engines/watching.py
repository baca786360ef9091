"""Looks at what reaches the engines, the database and the cluster, and changes nothing of it."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import wraps
from typing import Any

import pytest
from django.db import connection

from search.concepts import Meaning
from search.engines.base import EngineQuery
from search.engines.database import DatabaseEngine
from search.engines.elasticsearch import engine as cluster
from search.engines.elasticsearch.engine import ClusterEngine

_OFFSET = re.compile(r"\bOFFSET\s+(\d+)", re.IGNORECASE)


@dataclass
class Seen:
    """The most of each thing that went by, the questions by engine, and what engines raised."""

    most: Counter[str] = field(default_factory=Counter)
    asked: Counter[str] = field(default_factory=Counter)
    raised: list[str] = field(default_factory=list)

    def note(self, **sizes: int) -> None:
        for name, size in sizes.items():
            self.most[name] = max(self.most[name], size)

    def meaning(self, meaning: Meaning) -> None:
        self.note(characters=len(meaning.parsed.text), words=len(meaning.parsed.words))

    def query(self, query: EngineQuery) -> None:
        match = query.match
        runs = [run for clause in match.clauses for run in clause.runs]
        values = [v for f in (query.filters, *query.others) for held in f.values() for v in held]
        self.note(
            clauses=len(match.clauses),
            alternatives=max((len(clause.runs) for clause in match.clauses), default=0),
            phrases=len(match.phrases),
            phrase_words=sum(map(len, match.phrases)),
            token=max((len(t) for run in (*runs, *match.phrases) for t in run), default=0),
            offset=query.offset,
            limit=query.limit,
            filters=max(map(len, (query.filters, *query.others))),
            values=max((len(h) for f in (query.filters,) for h in f.values()), default=0),
            value=max(map(len, values), default=0),
            others=len(query.others),
            facets=len(query.facet_names),
        )
        self.note(negative=-min(query.offset, query.limit))

    def sql(self, execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        self.note(sql_offset=max(map(int, _OFFSET.findall(sql)), default=0))
        return execute(sql, *rest)

    def body(self, body: dict[str, Any]) -> None:
        self.note(cluster_from=body.get("from", 0), cluster_size=body["size"])


@contextmanager
def watched() -> Iterator[Seen]:
    """For a block, everything that is asked of the real engines is noted on its way."""
    seen = Seen()
    with pytest.MonkeyPatch.context() as patch, connection.execute_wrapper(seen.sql):
        for engine in (DatabaseEngine, ClusterEngine):
            for name in ("search", "suggest"):
                patch.setattr(engine, name, _looking(seen, getattr(engine, name)))
        patch.setattr(Meaning, "match", _passing(seen.meaning, Meaning.match))
        patch.setattr(cluster, "_send", _passing(seen.body, cluster._send))
        yield seen


def _passing(look: Callable[[Any], None], function: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(function)
    def passed(first: Any, *rest: Any, **named: Any) -> Any:
        look(first)
        return function(first, *rest, **named)

    return passed


def _looking(seen: Seen, method: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(method)
    def looked(self: Any, query: EngineQuery, *rest: Any) -> Any:
        seen.asked[type(self).__name__] += 1
        seen.query(query)
        try:
            return method(self, query, *rest)
        except Exception as error:
            seen.raised.append(f"{error!r} for {ascii(query.match)[:300]}")
            raise

    return looked
