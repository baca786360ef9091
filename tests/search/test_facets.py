"""Facet counts are exact: the count of a value is the length of the list that it would give."""

from __future__ import annotations

import random
from datetime import UTC, datetime

from django.test import SimpleTestCase, TestCase

from search import bits
from search.engines.base import SearchRequest
from search.service import search

from .loading import documents, load

FACETS = ("type", "step", "theme", "audience", "year", "language")
QUERIES = (
    "",
    "assemblée",
    "part sociale",
    "kit AG",
    '"une personne, une voix"',
    "xqzvpt",
    "convocaton",
)


class Counts(TestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        load(documents())

    def ask(self, query: str, filters: dict[str, frozenset[str]], limit: int = 0):
        request = SearchRequest(
            query=query, filters=filters, facet_names=FACETS, locale="fr", limit=limit
        )
        return search(request)

    def some_filters(self, chance: random.Random) -> dict[str, frozenset[str]]:
        offered = self.ask("", {}).facets
        names = chance.sample(FACETS, chance.randint(0, 3))
        return {
            name: frozenset(chance.sample(sorted(offered[name]), min(2, len(offered[name]))))
            for name in names
        }

    def test_every_count_is_the_total_of_its_list(self) -> None:
        chance = random.Random(4)
        for _round in range(200):
            query, filters = chance.choice(QUERIES), self.some_filters(chance)
            facets = self.ask(query, filters).facets
            name = chance.choice(FACETS)
            for value, count in facets[name].items():
                with self.subTest(query=query, filters=filters, name=name, value=value):
                    alone = filters | {name: frozenset({value})}
                    self.assertEqual(self.ask(query, alone).total, count)

    def test_the_total_is_the_length_of_the_list(self) -> None:
        chance = random.Random(5)
        for _round in range(50):
            query, filters = chance.choice(QUERIES), self.some_filters(chance)
            result = self.ask(query, filters, limit=100)
            self.assertEqual(result.total, len(result.hits))

    def test_several_values_of_a_facet_add_up(self) -> None:
        kits = self.ask("", {"type": frozenset({"kit"})}).total
        videos = self.ask("", {"type": frozenset({"video"})}).total
        self.assertEqual(self.ask("", {"type": frozenset({"kit", "video"})}).total, kits + videos)

    def test_choosing_a_value_never_hides_the_others(self) -> None:
        before = self.ask("", {}).facets["type"]
        self.assertEqual(self.ask("", {"type": frozenset({"kit"})}).facets["type"], before)

    def test_an_unknown_value_gives_nothing_and_keeps_the_others(self) -> None:
        result = self.ask("", {"type": frozenset({"nope"})})
        self.assertEqual(result.total, 0)
        self.assertIn("kit", result.facets["type"])

    def test_the_names_of_the_index_cannot_be_asked(self) -> None:
        result = search(
            SearchRequest(
                filters={"@shown": frozenset({"en"})}, facet_names=("@shown",), locale="fr"
            )
        )
        self.assertEqual(result.total, 30)
        self.assertEqual(result.facets, {})


class Sets(SimpleTestCase):
    def test_ids_survive_packing(self) -> None:
        chance = random.Random(1)
        for _round in range(50):
            ids = sorted(chance.sample(range(5000), chance.randint(0, 300)))
            packed = bits.pack(ids)
            self.assertEqual(list(bits.unpack(bits.from_bytes(bits.to_bytes(packed)))), ids)
            self.assertEqual(packed.bit_count(), len(ids))
            inside = bits.Membership(packed)
            self.assertEqual([i for i in range(5001) if i in inside], ids)

    def test_what_has_expired_is_not_shown(self) -> None:
        facets = {
            bits.SHOWN: {"fr": bits.pack([1, 2]), "en": bits.pack([2, 3])},
            bits.EXPIRES: {"2025-01-01T00:00:00+00:00": bits.pack([2])},
        }
        later, sooner = datetime(2025, 6, 1, tzinfo=UTC), datetime(2024, 6, 1, tzinfo=UTC)
        self.assertEqual(list(bits.unpack(bits.shown(facets, "fr", later))), [1])
        self.assertEqual(list(bits.unpack(bits.shown(facets, "fr", sooner))), [1, 2])
        self.assertEqual(list(bits.unpack(bits.shown(facets, None, later))), [1, 3])
