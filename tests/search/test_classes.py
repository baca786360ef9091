"""What each kind of query finds, through the one door."""

from __future__ import annotations

from django.test import TestCase

from search.models import Synonym
from search.steering import load_default_synonyms
from search.suggestions import suggest

from .loading import ask, documents, ids, load


class Classes(TestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        load_default_synonyms()
        load(documents())

    def first(self, query: str, *expected: str) -> None:
        with self.subTest(query):
            result = ask(query)
            self.assertIn((ids(result) or [""])[0], expected)
            self.assertTrue(result.confident)

    def test_acronyms_are_words(self) -> None:
        self.first("CA", "f03")
        self.first("le ca", "f03")
        self.first("PV", "f07", "f25")
        self.first("CAC", "f06")
        self.first("AG", "f08", "f18")
        self.assertFalse(ask("ça").hits)

    def test_inflections_meet(self) -> None:
        self.assertEqual(ids(ask("témoigner"))[0], "f13")
        self.assertIn("f03", ids(ask("élection")))
        self.assertEqual(ids(ask("répondre")), ids(ask("réponses")))
        self.first("administratrices", "f14", "f03")

    def test_words_that_look_alike_stay_apart(self) -> None:
        self.assertNotEqual(ids(ask("coopérateur"))[:3], ids(ask("coopérative"))[:3])
        self.assertEqual(ids(ask("coopérateurs"))[0], "f24")
        self.assertNotIn("f02", ids(ask("association")))

    def test_a_type_asked_for_comes_first(self) -> None:
        self.first("vidéo pouvoir", "f17")
        self.first("c'est quoi la part sociale", "f04")
        self.first("qu'est-ce qu'un quorum ?", "f01")
        self.first("modèle de procès-verbal", "f25")
        self.first("outil quorum", "f21")
        self.first("guide convocation", "f09")

    def test_long_questions_are_answered(self) -> None:
        self.first("à quoi ça sert d'avoir une part ?", "f16", "f04")
        self.first(
            "comment expliquer les résolutions à des habitants qui n'y connaissent rien ?", "f11"
        )
        self.first("que se passe-t-il si le quorum n'est pas atteint ?", "f01", "f21")
        self.first("qui vérifie les comptes de la coopérative ?", "f06")

    def test_english_questions_are_answered_by_french_pages(self) -> None:
        self.first("what is a quorum", "f01")
        self.first("how to choose a venue", "f10")
        self.first("auditor", "f06")
        self.first("childcare", "f28")

    def test_a_beginning_finds_what_it_may_become(self) -> None:
        self.first("procu", "f02")
        self.first("livret du coo", "f24")
        self.first("quit", "f05")

    def test_what_nothing_answers_is_not_claimed(self) -> None:
        for query in (
            "horaires des trains",
            "carte vitale",
            "garde à vue",
            "vaccin grippe",
            "qsdfgh",
        ):
            with self.subTest(query):
                result = ask(query)
                self.assertFalse(result.confident and result.hits)


class Rules(TestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        load(documents())

    def test_an_acronym_of_a_rule_is_not_the_beginning_of_a_word(self) -> None:
        Synonym.objects.create(words="COM", targets="quitus")
        self.assertEqual(ids(ask("COM")), ["f05"])

    def test_an_idiom_needs_all_its_words(self) -> None:
        Synonym.objects.create(words="voter pour moi", targets="procuration")
        self.assertEqual(ids(ask("qui va voter pour moi"))[0], "f02")
        self.assertNotIn("f02", ids(ask("résultat du vote"))[:1])

    def test_an_idiom_is_not_looked_for_by_its_one_word(self) -> None:
        Synonym.objects.create(words="trombinoscope, pas à pas jour J")
        Synonym.objects.create(words="candidature, jour J")
        self.assertNotIn("f14", ids(ask("ordre du jour"))[:1])
        self.assertEqual(ids(ask("trombinoscope")), [])

    def test_a_translation_leads_to_the_equivalents(self) -> None:
        Synonym.objects.create(words="quitus, décharge, feu vert")
        Synonym.objects.create(words="discharge", targets="feu vert")
        self.assertEqual(ids(ask("discharge")), ["f05"])


class WhileTyping(TestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        load_default_synonyms()
        load(documents())

    def offered(self, typed: str) -> list[str]:
        found = suggest(typed, "fr", defining=("glossary",))
        return [s.document.external_id for s in found if s.document]

    def test_a_stop_word_alone_may_be_a_beginning(self) -> None:
        self.assertEqual(self.offered("par")[0], "f04")
        self.assertEqual(self.offered("le "), [])

    def test_a_known_word_may_go_on(self) -> None:
        self.assertIn("f03", self.offered("con"))
        self.assertIn("f16", self.offered("part"))

    def test_titles_that_begin_so_come_first(self) -> None:
        self.assertEqual(set(self.offered("co")[:2]), {"f03", "f06"})

    def test_the_name_of_a_type_offers_its_pages(self) -> None:
        self.assertEqual({"f15", "f16", "f17"}, set(self.offered("vidé")))
        self.assertTrue({"f09", "f10", "f11"} <= set(self.offered("guide")))

    def test_the_shorter_of_two_terms_comes_first(self) -> None:
        load(
            [
                {
                    "id": "g1",
                    "type": "glossary",
                    "title": "Vote électronique à distance",
                    "year": 2026,
                },
                {"id": "g2", "type": "glossary", "title": "Vote électronique", "year": 2020},
            ]
        )
        self.assertEqual(self.offered("vote élec")[:2], ["g2", "g1"])
