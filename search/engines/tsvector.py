"""The SQL of the PostgreSQL text table, used by its migration and its engine.

One row a document, beside `search_searchdocument`. The vectors are made of the Python analysis:
no configuration of the server, no dictionary and no extension takes part.
"""

from __future__ import annotations

TABLE = "search_text"

CREATE = (
    f"""
    CREATE TABLE {TABLE} (
        page_id integer PRIMARY KEY REFERENCES search_searchdocument (page_id) ON DELETE CASCADE,
        title tsvector NOT NULL,
        head tsvector NOT NULL,
        stems tsvector NOT NULL,
        words tsvector NOT NULL,
        stems_in_order text NOT NULL,
        words_in_order text NOT NULL
    )
    """,
    # What is read row by row, to check that words follow each other, stays in the row.
    f"ALTER TABLE {TABLE} ALTER COLUMN stems_in_order SET STORAGE MAIN",
    *(
        f"CREATE INDEX {TABLE}_{name} ON {TABLE} USING gin ({name})"
        for name in ("title", "head", "stems", "words")
    ),
    # Titles are put in order by their letters' codes, as every other engine does.
    'CREATE INDEX search_doc_letters ON search_searchdocument (sort_title COLLATE "C", page_id)',
)
DROP = ("DROP INDEX IF EXISTS search_doc_letters", f"DROP TABLE IF EXISTS {TABLE}")
