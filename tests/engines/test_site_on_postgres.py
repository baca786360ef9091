"""The whole hub, content and all, served from a PostgreSQL database."""

import json
import urllib.parse
import urllib.request

import pytest

from tests.live import free_port, serving
from tests.prepared import manage

RENAME = """
from resources.models import GuidePage
page = GuidePage.objects.first()
page.title = "Le guide du trombone"
page.save_revision().publish()
"""


@pytest.fixture(scope="module")
def hub(postgres_server, tmp_path_factory):
    folder = tmp_path_factory.mktemp("hub")
    own = {"HUB_DATABASE_URL": postgres_server.make("whole_site")}
    port = free_port()
    manage(folder, "run_hub", "--prepare-only", HUB_BASE_URL=f"http://127.0.0.1:{port}", **own)
    with serving(folder, port, **own) as live:
        yield live


def get(hub, path, **parameters):
    query = f"?{urllib.parse.urlencode(parameters)}" if parameters else ""
    with urllib.request.urlopen(f"{hub.url}{path}{query}", timeout=30) as answer:
        return answer.read().decode()


@pytest.mark.parametrize(
    ("path", "word"),
    [
        ("/", "coopérative"), ("/en/", "co-operative"), ("/glossaire/quorum/", "quorum"),
        ("/kits/ag/", "zip"), ("/parcours/cooperateur/", "assemblée"), ("/flux.atom", "<feed"),
        ("/sitemap.xml", "<urlset"), ("/admin/login/", "form"), ("/readyz/", "ready"),
    ],
)  # fmt: skip
def test_a_page_is_served(hub, path, word):
    assert word in get(hub, path)


def test_the_library_searches_and_counts(hub):
    found = json.loads(get(hub, "/api/search", q="quorum", size="5"))
    assert found["total"] > 5
    assert found["results"][0]["type"] == "glossary"
    kinds = {value["value"]: value["count"] for value in found["facets"]["type"]}
    alone = json.loads(get(hub, "/api/search", q="quorum", type="glossary"))
    assert alone["total"] == kinds["glossary"]
    assert "quorum" in get(hub, "/ressources/", q="quorum").lower()


def test_what_is_published_is_found_at_once(hub):
    assert json.loads(get(hub, "/api/search", q="trombone"))["total"] == 0
    manage(hub.data_dir, "shell", "-c", RENAME, **hub.settings)
    found = json.loads(get(hub, "/api/search", q="trombone"))
    assert [result["title"] for result in found["results"]] == ["Le guide du trombone"]
