"""The zip of a kit: the same bytes for the same content, readable everywhere."""

import io
import json
import zipfile
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone
from wagtail.models import PageViewRestriction

from resources.models import KitPage
from tests.factories import resource, stored_file, stream

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folders(settings, tmp_path):
    settings.MEDIA_ROOT, settings.KITS_ROOT = tmp_path / "media", tmp_path / "kits"


@pytest.fixture
def documents(site):
    titles = ["Convocation « claire »", "L’été à Orléans"]
    return [
        resource("document", title, file=stored_file(title, content=title.encode() * 50))
        for title in titles
    ]


@pytest.fixture
def kit(documents):
    items = [{"document": page.pk, "how": f"Emploi de {page.title}"} for page in documents]
    section = {"title": "Avant", "intro": "", "items": items}
    return resource(
        "kit", "Kit <AG>", slug="ag", version="2026-1", sections=stream(("section", section))
    )


def archive(kit):
    return KitPage.objects.get(pk=kit.pk).archive


def download(client, kit, **headers):
    response = client.get(kit.download_url, **headers)
    return response, b"".join(response.streaming_content) if response.streaming else b""


def test_the_download_is_a_sound_zip_with_its_manifest(client, kit, documents):
    response, content = download(client, kit)
    assert response.headers["Content-Disposition"] == 'attachment; filename="kit-ag.zip"'
    with zipfile.ZipFile(io.BytesIO(content)) as opened:
        assert opened.testzip() is None
        assert opened.namelist() == [
            "LISEZ-MOI.html", "manifest.json", "01-convocation-claire.pdf", "02-l-ete-a-orleans.pdf",
        ]  # fmt: skip
        manifest = json.loads(opened.read("manifest.json"))
        for entry, page in zip(manifest["files"], documents, strict=True):
            assert len(opened.read(entry["name"])) == entry["bytes"]
            assert entry["title"] == page.title
        read_me = opened.read("LISEZ-MOI.html").decode()
    assert manifest["version"] == "2026-1"
    assert "Kit &lt;AG&gt;" in read_me
    assert "Kit <AG>" not in read_me


def test_names_in_the_zip_are_plain_letters(kit):
    assert all(name.isascii() and " " not in name for name, _member in archive(kit).entries)


def test_the_size_shown_is_the_size_sent(client, kit):
    _response, content = download(client, kit)
    assert archive(kit).size == len(content)


def test_building_it_again_gives_the_same_bytes(client, kit):
    _response, first = download(client, kit)
    archive(kit).path().unlink()
    _response, second = download(client, kit)
    assert first == second


def test_a_reader_who_has_this_version_is_told_so(client, kit):
    response, _content = download(client, kit)
    again, content = download(client, kit, headers={"If-None-Match": response.headers["ETag"]})
    assert (again.status_code, content) == (304, b"")
    assert again.headers["ETag"] == response.headers["ETag"]


def test_a_replaced_file_changes_the_zip_and_not_the_address(client, kit, documents):
    before, _content = download(client, kit)
    file = documents[0].file
    file.file = ContentFile(b"%PDF-1.4 another", name="autre.pdf")
    file._set_document_file_metadata()
    file.save()
    after, content = download(client, kit, headers={"If-None-Match": before.headers["ETag"]})
    assert after.status_code == 200
    with zipfile.ZipFile(io.BytesIO(content)) as opened:
        assert opened.read("01-convocation-claire.pdf") == b"%PDF-1.4 another"


@pytest.mark.parametrize("way", ["private", "unpublished", "expired", "closed"])
def test_a_document_that_nobody_may_read_leaves_the_zip(client, kit, documents, way):
    page = documents[0]
    if way == "private":
        PageViewRestriction.objects.create(page=page, restriction_type="login")
    elif way == "unpublished":
        page.unpublish()
    elif way == "expired":
        page.expire_at = timezone.now() - timedelta(minutes=1)
        page.save(update_fields=["expire_at"])
    else:
        page.access = "coops"
        page.save_revision().publish()
    _response, content = download(client, kit)
    with zipfile.ZipFile(io.BytesIO(content)) as opened:
        assert "claire" not in " ".join(opened.namelist())
        assert b"claire" not in opened.read("manifest.json")
        assert "claire" not in opened.read("LISEZ-MOI.html").decode()
    assert "Convocation « claire »" not in client.get(kit.url).content.decode()


def test_a_kit_without_a_readable_document_has_no_download(client, site):
    empty = resource("kit", "Kit vide")
    assert client.get(empty.download_url).status_code == 404
    assert client.get(empty.url).status_code == 200


def test_a_disk_that_refuses_leaves_no_half_written_file(client, kit, settings, monkeypatch):
    def full(*_arguments):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("resources.kits._add", full)
    assert client.get(kit.download_url).status_code == 503
    assert list(settings.KITS_ROOT.iterdir()) == []
