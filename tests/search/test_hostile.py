"""Whatever is typed, a search answers: never an error, never an operator."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase as HypothesisTestCase

from search.engines.base import MAX_LIMIT
from search.query import MAX_TERMS
from search.service import understand

from .loading import ask, documents, ids, load

FACETS = ("type", "step", "theme", "audience", "year", "language")
HOSTILE = [
    "\x00",
    "quorum\x00pouvoir",
    '"',
    '""',
    '"""quorum',
    "'; DROP TABLE search_searchdocument; --",
    "title_stems:quorum",
    "quorum* OR NEAR(a b, 5) AND NOT c",
    "{words} : x",
    "^quorum",
    "(((((((((",
    "\ud800\udfff\ud800",
    "\u202eeluorum\u202c",
    "a" * 10_000,
    '"' * 10_000,
    " ".join(f"mot{i}" for i in range(500)),
    "%s %d {} \\",
    "🎉🎉🎉",
    "الجمعية العامة",
    "\ufdfa" * 300,
    "«»",
    "« »",
    "-",
    "____",
    "\u0301\u0301\u0301",
]


class Hostile(HypothesisTestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        load(documents())

    def check(self, text: Any, **options: Any) -> None:
        result = ask(text, facet_names=FACETS, **options)
        self.assertGreaterEqual(result.total, len(result.hits))
        self.assertNotIn("\x00", result.suggestion)

    def test_known_attacks(self) -> None:
        for text in HOSTILE:
            with self.subTest(ascii(text[:30])):
                self.check(text)

    def test_operators_are_only_words(self) -> None:
        self.assertEqual(
            ids(ask("quorum* OR title_stems:zzz")), ids(ask("quorum or title stems zzz"))
        )

    def test_words_typed_without_a_space_make_no_more_ideas_than_a_query_may_have(self) -> None:
        meaning = understand("quorumvote " * MAX_TERMS)
        self.assertEqual(meaning.suggestion.split()[:2], ["quorum", "vote"])
        self.assertEqual(len(meaning.match().clauses), MAX_TERMS)

    def test_a_number_that_is_none_is_the_beginning(self) -> None:
        first = ids(ask("quorum", limit=5))
        for number in (float("nan"), -1, -(10**5_000), "3", None):
            self.assertEqual(ids(ask("quorum", offset=number, limit=5)), first)
            self.assertEqual(ids(ask("quorum", limit=number)), [])
        for number in (float("inf"), 10**5_000):
            self.assertEqual(ids(ask("quorum", offset=number)), [])
            self.assertLessEqual(len(ask("", limit=number).hits), MAX_LIMIT)

    @settings(max_examples=150, deadline=None)
    @given(st.text(alphabet=st.characters(), max_size=60))
    def test_any_text(self, text: str) -> None:
        self.check(text)

    @settings(max_examples=100, deadline=None)
    @given(
        st.lists(
            st.sampled_from(
                [
                    '"',
                    "«",
                    "»",
                    "*",
                    "NEAR(",
                    "AND",
                    "quorum",
                    "c'est quoi",
                    "l’",
                    "vidéo",
                    ":",
                    "\x00",
                ]
            ),
            max_size=20,
        )
    )
    def test_any_mixture_of_operators_and_words(self, pieces: list[str]) -> None:
        self.check(" ".join(pieces))

    @settings(max_examples=60, deadline=None)
    @given(
        st.dictionaries(
            st.text(max_size=8), st.frozensets(st.text(max_size=8), max_size=3), max_size=3
        ),
        st.text(max_size=8),
        st.integers(),
        st.integers(),
    )
    def test_any_filter_sort_and_page(
        self, filters: Any, sort: str, offset: int, limit: int
    ) -> None:
        self.check("quorum", filters=filters, sort=sort, offset=offset, limit=limit)
