"""Looks for a word everywhere: in every table of the database, in every file of a folder."""

from collections.abc import Iterator
from pathlib import Path

from django.db import connection


def tables_with(word: str) -> set[str]:
    """The tables with a cell that holds the word, whatever its case."""
    with connection.cursor() as cursor:
        found = set()
        for table in connection.introspection.table_names(cursor):
            quoted = connection.ops.quote_name(table)
            cursor.execute(f"SELECT * FROM {quoted} LIMIT 0")
            columns = [connection.ops.quote_name(column[0]) for column in cursor.description]
            for column in columns:
                like = f"lower(CAST({column} AS TEXT)) LIKE %s"
                cursor.execute(f"SELECT 1 FROM {quoted} WHERE {like} LIMIT 1", [f"%{word}%"])
                if cursor.fetchone():
                    found.add(table)
    return found


def files_with(folder: Path, word: str) -> set[str]:
    """The files whose bytes or name hold the word: as it is, or as JSON and mail write it."""
    return {str(path.relative_to(folder)) for path in _files(folder) if _holds(path, word.encode())}


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if path.is_file())


def _holds(path: Path, word: bytes) -> bool:
    return word in path.name.lower().encode() or word in path.read_bytes().lower()
