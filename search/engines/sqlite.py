"""The embedded engine: SQLite FTS5 over the analysed columns, facets by bit sets.

The full-text table takes its content from `search_searchdocument` and triggers keep it in step
(see the migration `fts5`), so that a row and its index are written in one transaction.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice

from django.db import connection

from search import bits
from search.engines.base import (
    CANDIDATES,
    SLOP,
    EngineAnswer,
    EngineQuery,
    Health,
    Match,
    Run,
    Sort,
)
from search.engines.fts5 import TABLE
from search.facet_store import read_facets
from search.models import SearchDocument

WEIGHTS = "10.0, 3.0, 2.0, 1.0, 1.0"
STEMS = "{title_stems summary_stems terms_stems body_stems}"
# Below this many results their ids are sent to the database; above, its ordered index is walked.
FEW = 500


class SQLiteEngine:
    """`search.engines.base.Engine` on SQLite: transactional, no other service."""

    name = "sqlite"

    def search(self, query: EngineQuery) -> EngineAnswer:
        facets = read_facets({*query.facet_names, *query.filters})
        base = bits.shown(facets, query.locale, query.now)
        ranked = self._matching(query.match, base)
        matched = base if ranked is None else bits.pack(ranked) & base
        selections = bits.chosen(facets, query.filters)
        found = bits.restrict(matched, selections)
        return EngineAnswer(
            total=found.bit_count(),
            page_ids=self._page(query, found, ranked),
            facets=bits.count(matched, facets, selections, query.facet_names),
        )

    def index(self, documents: Sequence[SearchDocument]) -> None:
        """Triggers have done it in the same transaction."""

    def delete(self, page_ids: Iterable[int]) -> None:
        """Triggers have done it in the same transaction."""

    def rebuild(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"INSERT INTO {TABLE}({TABLE}) VALUES ('rebuild')")

    def health(self) -> Health:
        documents = SearchDocument.objects.count()
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT count(*) FROM {TABLE} WHERE {TABLE} MATCH 'zzzz'")
        return Health(True, "SQLite FTS5", documents)

    # -- Matching --------------------------------------------------------------------------------
    def _matching(self, match: Match, base: int) -> list[int] | None:
        """Ids that match, best first; None when no word restricts."""
        if match.is_browse:
            return None
        if match.nothing:
            return []
        strict, loose = expressions(match)
        found = self._run(strict, loose, match.enough)
        if strict != loose and not match.phrases and len(found) > 0:
            # Enough documents hold everything, but too few of them are shown here: widen.
            kept = (bits.pack(found) & base).bit_count()
            if kept < match.enough <= len(found):
                found = self._run(loose, loose, 0)
        return found

    def _run(self, strict: str, loose: str, enough: int) -> list[int]:
        sql = f"SELECT rowid FROM {TABLE} WHERE {TABLE} MATCH %s ORDER BY bm25({TABLE}, {WEIGHTS}), rowid"
        parameters: list[object] = [loose]
        if strict != loose:
            counted = (
                f"(SELECT count(*) FROM (SELECT 1 FROM {TABLE} WHERE {TABLE} MATCH %s LIMIT %s))"
            )
            sql = sql.replace("MATCH %s", f"MATCH CASE WHEN {counted} >= %s THEN %s ELSE %s END", 1)
            parameters = [strict, enough, enough, strict, loose]
        with connection.cursor() as cursor:
            cursor.execute(sql, parameters)
            return [row[0] for row in cursor.fetchall()]

    # -- Order -----------------------------------------------------------------------------------
    def _page(self, query: EngineQuery, found: int, ranked: list[int] | None) -> list[int]:
        inside = bits.Membership(found)
        if query.sort is Sort.RELEVANCE and ranked is not None:
            return list(
                islice(
                    (i for i in ranked if i in inside), max(CANDIDATES, query.offset + query.limit)
                )
            )
        order = (
            ("sort_title", "page_id") if query.sort is Sort.ALPHA else ("-published_at", "-page_id")
        )
        rows = SearchDocument.objects.order_by(*order).values_list("page_id", flat=True)
        if found.bit_count() <= FEW:
            rows = rows.filter(page_id__in=list(bits.unpack(found)))
        kept = (page_id for page_id in rows.iterator(chunk_size=1000) if page_id in inside)
        return list(islice(kept, query.offset, query.offset + query.limit))


def expressions(match: Match) -> tuple[str, str]:
    """The FTS5 expressions of a match: all concepts, and any of them. Only quoted tokens reach the engine."""
    if match.phrases:
        both = " AND ".join(f"(words : {quoted(phrase)})" for phrase in match.phrases)
        return both, both
    groups = [f"({' OR '.join(near(run) for run in runs)})" for runs in match.concepts]
    return f"{STEMS} : ({' AND '.join(groups)})", f"{STEMS} : ({' OR '.join(groups)})"


def near(run: Run) -> str:
    """Stems standing near each other, as an FTS5 expression."""
    return (
        quoted(run)
        if len(run) == 1
        else f"NEAR({' '.join(quoted((stem,)) for stem in run)}, {len(run) - 2 + SLOP})"
    )


def quoted(run: tuple[str, ...]) -> str:
    """A run of tokens as an FTS5 string: operators and quotes cannot get through."""
    return '"' + " ".join("".join(c for c in token if c.isalnum()) for token in run) + '"'
