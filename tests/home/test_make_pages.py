"""``make_corpus`` writes invented documents, ``make_pages`` publishes them and takes them away."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from wagtail.models import Page

from home import sample_pages
from resources.models import ResourceIndexPage, ResourcePage
from resources.records import TYPES
from search.models import IndexTerm, SearchDocument


def said(*command):
    out = StringIO()
    call_command(*command, stdout=out)
    return out.getvalue()


def of_seed(seed):
    return ResourcePage.objects.filter(external_id__startswith=f"c{seed}-")


def test_the_same_seed_writes_the_same_documents_whatever_their_number(tmp_path):
    written = []
    for name, arguments in (("a", ("5",)), ("b", ("8",)), ("c", ("5", "--seed", "2"))):
        call_command("make_corpus", *arguments, "--out", str(tmp_path / name))
        written.append((tmp_path / name).read_text(encoding="utf-8").splitlines())
    assert written[0] == written[1][:5]
    assert written[0] != written[2]
    assert len({json.loads(line)["title"] for line in written[1]}) == 8


def test_pages_are_published_found_and_listed(site, client: Client):
    assert said("make_pages", "60").endswith("60 pages published, 0 were there.\n")
    pages = of_seed(1).live()
    assert pages.count() == SearchDocument.objects.count() == 60
    assert set(pages.values_list("type", flat=True)) == set(TYPES)
    page = pages.order_by("pk").last()
    assert client.get(page.get_url()).status_code == 200
    answer = client.get("/api/search", {"q": f'"{page.title}"'}).json()
    assert page.title in [result["title"] for result in answer["results"]]


def test_run_again_it_goes_on_where_it_was(site, monkeypatch):
    monkeypatch.setattr(sample_pages, "BATCH", 7)
    stopped = sample_pages.publish(20, 1)
    next(stopped)
    stopped.close()
    before = dict(of_seed(1).values_list("pk", "last_published_at"))
    assert len(before) == 7
    assert said("make_pages", "20").endswith("13 pages published, 7 were there.\n")
    assert before.items() <= dict(of_seed(1).values_list("pk", "last_published_at")).items()


def test_taking_them_away_leaves_everything_else(site, tmp_path):
    own = {"id": "c1-own", "type": "guide", "title": "Le guide de la maison", "body": "Un buffet."}
    (tmp_path / "own.jsonl").write_text(json.dumps(own), encoding="utf-8")
    call_command("import_resources", str(tmp_path / "own.jsonl"), stdout=StringIO())
    state = (
        list(Page.objects.order_by("pk").values_list("pk", "path", "numchild")),
        sorted(IndexTerm.objects.values_list("kind", "text", "documents")),
    )
    said("make_pages", "15")
    said("make_pages", "15", "--seed", "2")
    assert said("make_pages", "--remove").endswith("30 pages taken away.\n")
    assert state == (
        list(Page.objects.order_by("pk").values_list("pk", "path", "numchild")),
        sorted(IndexTerm.objects.values_list("kind", "text", "documents")),
    )


@pytest.mark.parametrize(
    "arguments", [(), ("-1",), ("2000000",), ("5", "--seed", "-1"), ("5", "--remove")]
)
def test_what_cannot_be_done_is_refused(site, arguments):
    with pytest.raises(CommandError, match="count"):
        call_command("make_pages", *arguments)
    assert not of_seed(1).exists()


def test_a_site_that_was_not_set_up_says_so(site):
    ResourceIndexPage.objects.all().delete()
    with pytest.raises(CommandError, match="setup_site"):
        call_command("make_pages", "5", stdout=StringIO())
