"""The embedded engine: SQLite FTS5 over the analysed columns.

The full-text table takes its content from `search_searchdocument` and triggers keep it in step
(see the migration `fts5`), so that a row and its index are written in one transaction.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connection

from search import bits
from search.engines.base import Health, Run, Scope
from search.engines.database import DatabaseEngine, Phrases, Question
from search.engines.fts5 import TABLE
from search.models import SearchDocument

COLUMNS = {
    Scope.TITLE: "title_stems",
    Scope.HEAD: "{summary_stems terms_stems}",
    Scope.ANY: "{title_stems summary_stems terms_stems body_stems}",
}
# SQLite joins at most 500 selections; a query never comes near.
MOST_QUESTIONS = 400


class SQLiteEngine(DatabaseEngine):
    """Transactional, no other service."""

    name = "sqlite"

    def sets(self, questions: Sequence[Question]) -> list[int]:
        asked = questions[:MOST_QUESTIONS]
        one = f"SELECT %s, group_concat(rowid) FROM {TABLE} WHERE {TABLE} MATCH %s"
        parameters: list[object] = []
        for number, question in enumerate(asked):
            parameters += [number, expression(question)]
        with connection.cursor() as cursor:
            cursor.execute(" UNION ALL ".join([one] * len(asked)), parameters)
            found = dict(cursor.fetchall())
        return [bits.parse(found.get(number)) for number in range(len(questions))]

    def index(self, documents: Sequence[SearchDocument]) -> None:
        """Triggers have done it in the same transaction."""

    def rebuild(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"INSERT INTO {TABLE}({TABLE}) VALUES ('rebuild')")

    def health(self) -> Health:
        documents = SearchDocument.objects.count()
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT count(*) FROM {TABLE} WHERE {TABLE} MATCH 'zzzz'")
        return Health(True, "SQLite FTS5", documents)


def expression(question: Question) -> str:
    """A question as FTS5 reads it. Only quoted tokens reach the engine."""
    if isinstance(question, Phrases):
        return " AND ".join(f"(words : {quoted(phrase)})" for phrase in question.phrases)
    groups = [f"({' OR '.join(quoted(run) for run in runs)})" for runs in question.groups]
    return f"{COLUMNS[question.scope]} : ({' AND '.join(groups)})"


def quoted(run: Run) -> str:
    """A run of tokens as an FTS5 string: operators and quotes cannot get through."""
    return '"' + " ".join("".join(c for c in token if c.isalnum()) for token in run) + '"'
