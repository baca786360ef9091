"""What was invented as an example stands behind what is real, and can still be found."""

from typing import Any

import pytest

from resources.vocabulary import Consent
from search.engines.base import SearchRequest
from search.explaining import Reason, explain
from search.service import search
from search.suggestions import suggest
from tests.factories import resource


def report(title: str, **fields: Any) -> Any:
    told = {"consent": Consent.ANONYMISED, "worked": "<p>Le buffet, puis le buffet.</p>"}
    return resource("report", title, **(told | fields))


@pytest.fixture
def stories(site: Any) -> dict[str, Any]:
    return {
        "invented": report("Un buffet pour tous", is_example=True),
        "real": report("Une soirée à la mairie", summary="Avec un buffet pour finir."),
    }


def titles(**asked: Any) -> list[str]:
    found = search(SearchRequest(locale="fr", **asked))
    return [hit.document.title for hit in found.hits]


def test_an_invented_story_stands_behind_a_real_one_that_says_less(stories):
    assert titles(query="buffet") == ["Une soirée à la mairie", "Un buffet pour tous"]


def test_the_same_story_told_for_real_comes_first(stories):
    stories["invented"].is_example = False
    stories["invented"].save_revision().publish()
    assert titles(query="buffet") == ["Un buffet pour tous", "Une soirée à la mairie"]


def test_it_is_still_found_browsed_and_filtered(stories):
    both = {"Un buffet pour tous", "Une soirée à la mairie"}
    for query in ("", "buffet"):
        assert set(titles(query=query, filters={"type": ["report"]})) == both


def test_it_stands_behind_in_suggestions_too(stories):
    resource("guide", "Le buffet de l’assemblée")
    first = [item.text for item in suggest("le buff", "fr")]
    assert first.index("Le buffet de l’assemblée") < first.index("Un buffet pour tous")


def test_editors_are_told_why(stories, admin_client):
    found = explain("buffet", "fr", stories["invented"].pk)
    assert Reason.MADE_UP in {reason for reason, _word in found.reasons}
    assert found.first[1].parts.made_up < 1


def test_readers_cannot_filter_by_it(stories, client):
    answer = client.get("/api/search", {"q": "buffet", "@made-up": "yes"}).json()
    assert answer["total"] == 2
    assert not [name for name in answer["facets"] if name.startswith("@")]
