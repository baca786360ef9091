"""The embedded engine's own table stays in step with the rows, by its triggers."""

from django.db import connection
from django.test import TestCase

from search.engines.fts5 import repair
from tests.search.factories import guide
from tests.search.test_visibility import found


class FullTextTable(TestCase):
    """The embedded engine's own table follows the rows by triggers."""

    def test_the_full_text_table_agrees_with_its_rows(self) -> None:
        page = guide("Le quorum")
        page.title = "Le vote"
        page.save_revision().publish()
        guide("Le pot").delete()
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO search_fts(search_fts, rank) VALUES ('integrity-check', 1)")

    def test_triggers_lost_in_a_migration_come_back(self) -> None:
        with connection.cursor() as cursor:
            for event in ("insert", "update", "delete"):
                cursor.execute(f"DROP TRIGGER search_fts_{event}")
        page = guide("Le quorum")
        repair()
        self.assertEqual(found("quorum"), {page.pk})
        page.unpublish()
        self.assertEqual(found("quorum"), set())
