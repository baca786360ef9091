"""Prints how many MiB the tables of the search take in the database of this hub."""

import django
from django.db import connection

SQLITE = "SELECT coalesce(sum(pgsize), 0) FROM dbstat WHERE name LIKE 'search_%'"
POSTGRESQL = (
    "SELECT coalesce(sum(pg_total_relation_size(oid)), 0) FROM pg_class"
    " WHERE relkind = 'r' AND relname LIKE 'search_%'"
)

if __name__ == "__main__":
    django.setup()
    with connection.cursor() as cursor:
        cursor.execute(SQLITE if connection.vendor == "sqlite" else POSTGRESQL)
        print(cursor.fetchone()[0] / 2**20)
