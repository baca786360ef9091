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
    # By the codes of their letters, whatever the language of the server: titles are put in order as
    # every other engine does, and the words that begin with some letters stand together.
    'ALTER TABLE search_searchdocument ALTER COLUMN sort_title TYPE varchar(255) COLLATE "C"',
    'ALTER TABLE search_indexterm ALTER COLUMN text TYPE varchar(64) COLLATE "C"',
)
DROP = (
    f"DROP TABLE IF EXISTS {TABLE}",
    "ALTER TABLE search_searchdocument ALTER COLUMN sort_title TYPE varchar(255)",
    "ALTER TABLE search_indexterm ALTER COLUMN text TYPE varchar(64)",
)
