"""Words that nobody knows are mended with what the index and the rules know, at a bounded cost."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pytest
from django.test import TestCase

from search.analysis import fold
from search.concepts import Known, Tuning
from search.models import Synonym
from search.query import parse
from search.spelling import KnownWord, cognates, corrections, split_word
from search.steering import load_default_synonyms
from search.synonyms import SynonymMap
from search.understanding import Understanding

from .loading import ask, documents, ids, load

SILENT = frozenset(["les", "pour", "des", "ce"])


def known(*words: str) -> dict[str, KnownWord]:
    return {word: KnownWord(word, word, 1) for word in words}


def parted(word: str, *words: str) -> list[str]:
    cut = split_word(word, known(*words), SILENT)
    return [part.word for part in cut.words] if cut else []


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("partsociale", ["part", "sociale"]),
        ("ordredujour", ["ordre", "du", "jour"]),
        ("lesassocies", ["les", "associes"]),
        ("delaipour", ["delai", "pour"]),
        ("xassocies", []),
        ("a" * 200, []),
    ],
)
def test_stuck_words_are_parted_around_small_ones(typed: str, meant: list[str]) -> None:
    assert parted(typed, "part", "sociale", "ordre", "jour", "associes", "delai") == meant


def test_one_change_is_likelier_than_a_small_word_stuck_to_another() -> None:
    cut = split_word("cevision", known("vision"), SILENT)
    fixes = corrections("cevision", known("revision").values())
    assert cut is not None
    assert fixes[0].likeness > cut.likeness


def test_three_letters_may_be_in_the_wrong_order_only() -> None:
    assert corrections("kti", known("kit").values())[0].words[0].word == "kit"
    assert corrections("kat", known("kit").values()) == ()


def test_the_other_language_ends_the_same_word_otherwise() -> None:
    assert "electronique" in cognates("electronic")
    assert "democratie" in cognates("democracy")
    assert cognates("ag") == ()


class Counting:
    """A vocabulary that knows nothing and counts what is asked of it."""

    def __init__(self) -> None:
        self.calls: list[str] = []
        self.sizes: list[int] = []

    def lookup(self, words: Iterable[str], stems: Iterable[str], prefix: str) -> Known:
        self.calls.append("lookup")
        self.sizes.append(len(set(words)) + len(set(stems)))
        return Known(100)

    def near(
        self, words: Sequence[str], parts: Iterable[str], stems: Iterable[str]
    ) -> list[KnownWord]:
        self.calls.append("near")
        self.sizes.append(len(set(words)) + len(set(parts)) + len(set(stems)))
        return []


@pytest.mark.parametrize(
    "text", ["xqzvpt", "assem blee gnerale " * 20, "zqx" * 80, " ".join("abcdefghij"[i:] * 5 for i in range(9))]
)  # fmt: skip
def test_the_vocabulary_is_asked_twice_at_most_and_little(text: str) -> None:
    vocabulary = Counting()
    Understanding(parse(text), "fr", SynonymMap(), vocabulary, Tuning()).meaning()
    assert vocabulary.calls in (["lookup"], ["lookup", "near"])
    assert max(vocabulary.sizes) < 3_000


class Mended(TestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        load_default_synonyms()
        load(documents())

    def test_a_space_too_many(self) -> None:
        for typed, meant, first in (
            ("assem blee generale", "assemblée générale", {"f08", "f18"}),
            ("con vocation", "convocation", {"f09"}),
            ("rétro planning", "rétroplanning", {"f08"}),
        ):
            with self.subTest(typed):
                result = ask(typed)
                self.assertEqual(fold(result.suggestion), fold(meant))
                self.assertIn(ids(result)[0], first)

    def test_a_space_too_few(self) -> None:
        for typed, first in (
            ("partsociale", {"f04", "f16"}),
            ("conseiladministration", {"f03"}),
            ("livretducoopérateur", {"f24"}),
            ("larésolution", {"f11", "f25", "f07"}),
        ):
            with self.subTest(typed):
                self.assertIn(ids(ask(typed))[0], first)

    def test_a_slip_anywhere(self) -> None:
        for typed, first in (
            ("xuorum", "f01"),
            ("uqorum", "f01"),
            ("quoruum", "f01"),
            ("quitis", "f05"),
            ("pocuration", "f02"),
            ("lviret du coopérateur", "f24"),
            ("ktis moment convivial", "f20"),
        ):
            with self.subTest(typed):
                self.assertEqual(ids(ask(typed))[0], first)

    def test_a_slip_in_a_word_that_only_a_rule_knows(self) -> None:
        Synonym.objects.create(words="trombinoscope", targets="livret du coopérateur")
        self.assertEqual(ids(ask("tronbinoscope"))[0], "f24")

    def test_a_slip_in_the_type_asked_for(self) -> None:
        result = ask("vidoé gouvernance")
        self.assertEqual(result.requested_types[0], "video")
        self.assertEqual(result.terms, ("gouvernance",))
        self.assertEqual(ids(result)[0], "f15")

    def test_a_word_of_the_dictionary_is_no_slip(self) -> None:
        texts = ("Un espace extérieur", "Un compte rendu oral", "Des visages", "La copie du bail")
        load([{"id": f"d{n}", "type": "guide", "title": title} for n, title in enumerate(texts)])
        for typed in ("règlement intérieur", "rapport moral", "procurations vierges", "COPIL"):
            with self.subTest(typed):
                self.assertEqual(ask(typed).suggestion, "")
        self.assertEqual(ask("bail exterrieur").suggestion, "bail extérieur")

    def test_two_common_words_are_never_made_one(self) -> None:
        self.assertEqual(ask("compte rendu").suggestion, "")
        self.assertEqual(ask("mot de remerciement").suggestion, "")

    def test_what_is_still_being_typed_is_not_joined_to_a_small_word(self) -> None:
        self.assertEqual(ask("voter par ti").suggestion, "")


class TwoLanguages(TestCase):
    def test_a_word_that_an_english_page_also_says_is_repaired_and_completed(self) -> None:
        load(documents())
        load([{"id": "e1", "type": "guide", "title": "Convocation letters", "language": "en"}])
        for typed in ("convocaton", "convoc"):
            with self.subTest(typed):
                self.assertIn("f09", ids(ask(typed)))
