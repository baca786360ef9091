"""The index follows the pages: nobody finds what they may not see, and everything else at once."""

from __future__ import annotations

from datetime import timedelta
from unittest import mock

from django.contrib.auth.models import Group
from django.db import connection, transaction
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from search.engines.base import SearchRequest
from search.indexing import index_pages
from search.models import FacetBits, IndexTerm, SearchDocument
from search.rebuilding import rebuild
from search.service import search, understand

from .factories import guide, home, locale


def found(query: str = "", code: str | None = "fr") -> set[int]:
    """Ids of the pages that a search of a site language finds."""
    return {hit.page_id for hit in search(SearchRequest(query=query, locale=code, limit=100)).hits}


def offered(query: str) -> str:
    """The corrected query that a search proposes."""
    return search(SearchRequest(query=query, locale="fr")).suggestion


class Publication(TestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        locale("en")
        cls.page = guide(
            "Préparer un covoiturage", summary="Venir à plusieurs.", text="Partager ses trajets."
        )

    def test_a_published_page_is_found_at_once(self) -> None:
        self.assertEqual(found("covoiturage"), {self.page.pk})

    def test_its_body_is_found_too(self) -> None:
        self.assertEqual(found("trajet"), {self.page.pk})

    def test_a_draft_is_not_found(self) -> None:
        guide("Brouillon de trombinoscope", publish=False)
        self.assertEqual(found("trombinoscope"), set())

    def test_an_unpublished_edit_changes_nothing(self) -> None:
        self.page.title = "Préparer une navette"
        self.page.save_revision()
        self.assertEqual(found("navette"), set())
        self.assertEqual(found("covoiturage"), {self.page.pk})

    def test_a_published_edit_replaces_what_is_found(self) -> None:
        self.page.title = "Préparer une navette"
        self.page.save_revision().publish()
        self.assertEqual(found("navette"), {self.page.pk})
        self.assertEqual(found("covoiturage"), set())

    def test_an_unpublished_page_is_forgotten_with_its_words(self) -> None:
        self.page.unpublish()
        self.assertEqual(found("covoiturage"), set())
        self.assertFalse(IndexTerm.objects.filter(text__startswith="covoitur").exists())
        self.assertFalse(FacetBits.objects.filter(name="type", value="guide").exists())

    def test_a_deleted_page_is_forgotten_with_its_words(self) -> None:
        self.page.delete()
        self.assertEqual(found("covoiturage"), set())
        self.assertFalse(IndexTerm.objects.filter(text__startswith="covoitur").exists())

    def test_a_scheduled_page_is_not_found(self) -> None:
        guide("Annonce du trampoline", go_live_at=timezone.now() + timedelta(days=1))
        self.assertEqual(found("trampoline"), set())

    def test_an_expired_page_is_not_found_even_before_it_is_unpublished(self) -> None:
        page = guide("Affiche du trampoline", expire_at=timezone.now() + timedelta(days=1))
        self.assertEqual(found("trampoline"), {page.pk})
        past = timezone.now() - timedelta(minutes=1)
        Page.objects.filter(pk=page.pk).update(expire_at=past)
        page.refresh_from_db()
        index_pages([page])
        self.assertEqual(found("trampoline"), set())

    def test_expiry_is_checked_when_searching(self) -> None:
        page = guide("Affiche du trampoline", expire_at=timezone.now() + timedelta(hours=1))
        self.assertIn(page.pk, found())
        with mock.patch("django.utils.timezone.now", return_value=page.expire_at):
            self.assertEqual(found("trampoline"), set())
            self.assertNotIn(page.pk, found())

    def test_words_of_ended_pages_are_offered_no_more(self) -> None:
        end = timezone.now() + timedelta(hours=1)
        for title in ("Affiche du trampoline", "Covoiturage en trampoline"):
            guide(title, expire_at=end)
        guide("Plus tard, le trombinoscope", expire_at=end + timedelta(hours=1))
        self.assertEqual(offered("trampolime"), "trampoline")
        with mock.patch("django.utils.timezone.now", return_value=end):
            self.assertEqual(offered("trampolime"), "")
            self.assertEqual(offered("covoitrage"), "covoiturage")
            self.assertEqual(offered("trombinoscqpe"), "trombinoscope")
            self.assertEqual(understand("trampo").terms, ("trampo",))
            self.assertEqual(len(understand("affiche").concepts[0].alternatives), 0)
        later = end + timedelta(hours=1)
        with mock.patch("django.utils.timezone.now", return_value=later):
            self.assertEqual(offered("trombinoscqpe"), "")

    def test_an_end_costs_no_query_once_its_words_are_known(self) -> None:
        soon = timezone.now() + timedelta(hours=1)
        guide("Affiche du trampoline", expire_at=soon)
        before = self.cost_of_a_correction()
        with mock.patch("django.utils.timezone.now", return_value=soon):
            self.assertEqual(self.cost_of_a_correction(), before)

    def cost_of_a_correction(self) -> int:
        offered("covoitrage")  # what is remembered is read
        with CaptureQueriesContext(connection) as captured:
            self.assertEqual(offered("covoitrage"), "covoiturage")
        return len(captured)

    def test_a_failed_publication_leaves_no_row(self) -> None:
        with self.assertRaises(RuntimeError), transaction.atomic():
            guide("Publication avortée du trampoline")
            raise RuntimeError
        self.assertEqual(found("trampoline"), set())
        self.assertFalse(IndexTerm.objects.filter(text="trampoline").exists())

    def test_an_alias_is_not_found_twice(self) -> None:
        self.page.create_alias(update_slug="copie")
        self.assertEqual(found("covoiturage"), {self.page.pk})


class Subtrees(TestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        cls.parent = guide("Le grand dossier")
        cls.child = guide("Préparer un covoiturage", parent=cls.parent)

    def restrict(self, page: Page) -> PageViewRestriction:
        return PageViewRestriction.objects.create(
            page=page, restriction_type=PageViewRestriction.LOGIN
        )

    def test_a_page_made_private_is_not_found(self) -> None:
        self.restrict(self.child)
        self.assertEqual(found("covoiturage"), set())

    def test_nor_are_the_pages_below_a_private_page(self) -> None:
        self.restrict(self.parent)
        self.assertEqual(found("covoiturage"), set())
        self.assertEqual(found("dossier"), set())

    def test_a_group_restriction_hides_too(self) -> None:
        restriction = PageViewRestriction.objects.create(
            page=self.parent, restriction_type=PageViewRestriction.GROUPS
        )
        restriction.groups.add(Group.objects.create(name="Bureau"))
        self.assertEqual(found("covoiturage"), set())

    def test_all_come_back_when_the_restriction_goes(self) -> None:
        self.restrict(self.parent).delete()
        self.assertEqual(found("covoiturage"), {self.child.pk})

    def test_publishing_below_a_private_page_shows_nothing(self) -> None:
        self.restrict(self.parent)
        guide("Une annonce de trampoline", parent=self.parent)
        self.assertEqual(found("trampoline"), set())

    def test_moving_below_a_private_page_hides(self) -> None:
        private = guide("Réservé")
        self.restrict(private)
        Page.objects.get(pk=self.child.pk).move(Page.objects.get(pk=private.pk), pos="last-child")
        self.assertEqual(found("covoiturage"), set())

    def test_moving_changes_the_address(self) -> None:
        other = guide("Ailleurs")
        Page.objects.get(pk=self.child.pk).move(Page.objects.get(pk=other.pk), pos="last-child")
        self.assertEqual(
            SearchDocument.objects.get(pk=self.child.pk).url, Page.objects.get(pk=self.child.pk).url
        )

    def test_a_new_slug_changes_the_addresses_below(self) -> None:
        self.parent.slug = "autre-adresse"
        with self.captureOnCommitCallbacks(execute=True):
            self.parent.save_revision().publish()
        self.assertIn("autre-adresse", SearchDocument.objects.get(pk=self.child.pk).url)

    def test_deleting_a_private_parent_leaves_nothing(self) -> None:
        self.restrict(self.parent)
        Page.objects.get(pk=self.parent.pk).delete()
        self.assertFalse(SearchDocument.objects.exists())

    def test_deleting_a_parent_forgets_all_below(self) -> None:
        Page.objects.get(pk=self.parent.pk).delete()
        self.assertFalse(SearchDocument.objects.exists())
        self.assertFalse(IndexTerm.objects.exclude(kind=IndexTerm.TOTAL).exists())
        self.assertFalse(FacetBits.objects.exists())


class Translations(TestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        cls.english = locale("en")
        home("en")
        cls.french = guide("Le quorum expliqué")

    def translate(self) -> Page:
        page = self.french.copy_for_translation(self.english, copy_parents=True)
        page.title = "The quorum explained"
        page.save_revision().publish()
        return Page.objects.get(pk=page.pk)

    def test_without_a_translation_both_languages_list_the_page(self) -> None:
        self.assertEqual(found("quorum", "fr"), {self.french.pk})
        self.assertEqual(found("quorum", "en"), {self.french.pk})

    def test_each_language_lists_its_own_translation(self) -> None:
        translated = self.translate()
        self.assertEqual(found("quorum", "fr"), {self.french.pk})
        self.assertEqual(found("quorum", "en"), {translated.pk})

    def test_an_unpublished_translation_gives_its_place_back(self) -> None:
        self.translate().unpublish()
        self.assertEqual(found("quorum", "en"), {self.french.pk})

    def test_the_english_stays_found_when_the_french_goes(self) -> None:
        translated = self.translate()
        self.french.unpublish()
        self.assertEqual(found("quorum", "fr"), {translated.pk})


class Bookkeeping(TestCase):
    """Facets and vocabulary, kept change by change, equal those made from nothing."""

    def counted(self) -> tuple[object, object, object]:
        terms = set(IndexTerm.objects.values_list("kind", "text", "stem", "documents"))
        bits = {(b.name, b.value, bytes(b.bits)) for b in FacetBits.objects.all()}
        rows = set(SearchDocument.objects.values_list("pk", "title_stems", "words", "content_hash"))
        return terms, bits, rows

    def test_a_life_of_changes_leaves_the_same_as_a_rebuild(self) -> None:
        pages = [
            guide(f"Guide {word}", text=f"Texte {word}")
            for word in ("quorum", "vote", "pouvoir", "pot")
        ]
        pages[0].title = "Guide réécrit"
        pages[0].save_revision().publish()
        pages[1].unpublish()
        pages[2].delete()
        pages[1].save_revision().publish()
        before = self.counted()
        rebuild()
        self.assertEqual(self.counted(), before)
