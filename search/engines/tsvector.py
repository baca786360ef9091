"""The SQL of the PostgreSQL text table, used by its migration and its engine.

One row a document, beside `search_searchdocument`. The vectors are made of the Python analysis:
no configuration of the server, no dictionary and no extension takes part.
"""

from __future__ import annotations

TABLE = "search_text"
# The words of a document, as an index reads them: no second copy is stored.
WORDS = "string_to_array(words_in_order, ' ')"

CREATE = (
    # Everything long stands outside of the row: walking a hundred thousand rows reads a few pages.
    f"""
    CREATE TABLE {TABLE} (
        page_id integer PRIMARY KEY REFERENCES search_searchdocument (page_id) ON DELETE CASCADE,
        title tsvector NOT NULL,
        head tsvector NOT NULL,
        stems tsvector NOT NULL,
        stems_in_order text STORAGE EXTERNAL NOT NULL,
        words_in_order text STORAGE EXTERNAL NOT NULL
    ) WITH (toast_tuple_target = 128)
    """,
    f"CREATE INDEX {TABLE}_title ON {TABLE} USING gin (title)",
    f"CREATE INDEX {TABLE}_head ON {TABLE} USING gin (head)",
    f"CREATE INDEX {TABLE}_stems ON {TABLE} USING gin (stems)",
    f"CREATE INDEX {TABLE}_words ON {TABLE} USING gin (({WORDS}))",
    # Titles are put in order by their letters' codes, as every other engine does.
    'CREATE INDEX search_doc_letters ON search_searchdocument (sort_title COLLATE "C", page_id)',
)
DROP = ("DROP INDEX IF EXISTS search_doc_letters", f"DROP TABLE IF EXISTS {TABLE}")
