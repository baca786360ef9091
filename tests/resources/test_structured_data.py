"""What search engines read in the pages, in the words of schema.org."""

import json
import re

import pytest

from tests.factories import resource

pytestmark = pytest.mark.django_db
BLOCK = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
BASE = "http://127.0.0.1:8000"


def data_of(client, address, **parameters):
    blocks = BLOCK.findall(client.get(address, parameters).content.decode())
    assert len(blocks) == 1
    return json.loads(blocks[0])


@pytest.mark.parametrize(
    ("address", "library"), [("/", "/ressources/"), ("/en/", "/en/resources/")]
)
def test_the_home_page_says_how_to_search_the_site(site, client, address, library):
    data = data_of(client, address)
    assert (data["@context"], data["@type"]) == ("https://schema.org", "WebSite")
    assert data["url"] == f"{BASE}{address}"
    action = data["potentialAction"]
    assert action["@type"] == "SearchAction"
    assert action["target"]["urlTemplate"] == f"{BASE}{library}?q={{search_term_string}}"
    assert "search_term_string" in action["query-input"]


def test_results_are_a_list_in_their_order(site, client):
    for number in range(25):
        resource("guide", f"Le quorum {number}")
    first, second = (data_of(client, "/ressources/", q="quorum", page=page) for page in (1, 2))
    assert first["@type"] == "SearchResultsPage"
    assert first["name"] == "Recherche\xa0: quorum"
    assert second["url"] == f"{BASE}/ressources/?q=quorum&page=2"
    items = [*first["mainEntity"]["itemListElement"], *second["mainEntity"]["itemListElement"]]
    assert [item["position"] for item in items] == list(range(1, 26))
    assert len({item["url"] for item in items}) == 25
    assert all(item["url"].startswith(f"{BASE}/guides/le-quorum-") for item in items)
    assert first["mainEntity"]["numberOfItems"] == 25


def test_a_list_that_nobody_searches_is_a_collection(site, client):
    resource("guide", "Un guide")
    assert data_of(client, "/guides/")["@type"] == "CollectionPage"
    assert data_of(client, "/guides/", step="avant")["@type"] == "SearchResultsPage"


def test_nothing_found_is_an_empty_list(site, client):
    assert data_of(client, "/ressources/", q="xyzzyxyzzy")["mainEntity"]["itemListElement"] == []


@pytest.mark.parametrize(
    "text",
    ["</script><script>alert(1)</script>", "<!--<script>", "]]>", "a\u2028b", '"\\"', "&lt;"],
)
def test_no_text_gets_out_of_its_block(site, client, text):
    page = resource("guide", f"Le quorum {text}")
    data = data_of(client, "/ressources/", q=f"quorum {text}")
    assert data["mainEntity"]["itemListElement"][0]["name"] == page.title
    content = client.get("/ressources/", {"q": f"quorum {text}"}).content.decode()
    block = BLOCK.search(content)[1]
    assert not set("<>&\u2028\u2029") & set(block)


def test_what_is_not_for_everybody_is_not_in_it(site, client):
    resource("guide", "Le quorum des brouillons", publish=False)
    resource("guide", "Le quorum réservé", access="federation")
    assert data_of(client, "/ressources/", q="quorum")["mainEntity"]["itemListElement"] == []
