"""The one door: safe for any text, bounded in queries, honest about what it found."""

from __future__ import annotations

import io
import json
import tempfile
from pathlib import Path

from django.core.checks import run_checks
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import TestCase, override_settings
from django.test.utils import CaptureQueriesContext

from search import bits
from search.analysis import fold
from search.engines import engine_named
from search.engines.base import MAX_LIMIT, Sort
from search.models import FacetBits, SearchDocument, Synonym
from search.steering import load_default_synonyms

from .loading import ask, documents, ids, load

FACETS = ("type", "step", "theme", "audience", "year", "language")


class Answers(TestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        load_default_synonyms()
        load(documents())

    def test_an_empty_query_browses_everything(self) -> None:
        result = ask("")
        self.assertEqual(result.total, 30)
        self.assertTrue(result.confident)
        self.assertEqual(ids(result)[0], "f30")

    def test_browsing_by_title_sorts_as_a_reader_does(self) -> None:
        titles = [hit.document.title for hit in ask("", sort=Sort.ALPHA).hits]
        self.assertEqual(titles, sorted(titles, key=fold))
        self.assertEqual(titles[0], "À quoi sert ma part ?")

    def test_a_query_can_be_sorted_by_date(self) -> None:
        result = ask("assemblée", sort="recent")
        dates = [hit.document.published_at for hit in result.hits]
        self.assertEqual(dates, sorted(dates, reverse=True))

    def test_pages_follow_each_other_without_gap(self) -> None:
        for sort in Sort:
            whole = ids(ask("assemblée", sort=sort))
            paged = [
                i
                for start in range(0, 40, 7)
                for i in ids(ask("assemblée", sort=sort, offset=start, limit=7))
            ]
            self.assertEqual(paged, whole)

    def test_a_slip_is_repaired_and_said(self) -> None:
        result = ask("convocaton claire")
        self.assertEqual(result.suggestion, "convocation claire")
        self.assertIn("f09", ids(result))

    def test_a_repaired_word_has_its_accents(self) -> None:
        self.assertEqual(ask("rezolution en asemblée").suggestion, "résolution en assemblée")

    def test_the_words_beside_a_repaired_one_get_their_accents_and_keep_their_capitals(
        self,
    ) -> None:
        self.assertEqual(ask("asemblée génerale").suggestion, "assemblée générale")
        self.assertEqual(ask("AG convocaton").suggestion, "AG convocation")

    def test_the_accents_stand_behind_an_elision_a_hyphen_and_quotes_too(self) -> None:
        for typed, meant in (
            ("l'asemblée", "l'assemblée"),
            ("avant-asemblée", "avant-assemblée"),
            ('"asemblée generale"', '"assemblée générale"'),
        ):
            with self.subTest(typed):
                self.assertEqual(ask(typed).suggestion, meant)

    def test_what_one_wants_to_do_matters_less_than_with_what(self) -> None:
        load([
            {"id": "c1", "type": "guide", "title": "Le quorum", "body": "Combien de présents."},
            {"id": "c2", "type": "guide", "title": "Calculer la part", "body": "Calculer une part."},
        ])  # fmt: skip
        self.assertEqual(ids(ask("comment calculer la part"))[0], "c2")
        found = ids(ask("comment calculer le quorum"))
        self.assertIn("c1", found)
        self.assertNotIn("c2", found)

    def test_a_word_is_spelt_as_most_pages_do(self) -> None:
        titles = ("Le vôte compté", "Le vote", "Le vote à distance")
        load([{"id": f"v{n}", "type": "guide", "title": t} for n, t in enumerate(titles)])
        self.assertEqual(ask("vote distence").suggestion, "vote distance")

    def test_a_good_query_is_not_corrected(self) -> None:
        self.assertEqual(ask("convocation").suggestion, "")

    def test_an_exact_phrase_is_required(self) -> None:
        self.assertEqual(ids(ask("« boucle magnétique »")), ["f12"])

    def test_a_phrase_that_nothing_holds_falls_back_and_says_it_is_not_sure(self) -> None:
        result = ask('"magnétique boucle"')
        self.assertIn("f12", ids(result))
        self.assertFalse(result.confident)

    def test_a_phrase_never_spans_two_fields(self) -> None:
        self.assertFalse(ask('"quorum le nombre"').confident)

    def test_the_understood_words_and_type_are_told(self) -> None:
        result = ask("vidéo gouvernance")
        self.assertEqual(result.terms, ("gouvernance",))
        self.assertEqual(result.requested_types[0], "video")

    def test_the_extract_marks_the_words(self) -> None:
        hit = ask("halte-jeux").hits[0]
        self.assertIn("<mark>halte</mark>-<mark>jeux</mark>", hit.title_highlight)

    def test_an_english_question_finds_french_pages(self) -> None:
        self.assertIn("f02", ids(ask("proxy form"))[:2])

    def test_an_english_reader_finds_french_pages_that_have_no_translation(self) -> None:
        page = SearchDocument.objects.get(external_id="f07")
        page.shown_in = ["fr", "en"]
        page.save()
        FacetBits.objects.create(
            name="@shown", value="en", bits=bits.to_bytes(bits.pack([page.pk]))
        )
        self.assertEqual(ids(ask("minutes of the meeting", locale="en")), ["f07"])
        self.assertEqual(ids(ask("procès-verbaux", locale="en")), ["f07"])

    def test_offsets_and_limits_are_clamped(self) -> None:
        self.assertLessEqual(len(ask("", limit=10**9).hits), MAX_LIMIT)
        self.assertEqual(ask("", offset=10**30).hits, ())
        self.assertEqual(len(ask("", offset=-5, limit=3).hits), 3)


class Synonyms(TestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        load(documents())

    def test_a_new_rule_works_at_once_without_reindexing(self) -> None:
        self.assertEqual(ids(ask("trombinoscope")), [])
        rule = Synonym.objects.create(words="trombinoscope", targets="livret du coopérateur")
        self.assertEqual(ids(ask("trombinoscope"))[0], "f24")
        rule.enabled = False
        rule.save()
        self.assertEqual(ids(ask("trombinoscope")), [])
        rule.enabled = True
        rule.save()
        self.assertEqual(ids(ask("trombinoscope"))[0], "f24")
        rule.delete()
        self.assertEqual(ids(ask("trombinoscope")), [])

    def test_a_one_way_rule_does_not_work_backwards(self) -> None:
        Synonym.objects.create(words="trombinoscope", targets="livret du coopérateur")
        self.assertNotIn("trombinoscope", ask("livret").terms)

    def test_a_rule_saved_empty_breaks_nothing(self) -> None:
        Synonym.objects.create(words=",")
        self.assertIn("f24", ids(ask("livret")))

    def test_defaults_are_added_once_and_never_overwrite(self) -> None:
        self.assertGreater(load_default_synonyms(), 50)
        rule = Synonym.objects.get(default_key__startswith="AG, A.G.")
        rule.words = "AG, assemblée"
        rule.save()
        self.assertEqual(load_default_synonyms(), 0)
        rule.refresh_from_db()
        self.assertEqual(rule.words, "AG, assemblée")

    def test_a_deleted_default_does_not_come_back(self) -> None:
        load_default_synonyms()
        Synonym.objects.get(default_key__startswith="AG, A.G.").delete()
        Synonym.objects.filter(default_key__startswith="AGE,").delete()
        self.assertEqual(load_default_synonyms(), 0)
        self.assertFalse(Synonym.objects.filter(words__regex="^AGE?,").exists())

    def test_a_rule_that_does_nothing_is_refused_in_the_form(self) -> None:
        with self.assertRaises(ValidationError):
            Synonym(words="seul").full_clean()


class Budget(TestCase):
    QUERIES = ("", "convocation", "asemblée génerale", "conv", "« moment convivial »", "kit AG")

    def cost(self) -> dict[str, int]:
        counted = {}
        for query in self.QUERIES:
            with CaptureQueriesContext(connection) as captured:
                ask(query, facet_names=FACETS, filters={"step": frozenset({"avant"})}, limit=20)
            counted[query] = len(captured)
        return counted

    def test_a_search_costs_the_same_few_queries_at_any_size(self) -> None:
        load_default_synonyms()
        load(documents())
        ask("convocaton")  # the words of the index are read once a minute
        small = self.cost()
        self.assertLessEqual(max(small.values()), 8, small)
        load([record | {"id": f"{record['id']}-{n}"} for n in range(20) for record in documents()])
        self.assertEqual(self.cost(), small)


class Engines(TestCase):
    @override_settings(SEARCH_ENGINE="altavista")
    def test_a_wrong_engine_is_refused_at_start_with_a_sentence(self) -> None:
        errors = [error for error in run_checks(tags=["search"]) if error.id == "search.E001"]
        self.assertEqual(len(errors), 1)
        self.assertIn("altavista", str(errors[0].msg))

    def test_a_wrong_engine_is_refused_when_asked(self) -> None:
        with self.assertRaisesMessage(ImproperlyConfigured, "the engines known are"):
            engine_named("altavista")

    def test_search_run_writes_external_ids_best_first(self) -> None:
        load_default_synonyms()
        load(documents())
        with tempfile.TemporaryDirectory() as folder:
            source, out = Path(folder, "queries.json"), Path(folder, "out.json")
            asked = [
                {"qid": "Q1", "query": "livret du coopérateur"},
                {"qid": "Q2", "query": "xqzvpt"},
            ]
            for content in (asked, {"queries": asked}):
                source.write_text(json.dumps(content), "utf-8")
                call_command("search_run", str(source), str(out), stdout=io.StringIO())
                found = json.loads(out.read_text("utf-8"))
                self.assertEqual(found["Q1"]["docs"][0], "f24")
                self.assertTrue(found["Q1"]["confident"])
                self.assertEqual(found["Q2"], {"docs": [], "confident": False})
            with self.assertRaisesMessage(CommandError, "altavista"):
                call_command("search_run", str(source), str(out), engine="altavista")
            source.write_text("not json", "utf-8")
            with self.assertRaisesMessage(CommandError, "is not a list"):
                call_command("search_run", str(source), str(out))
