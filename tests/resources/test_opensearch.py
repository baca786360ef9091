"""A browser keeps the search of the site among its own, in either language."""

from urllib.parse import quote
from xml.etree import ElementTree

import pytest

pytestmark = pytest.mark.django_db
OPEN = "{http://a9.com/-/spec/opensearch/1.1/}"
TYPE = "application/opensearchdescription+xml"


def described(client, address):
    response = client.get(address)
    assert response.status_code == 200
    assert response.headers["Content-Type"] == f"{TYPE}; charset=utf-8"
    assert not response.cookies
    return ElementTree.fromstring(response.content)


def templates(tree):
    return {url.get("type"): url.get("template") for url in tree.findall(f"{OPEN}Url")}


@pytest.mark.parametrize(
    ("prefix", "library", "language"), [("", "/ressources/", "fr"), ("/en", "/en/resources/", "en")]
)
def test_each_language_describes_its_own_search(site, client, prefix, library, language):
    tree = described(client, f"{prefix}/opensearch.xml")
    assert 1 <= len(tree.findtext(f"{OPEN}ShortName")) <= 16
    assert 1 <= len(tree.findtext(f"{OPEN}Description")) <= 1024
    assert tree.findtext(f"{OPEN}Language") == language
    assert templates(tree) == {
        "text/html": f"http://testserver{library}?q={{searchTerms}}",
        "application/atom+xml": f"http://testserver{prefix}/flux.atom?q={{searchTerms}}",
        TYPE: f"http://testserver{prefix}/opensearch.xml",
    }


def test_what_a_browser_makes_of_it_finds_something(site, client):
    for template in templates(described(client, "/opensearch.xml")).values():
        address = template.replace("{searchTerms}", quote("conseil & « vote »"))
        assert client.get(address.removeprefix("http://testserver")).status_code == 200


@pytest.mark.parametrize(
    ("page", "address"),
    [("/", "/opensearch.xml"), ("/guides/", "/opensearch.xml"), ("/en/", "/en/opensearch.xml")],
)
def test_every_page_names_it(site, client, page, address):
    assert f'<link rel="search" type="{TYPE}" href="{address}"' in client.get(page).content.decode()
