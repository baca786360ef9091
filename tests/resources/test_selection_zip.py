"""The zip of a selection: its files, its limits, and what the server keeps of it."""

import json
import os
import time

import pytest
from django.test import Client
from wagtail.models import Collection, CollectionViewRestriction

from hub.core.models import HubDocument
from resources.selection import contents, download
from tests.factories import resource, stored_file, stream
from tests.selections import CHANGE, PAGE, add, download_link, fetched, held, text, unzipped

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folders(settings, tmp_path):
    settings.MEDIA_ROOT, settings.KITS_ROOT = tmp_path / "media", tmp_path / "kits"


@pytest.fixture
def documents(site):
    titles = ["Convocation claire", "L’été à Orléans", "Compte-rendu & suites"]
    return [
        resource("document", title, file=stored_file(title, content=title.encode() * 50))
        for title in titles
    ]


@pytest.fixture
def browser():
    return Client(enforce_csrf_checks=True)


def test_files_of_a_closed_collection_stay_closed(browser, documents):
    add(browser, *documents)
    closed = Collection.get_first_root_node().add_child(name="Fermée")
    CollectionViewRestriction.objects.create(collection=closed, restriction_type="login")
    HubDocument.objects.filter(pk=documents[0].file_id).update(collection=closed)
    with unzipped(browser.get(download_link(browser))) as archive:
        assert len([name for name in archive.namelist() if name.endswith(".pdf")]) == 2


def test_the_zip_has_the_files_what_to_read_first_and_checksums(browser, documents):
    guide = resource("guide", "Un guide à lire")
    add(browser, *documents, guide)
    browser.post(CHANGE, {"rename": "1", "title": "Pour l’AG", "note": "secret", "next": PAGE})
    response = browser.get(download_link(browser))
    assert response.headers["Content-Disposition"] == 'attachment; filename="pour-l-ag.zip"'
    assert response.headers["Accept-Ranges"] == "bytes"
    with unzipped(response) as archive:
        assert archive.testzip() is None
        names = archive.namelist()
        manifest = json.loads(archive.read("manifest.json"))
        readme = archive.read("LISEZ-MOI.txt").decode()
    assert names == [
        "LISEZ-MOI.html", "LISEZ-MOI.txt", "01-convocation-claire.pdf", "02-l-ete-a-orleans.pdf",
        "03-compte-rendu-suites.pdf", "manifest.json",
    ]  # fmt: skip
    assert manifest["title"] == "Pour l’AG"
    assert manifest["links"][0]["title"] == "Un guide à lire"
    assert "Un guide à lire" in readme
    assert "/ma-selection/partagee/?i=" in readme
    assert "secret" not in readme


def test_a_kit_gives_its_members_and_a_text_its_files_each_once(browser, documents):
    items = [{"document": page.pk, "how": ""} for page in documents[:2]]
    kit = resource(
        "kit", "Un kit", sections=stream(("section", {"title": "A", "intro": "", "items": items}))
    )
    note = stored_file("Note à joindre")
    guide = resource("guide", "Un guide", body=stream(("files", {"title": "", "files": [note.pk]})))
    add(browser, kit, guide, documents[0], f"f{note.pk}")
    assert len(held(browser)) == 4
    with unzipped(browser.get(download_link(browser))) as archive:
        files = [name for name in archive.namelist() if name.endswith(".pdf")]
    assert len(files) == 3


def test_the_same_list_is_packed_once_and_answers_ranges(browser, documents, settings):
    add(browser, *documents)
    link = download_link(browser)
    first = b"".join(browser.get(link).streaming_content)
    part = browser.get(link, headers={"Range": "bytes=10-19"})
    assert (part.status_code, b"".join(part.streaming_content)) == (206, first[10:20])
    tag = part.headers["ETag"]
    assert browser.get(link, headers={"If-None-Match": tag}).status_code == 304
    assert len(list(download.folder().glob("*.zip"))) == 1
    documents[0].unpublish()
    assert browser.get(link).headers["ETag"] != tag


def test_old_zips_are_swept_and_never_fill_the_disk(browser, documents, monkeypatch):
    add(browser, *documents)
    fetched(browser)
    (kept,) = download.folder().glob("*.zip")
    download.make_room()
    assert kept.exists()
    os.utime(kept, (time.time() - 90_000,) * 2)
    download.make_room()
    assert not kept.exists()
    fetched(browser)
    monkeypatch.setattr(download, "MOST_KEPT", 10)
    download.make_room(100)
    assert list(download.folder().glob("*.zip")) == []


def test_a_full_disk_is_told_and_leaves_nothing(browser, documents, monkeypatch):
    monkeypatch.setattr("resources.archives.SPARE", 10**18)
    add(browser, *documents)
    response = browser.get(download_link(browser))
    assert response.status_code == 503
    assert "Convocation claire" in text(response)
    assert list(download.folder().iterdir()) == []


def test_limits_are_told_before_the_download_and_when_adding(browser, documents, monkeypatch):
    monkeypatch.setattr(contents, "MOST_FILES", 2)
    add(browser, *documents[:2])
    link = download_link(browser)
    response = add(browser, documents[2], Accept="application/json")
    assert "fichiers" in response.json()["message"]
    page = text(browser.get(PAGE))
    assert "retirez-en" in page
    assert "/ma-selection/telecharger/" not in page
    refused = browser.get(f"{link}.{documents[2].pk}")
    assert refused.status_code == 422
    assert "retirez-en" in text(refused)
    monkeypatch.setattr(contents, "MOST_FILES", 30)
    monkeypatch.setattr(contents, "MOST_BYTES", 10)
    assert "200\u00a0Mo" in text(browser.get(PAGE))
