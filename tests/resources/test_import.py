"""Records from another system become pages: by id, all or none, and findable at once."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from wagtail.models import Page

from resources.models import Organisation, ResourcePage, Theme
from tests.factories import resource
from tests.records import TYPES, as_lines, record

pytestmark = pytest.mark.django_db


@pytest.fixture
def load(site, tmp_path):
    """Import records (or raw lines) and return what the command said."""

    def run(*items, **options):
        path = tmp_path / "records.jsonl"
        if items and isinstance(items[0], bytes):
            path.write_bytes(b"\n".join(items))
        else:
            as_lines(path, items)
        said = StringIO()
        call_command("import_resources", str(path), stdout=said, **options)
        return said.getvalue()

    return run


def pages():
    return ResourcePage.objects.exclude(external_id="")


def test_one_page_of_each_type_is_made_published_and_found(load, client):
    said = load(*(record(number) for number in range(1, 8)))
    assert "7 created, 0 changed, 0 unchanged" in said
    assert {page.type for page in pages()} == set(TYPES)
    answer = client.get("/api/search", {"size": 50}).json()
    assert {item["external_id"] for item in answer["results"]} == {f"r{n:05d}" for n in range(1, 8)}
    for page in pages():
        assert client.get(page.url).status_code == 200
    assert Page.find_problems() == ([], [], [], [], [])


def test_what_a_record_says_stands_on_its_page(load):
    load(record(1, themes=["Résolutions"], organisation="Coopérative exemple du Pont", year=2019))
    page = pages().get().specific
    assert [theme.label_fr for theme in page.themes.all()] == ["Résolutions"]
    assert (page.organisation.name, page.year) == ("Coopérative exemple du Pont", 2019)
    assert page.live
    assert page.locale.language_code == "fr"


def test_importing_the_same_file_again_changes_nothing(load):
    records = [record(number) for number in range(1, 8)]
    load(*records)
    before = list(pages().order_by("pk").values_list("pk", "latest_revision_id", "title"))
    assert "0 created, 0 changed, 7 unchanged" in load(*records)
    assert list(pages().order_by("pk").values_list("pk", "latest_revision_id", "title")) == before


@pytest.mark.parametrize(
    "change",
    [
        {"title": "Autre titre"},
        {"summary": "Autre résumé."},
        {"body": "Un autre corps, avec le mot trampoline."},
        {"themes": ["Nouveau thème", "Thème 1"]},
        {"themes": []},
        {"audience": ["Nouveau public"]},
        {"steps": ["toute-annee"]},
        {"year": None},
        {"organisation": ""},
    ],
    ids=lambda change: "-".join(change),
)
@pytest.mark.parametrize("number", [1, 2, 5])
def test_a_changed_record_changes_its_page_once(load, number, change):
    first, second = record(number), record(number + 7)
    load(first, second)
    address = pages().get(external_id=first["id"]).url
    changed = {**first, **change}
    assert "0 created, 1 changed, 1 unchanged" in load(changed, second)
    assert "0 created, 0 changed, 2 unchanged" in load(changed, second)
    page = pages().get(external_id=first["id"])
    assert page.url == address
    if "title" in change:
        assert page.title == "Autre titre"


def test_the_index_follows_a_changed_record(load, client):
    load(record(1))
    load(record(1, body="On y parle de trampoline.", themes=["Sport"]))
    found = client.get("/api/search", {"q": "trampoline", "theme": "sport"}).json()
    assert [item["external_id"] for item in found["results"]] == ["r00001"]


def test_a_dry_run_says_what_it_would_do_and_keeps_nothing(load):
    assert "Dry run, nothing was kept: 2 created" in load(record(1), record(2), dry_run=True)
    assert not pages().exists()
    assert not Theme.objects.exists()


def test_names_are_compared_as_readers_do(load):
    Organisation.objects.create(name="Les Coop’HLM")
    load(record(1, organisation="Les Coop'HLM", themes=["Convivialité", "convivialite "]))
    assert Organisation.objects.count() == 1
    assert Theme.objects.count() == 1


def test_pages_that_others_made_are_left_alone(load):
    page = resource("guide", "Écrit à la main")
    load(record(7, title="Écrit à la main"))
    page.refresh_from_db()
    assert page.external_id == ""
    assert pages().get().slug == "ecrit-a-la-main-2"


def test_a_page_that_an_editor_withdrew_stays_withdrawn(load):
    load(record(1))
    pages().get().specific.unpublish()
    load(record(1, title="Autre titre"))
    assert not pages().get().live


def line(**changes):
    return json.dumps(record(1, **changes)).encode()


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        (b"{", "this is not JSON"),
        (b"[1]", "expected an object"),
        (b"\xff\xfe{}", "this is not UTF-8 text"),
        (line(type="livre"), "type 'livre' is not one of"),
        (line(type=None), "type is missing"),
        (line(id=""), "id is missing"),
        (line(id="r00002"), "already stands on line 1"),
        (line(title="   "), "title is missing"),
        (line(title="x" * 256), "title has 256 characters"),
        (line(title=3), "title is not text"),
        (line(steps=["hier"]), "step 'hier' is not one of"),
        (line(themes="vote"), "themes is not a list"),
        (line(year="vingt"), "year"),
        (line(year=True), "year"),
        (b'{"id": "x", "type": "guide", "title": "\\ud800"}', "cannot be written"),
        (b"[" * 100_000, ""),
    ],
)
def test_a_bad_line_is_named_and_nothing_is_imported(load, bad, reason):
    good = json.dumps(record(2)).encode()
    with pytest.raises(CommandError) as refusal:
        load(good, b"", bad, good.replace(b"r00002", b"r00009"))
    assert "line 3: " in str(refusal.value)
    assert reason in str(refusal.value)
    assert "line 1:" not in str(refusal.value)
    assert not pages().exists()


def test_a_record_that_changes_its_type_is_refused(load):
    load(record(1))
    with pytest.raises(CommandError, match="already a"):
        load(record(8), record(1, type="video"))
    assert pages().count() == 1
