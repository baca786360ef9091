"""Relevance on a small French set of our own: every class of query, with a bar for each figure."""

from __future__ import annotations

from typing import Any

from django.test import TestCase

from search.engines.base import SearchRequest, SearchResult
from search.service import search
from search.steering import load_default_synonyms

from .judged import ndcg
from .loading import documents, load, queries


class Relevance(TestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        load_default_synonyms()
        load(documents())

    def answers(self) -> list[tuple[dict[str, Any], SearchResult, list[str]]]:
        found = []
        for query in queries():
            result = search(SearchRequest(query=query["query"], locale="fr", limit=20))
            found.append((query, result, [hit.external_id for hit in result.hits]))
        return found

    def test_good_queries_find_the_right_documents_first(self) -> None:
        good = [(query, ids) for query, _result, ids in self.answers() if query["relevant"]]
        scores = {query["query"]: ndcg(query["relevant"], ids) for query, ids in good}
        first = [query["relevant"].get(ids[0] if ids else "", 0) >= 2 for query, ids in good]
        weak = {text: round(score, 2) for text, score in scores.items() if score < 0.6}
        self.assertGreaterEqual(sum(scores.values()) / len(scores), 0.9, weak)
        self.assertGreaterEqual(sum(first) / len(first), 0.9, weak)

    def test_no_class_of_query_is_left_behind(self) -> None:
        by_class: dict[str, list[float]] = {}
        for query, _result, ids in self.answers():
            if query["relevant"]:
                by_class.setdefault(query["class"], []).append(ndcg(query["relevant"], ids))
        for name, scores in by_class.items():
            with self.subTest(name):
                self.assertGreaterEqual(sum(scores) / len(scores), 0.75)

    def test_good_queries_are_answered_with_confidence(self) -> None:
        unsure = [
            q["query"]
            for q, result, _ids in self.answers()
            if q["relevant"] and not result.confident
        ]
        self.assertLessEqual(len(unsure), 2, unsure)

    def test_nothing_is_claimed_when_nothing_answers(self) -> None:
        sure = [
            q["query"]
            for q, result, _ids in self.answers()
            if not q["relevant"] and result.confident
        ]
        self.assertEqual(sure, [])
