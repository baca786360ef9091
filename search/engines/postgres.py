"""The engine of a PostgreSQL site: weighted text vectors with GIN indexes, made by Python.

Boolean conditions are answered by the indexes alone. That words follow each other is then checked
in the text of the rows left, because an index knows no order.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from django.db import connection, transaction
from django.db.models.functions import Collate

from search import bits
from search.engines.base import Health, Run, Scope
from search.engines.database import DatabaseEngine, Phrases, Question, Wanted
from search.engines.tsvector import TABLE
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
    INSERT INTO {TABLE} (page_id, title, head, stems, words, stems_in_order, words_in_order)
    VALUES (%s, %s::tsvector, %s::tsvector, %s::tsvector, %s::tsvector, %s, %s)
    ON CONFLICT (page_id) DO UPDATE SET
        title = excluded.title, head = excluded.head, stems = excluded.stems,
        words = excluded.words, stems_in_order = excluded.stems_in_order,
        words_in_order = excluded.words_in_order
"""


class PostgresEngine(DatabaseEngine):
    """Transactional, for many users on one database server."""

    name = "postgres"
    titles = Collate("sort_title", "C")

    def sets(self, questions: Sequence[Question]) -> list[int]:
        statements, parameters = [], []
        for number, question in enumerate(questions):
            condition, values = where(question)
            statements.append(
                f"SELECT %s::int, string_agg(page_id::text, ',') FROM {TABLE} WHERE {condition}"
            )
            parameters += [number, *values]
        with connection.cursor() as cursor:
            cursor.execute(" UNION ALL ".join(statements), parameters)
            found = dict(cursor.fetchall())
        return [bits.parse(found[number]) for number in range(len(questions))]

    def index(self, documents: Sequence[SearchDocument]) -> None:
        with connection.cursor() as cursor:
            cursor.executemany(UPSERT, [row_of(document) for document in documents])

    def delete(self, page_ids: Iterable[int]) -> None:
        """The rows go with those of the documents, by their foreign key."""

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
        for stem in dict.fromkeys(stems):
            held = places.setdefault(stem, [])
            held.append(f"{len(held) + 1}{weight}")
    words = document.words.split()
    return (
        document.page_id,
        _positions(title),
        _positions([*summary, "_", *terms]),
        " ".join(f"'{stem}':{','.join(held)}" for stem, held in places.items()),
        " ".join(f"'{word}'" for word in dict.fromkeys(words)),
        f" {' _ '.join(' '.join(stems) for stems in texts)} ",
        f" {' '.join(words)} ",
    )


def _positions(stems: Sequence[str]) -> str:
    places: dict[str, list[str]] = {}
    for position, stem in enumerate(stems, start=1):
        places.setdefault(stem, []).append(str(min(position, LAST_POSITION)))
    return " ".join(f"'{stem}':{','.join(held)}" for stem, held in places.items())


# -- Questions ---------------------------------------------------------------------------------
def where(question: Question) -> tuple[str, list[str]]:
    """The condition of a question, with its values. Only tokens of letters and digits get through."""
    if isinstance(question, Phrases):
        tokens = [token for phrase in question.phrases for token in phrase]
        followed = [_follows("words_in_order", (phrase,)) for phrase in question.phrases]
        return _all("words @@ %s::tsquery", [_and(tokens)], followed)
    column = COLUMNS[question.scope]
    near = "<->" if question.scope is not Scope.ANY else "&"
    query = " & ".join(
        f"({' | '.join(_run(run, near) for run in runs)})" for runs in question.groups
    )
    followed = list(_order(question)) if question.scope is Scope.ANY else []
    return _all(f"{column} @@ %s::tsquery", [query], followed)


def _order(question: Wanted) -> Iterator[tuple[str, list[str]]]:
    """What the index left to check: the groups that hold a run of several stems."""
    for runs in question.groups:
        if any(len(run) > 1 for run in runs):
            yield _follows("stems_in_order", runs)


def _follows(column: str, runs: Sequence[Run]) -> tuple[str, list[str]]:
    held = " OR ".join(f"strpos({column}, %s) > 0" for _run in runs)
    return f"({held})", [f" {' '.join(map(_token, run))} " for run in runs]


def _all(
    condition: str, values: list[str], more: Iterable[tuple[str, list[str]]]
) -> tuple[str, list[str]]:
    for text, its_values in more:
        condition, values = f"{condition} AND {text}", values + its_values
    return condition, values


def _run(run: Run, near: str) -> str:
    return f"({f' {near} '.join(_quoted(token) for token in run)})"


def _and(tokens: Iterable[str]) -> str:
    return " & ".join(_quoted(token) for token in tokens)


def _quoted(token: str) -> str:
    return f"'{_token(token)}'"


def _token(token: str) -> str:
    return "".join(c for c in token if c.isalnum())
