"""The SQL of the FTS5 table, used by its migration."""

from __future__ import annotations

from typing import Any

from django.db import connection

TABLE = "search_fts"
CONTENT = "search_searchdocument"
COLUMNS = ("title_stems", "summary_stems", "terms_stems", "body_stems", "words")


def create_statements() -> tuple[str, ...]:
    """The virtual table and the triggers that keep it in step with its rows."""
    names = ", ".join(COLUMNS)
    new = ", ".join(f"new.{name}" for name in COLUMNS)
    old = ", ".join(f"old.{name}" for name in COLUMNS)
    add = f"INSERT INTO {TABLE}(rowid, {names}) VALUES (new.page_id, {new});"
    remove = f"INSERT INTO {TABLE}({TABLE}, rowid, {names}) VALUES ('delete', old.page_id, {old});"
    table = (
        f"CREATE VIRTUAL TABLE {TABLE} USING fts5({names}, content='{CONTENT}', content_rowid='page_id', "
        "tokenize=\"unicode61 remove_diacritics 0 tokenchars '_'\")"
    )
    return (
        table,
        f"CREATE TRIGGER {TABLE}_insert AFTER INSERT ON {CONTENT} BEGIN {add} END",
        f"CREATE TRIGGER {TABLE}_delete AFTER DELETE ON {CONTENT} BEGIN {remove} END",
        f"CREATE TRIGGER {TABLE}_update AFTER UPDATE OF page_id, {names} ON {CONTENT} BEGIN {remove} {add} END",
        f"INSERT INTO {TABLE}({TABLE}) VALUES ('rebuild')",
    )


def drop_statements() -> tuple[str, ...]:
    """Undo `create_statements`."""
    triggers = tuple(
        f"DROP TRIGGER IF EXISTS {TABLE}_{event}" for event in ("insert", "delete", "update")
    )
    return (*triggers, f"DROP TABLE IF EXISTS {TABLE}")


def repair(**_kwargs: Any) -> None:
    """After a migration: SQLite alters a table by making it again, which loses its triggers."""
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name FROM sqlite_master WHERE tbl_name IN (%s, %s)", [TABLE, CONTENT]
        )
        names = {row[0] for row in cursor.fetchall()}
        if TABLE in names and f"{TABLE}_update" not in names:
            for statement in (*drop_statements(), *create_statements()):
                cursor.execute(statement)
