"""The number beside a facet value is the number of results one gets by choosing it."""

import random

from django.http import QueryDict

from resources.facets import FACETS, parse
from resources.listing import Listing

TRIES = 200
QUERIES = ["", "", "", "convocation", "quorum", "assemblée générale", "vidéo", "pot convivial"]


def listing(filters, query="", locale="fr"):
    parameters = QueryDict(mutable=True)
    parameters["q"] = query
    for name, values in filters.items():
        parameters.setlist(name, values)
    return Listing(parse(parameters, locale))


def counts(found):
    return {
        facet["name"]: {value["value"]: value["count"] for value in facet["values"]}
        for facet in found.facets
    }


def random_filters(chance, known):
    names = chance.sample(FACETS, k=chance.randrange(0, 4))
    return {
        name: chance.sample(sorted(known[name]), k=min(chance.randrange(1, 4), len(known[name])))
        for name in names
        if known[name]
    }


def test_two_hundred_random_selections_are_counted_exactly(loaded_site):
    chance = random.Random(20250)
    known = counts(listing({}))
    for number in range(TRIES):
        locale = "en" if number % 5 == 0 else "fr"
        filters, query = random_filters(chance, known), chance.choice(QUERIES)
        found = listing(filters, query, locale)
        shown = counts(found)
        for name in chance.sample(FACETS, k=2):
            others = {n: values for n, values in filters.items() if n != name}
            for value in chance.sample(sorted(known[name]), k=min(2, len(known[name]))):
                alone = listing(others | {name: [value]}, query, locale).result.total
                told = shown[name].get(value, 0)
                assert told == alone, (filters, query, locale, name, value)


def test_the_total_is_the_number_of_results_listed(loaded_site):
    chance = random.Random(7)
    known = counts(listing({}))
    for _try in range(40):
        filters = random_filters(chance, known)
        found = listing(filters)
        listed = set()
        for page in range(1, found.page_count + 1):
            parameters = QueryDict(f"page={page}", mutable=True)
            for name, values in filters.items():
                parameters.setlist(name, values)
            listed |= {card.page_id for card in Listing(parse(parameters)).cards}
        assert len(listed) == found.result.total, filters


def test_choosing_a_value_hides_no_other_value_of_its_facet(loaded_site):
    free = counts(listing({}))
    for name in FACETS:
        for value in free[name]:
            assert counts(listing({name: [value]}))[name] == free[name], (name, value)


def test_the_values_of_different_facets_restrict_each_other(loaded_site):
    free, narrowed = counts(listing({})), counts(listing({"type": ["practice"]}))
    assert all(narrowed["step"].get(value, 0) <= count for value, count in free["step"].items())
    assert narrowed["step"] != free["step"]


def test_a_chosen_value_without_result_stays_to_be_removed(loaded_site):
    found = listing({"type": ["kit"], "year": ["1999"]})
    assert found.result.total == 0
    assert counts(found)["year"]["1999"] == 0
    assert {chip["label"] for chip in found.chips()} >= {"1999"}


def test_a_page_does_not_repeat_an_endless_query_in_its_links(loaded_site, client):
    short = client.get("/ressources/", {"q": "quorum"})
    long = client.get("/ressources/", {"q": "quorum " * 1_000})
    assert long.status_code == 200
    links = long.content.count(b"quorum%20quorum") + long.content.count(b"quorum+quorum")
    assert links > 0
    assert len(long.content) < len(short.content) + 200_000
