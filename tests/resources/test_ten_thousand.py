"""What a page costs does not depend on how many there are."""

import pytest
from django.core.management import call_command
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

from resources.models import ResourcePage
from search.models import SearchDocument
from tests.conftest import standing_on
from tests.prepared import copy_of
from tests.records import TYPES, as_lines, records

pytestmark = pytest.mark.large
SIZES = (100, 10_000)
LISTS = {
    "library": "/ressources/",
    "facets": "/ressources/?type=guide&type=report&step=avant&step=apres",
    "search": "/ressources/?q=convocation+buffet",
    "last page": "/ressources/?page=5",
    "one type": "/guides/",
    "api": "/api/search?q=quorum&size=100",
    "feed": "/flux.atom",
    "home": "/",
}


@pytest.fixture(scope="module")
def hubs(tmp_path_factory, django_db_setup, django_db_blocker):
    """The data folders of a small and of a large hub, made by importing records."""
    made = {}
    for size in SIZES:
        folder = copy_of("empty", tmp_path_factory.mktemp(f"hub-{size}"))
        lines = as_lines(folder / "records.jsonl", records(size))
        with standing_on(folder, django_db_blocker):
            call_command("import_resources", str(lines))
        made[size] = folder
    return made


@pytest.fixture
def on(hubs, django_db_blocker):
    return lambda size: standing_on(hubs[size], django_db_blocker)


def queries(address):
    client = Client()
    client.get(address)
    with CaptureQueriesContext(connections["default"]) as captured:
        assert client.get(address).status_code == 200, address
    return [query["sql"] for query in captured]


def test_every_imported_record_is_indexed_when_the_import_ends(on):
    with on(10_000):
        assert ResourcePage.objects.count() == 10_000
        assert SearchDocument.objects.count() == 10_000
        assert Client().get("/api/search").json()["total"] == 10_000


@pytest.mark.parametrize("name", LISTS)
def test_a_list_costs_the_same_queries_at_any_size(on, name):
    spent = {}
    for size in SIZES:
        with on(size):
            spent[size] = len(queries(LISTS[name]))
    assert spent[10_000] == spent[100] <= 15


def test_a_resource_page_costs_the_same_queries_at_any_size(on):
    spent = {}
    for size in SIZES:
        with on(size):
            pages = [ResourcePage.objects.filter(type=kind).first() for kind in TYPES]
            spent[size] = {page.type: len(queries(page.get_url())) for page in pages}
    assert spent[100] == spent[10_000]
    assert max(spent[10_000].values()) <= 12


def test_importing_again_what_is_there_writes_nothing(hubs, on):
    lines = str(hubs[100] / "records.jsonl")
    with on(100), CaptureQueriesContext(connections["default"]) as captured:
        call_command("import_resources", lines)
    verbs = {query["sql"].split()[0].upper() for query in captured}
    assert not verbs & {"INSERT", "UPDATE", "DELETE"}
