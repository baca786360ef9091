"""Making the index again: whole, while others write, and by itself after an upgrade."""

from __future__ import annotations

import io

from django.core.management import call_command
from django.test import TestCase

from search import rebuilding, state
from search.indexing import remove_pages
from search.models import FacetBits, IndexTerm, SearchDocument, SearchState
from search.rebuilding import recount

from .factories import guide
from .loading import documents, load
from .test_visibility import found


def counted() -> tuple[set[object], set[object]]:
    bits = {(b.name, b.value, bytes(b.bits)) for b in FacetBits.objects.all()}
    return set(IndexTerm.objects.values_list("kind", "text", "stem", "documents")), bits


class Recounting(TestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        load(documents())

    def test_what_was_right_stays(self) -> None:
        before = counted()
        recount()
        self.assertEqual(counted(), before)

    def test_what_was_wrong_is_corrected(self) -> None:
        before = counted()
        IndexTerm.objects.filter(text="quorum").update(documents=99)
        IndexTerm.objects.filter(text="pouvoir").delete()
        IndexTerm.objects.create(kind=IndexTerm.WORD, text="fantome", stem="fantom", documents=1)
        FacetBits.objects.filter(name="type").update(bits=b"\x01")
        FacetBits.objects.filter(name="year").delete()
        FacetBits.objects.create(name="theme", value="fantome", bits=b"\x02")
        recount()
        self.assertEqual(counted(), before)

    def test_the_stem_of_another_release_is_corrected(self) -> None:
        before = counted()
        words = IndexTerm.objects.filter(kind=IndexTerm.WORD, text="convocation")
        words.update(stem="convocat")
        recount()
        self.assertEqual(counted(), before)

    def test_what_others_write_meanwhile_is_counted_too(self) -> None:
        count, interrupted = rebuilding.count, []

        def count_while_somebody_writes() -> rebuilding.Counted:
            made = count()
            if len(interrupted) < 2:
                interrupted.append(remove_pages([SearchDocument.objects.first().pk]))
            return made

        rebuilding.count = count_while_somebody_writes
        self.addCleanup(setattr, rebuilding, "count", count)
        recount()
        after = counted()
        rebuilding.count = count
        recount()
        self.assertEqual(counted(), after)
        self.assertEqual(interrupted, [1, 1])


class AfterAnUpgrade(TestCase):
    def test_rows_of_another_release_are_made_again_at_the_next_start(self) -> None:
        page = guide("Le quorum", text="Le trombone.")
        call_command("search_rebuild", stdout=io.StringIO())
        remove_pages([page.pk])
        call_command("search_rebuild", if_needed=True, stdout=io.StringIO())
        self.assertEqual(found("trombone"), set())
        SearchState.objects.update(version=0)
        call_command("search_rebuild", if_needed=True, stdout=io.StringIO())
        self.assertEqual(found("trombone"), {page.pk})
        self.assertTrue(state.is_current())

    def test_a_page_whose_row_was_lost_is_found_again(self) -> None:
        page = guide("Le trombone")
        remove_pages([page.pk])
        call_command("search_rebuild", stdout=io.StringIO())
        self.assertEqual(found("trombone"), {page.pk})
