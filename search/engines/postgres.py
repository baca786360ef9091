"""The engine of a PostgreSQL site: weighted text vectors with GIN indexes, made by Python.

The indexes answer alone. Beside each stem the vector holds each pair of stems that follow each
other, so that « assemblée générale » is one look-up. Only longer runs and exact phrases are then
checked in the text of the rows left.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from django.db import connection, transaction

from search import bits
from search.analysis import SEPARATOR
from search.engines.base import Health, Run, Scope
from search.engines.database import DatabaseEngine, Phrases, Question
from search.engines.tsvector import TABLE, WORDS
from search.models import SearchDocument

BATCH = 500
LAST_POSITION = 16_383  # of a tsvector
COLUMNS = {Scope.TITLE: "title", Scope.HEAD: "head", Scope.ANY: "stems"}
FIELDS = (
    ("title_stems", "A"),
    ("summary_stems", "B"),
    ("terms_stems", "C"),
    ("body_stems", "D"),
)
READ = ("page_id", *(name for name, _weight in FIELDS), "words")
UPSERT = f"""
    INSERT INTO {TABLE} (page_id, title, head, stems, stems_in_order, words_in_order)
    VALUES (%s, %s::tsvector, %s::tsvector, %s::tsvector, %s, %s)
    ON CONFLICT (page_id) DO UPDATE SET
        title = excluded.title, head = excluded.head, stems = excluded.stems,
        stems_in_order = excluded.stems_in_order, words_in_order = excluded.words_in_order
"""
# The planner does not count what reading a vector outside of its row costs, and would walk the table.
BY_INDEX = "SET LOCAL enable_seqscan = off; {}; SET LOCAL enable_seqscan TO DEFAULT"


class PostgresEngine(DatabaseEngine):
    """Transactional, for many users on one database server."""

    name = "postgres"

    def sets(self, questions: Sequence[Question]) -> list[int]:
        statements, parameters = [], []
        for number, question in enumerate(questions):
            condition, values = where(question)
            statements.append(
                f"SELECT %s::int, string_agg(page_id::text, ',') FROM {TABLE} WHERE {condition}"
            )
            parameters += [number, *values]
        with connection.cursor() as cursor:
            cursor.execute(BY_INDEX.format(" UNION ALL ".join(statements)), parameters)
            cursor.nextset()
            found = dict(cursor.fetchall())
        return [bits.parse(found[number]) for number in range(len(questions))]

    def index(self, documents: Sequence[SearchDocument]) -> None:
        with connection.cursor() as cursor:
            cursor.executemany(UPSERT, [row_of(document) for document in documents])

    @transaction.atomic
    def rebuild(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {TABLE}")
        rows = SearchDocument.objects.only(*READ).order_by("pk")
        batch: list[SearchDocument] = []
        for document in rows.iterator(chunk_size=BATCH):
            batch.append(document)
            if len(batch) == BATCH:
                self.index(batch)
                batch = []
        self.index(batch)

    def health(self) -> Health:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT count(*) FROM {TABLE}")
            indexed = cursor.fetchone()[0]
        documents = SearchDocument.objects.count()
        return Health(indexed == documents, "PostgreSQL text search", indexed)


# -- Rows --------------------------------------------------------------------------------------
def row_of(document: SearchDocument) -> tuple[object, ...]:
    """What the text table holds of a document, in the order of UPSERT."""
    texts = [getattr(document, name).split() for name, _weight in FIELDS]
    title, summary, terms, _body = texts
    places: dict[str, list[str]] = {}
    for stems, (_name, weight) in zip(texts, FIELDS, strict=True):
        for lexeme in dict.fromkeys([*stems, *pairs(stems)]):
            held = places.setdefault(lexeme, [])
            held.append(f"{len(held) + 1}{weight}")
    return (
        document.page_id,
        _positions(title),
        _positions([*summary, SEPARATOR, *terms]),
        " ".join(f"'{lexeme}':{','.join(held)}" for lexeme, held in places.items()),
        f" {f' {SEPARATOR} '.join(' '.join(stems) for stems in texts)} ",
        f" {document.words} ",
    )


def pairs(stems: Run | Sequence[str]) -> list[str]:
    """The stems that follow each other, two by two, each pair written as one lexeme."""
    return [f"{a} {b}" for a, b in pairwise(stems) if SEPARATOR not in (a, b)]


def _positions(stems: Sequence[str]) -> str:
    places: dict[str, list[str]] = {}
    for position, stem in enumerate(stems, start=1):
        places.setdefault(stem, []).append(str(min(position, LAST_POSITION)))
    return " ".join(f"'{stem}':{','.join(held)}" for stem, held in places.items())


# -- Questions ---------------------------------------------------------------------------------
def where(question: Question) -> tuple[str, list[object]]:
    """The condition of a question, with its values. Only letters and digits get through."""
    if isinstance(question, Phrases):
        words = [_token(word) for phrase in question.phrases for word in phrase]
        followed = [_follows("words_in_order", (phrase,)) for phrase in question.phrases]
        return _all(f"{WORDS} @> %s", [words], followed)
    anywhere = question.scope is Scope.ANY
    said = _by_pairs if anywhere else _in_order
    query = " & ".join(f"({' | '.join(map(said, runs))})" for runs in question.groups)
    long = [runs for runs in question.groups if anywhere and any(len(run) > 2 for run in runs)]
    followed = [_follows("stems_in_order", runs) for runs in long]
    return _all(f"{COLUMNS[question.scope]} @@ %s::tsquery", [query], followed)


def _by_pairs(run: Run) -> str:
    """A run as the pairs it is made of: exact for two stems, to be checked beyond."""
    tokens = [_token(token) for token in run]
    lexemes = pairs(tokens) or tokens
    return f"({' & '.join(map(_quoted, lexemes))})"


def _in_order(run: Run) -> str:
    return f"({' <-> '.join(_quoted(_token(token)) for token in run)})"


def _follows(column: str, runs: Sequence[Run]) -> tuple[str, list[object]]:
    held = " OR ".join([f"strpos({column}, %s) > 0"] * len(runs))
    return f"({held})", [f" {' '.join(map(_token, run))} " for run in runs]


def _all(
    condition: str, values: list[object], more: Iterable[tuple[str, list[object]]]
) -> tuple[str, list[object]]:
    for text, its_values in more:
        condition, values = f"{condition} AND {text}", values + its_values
    return condition, values


def _quoted(lexeme: str) -> str:
    return f"'{lexeme}'"


def _token(token: str) -> str:
    return "".join(c for c in token if c.isalnum())
