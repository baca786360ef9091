"""The zip of a kit: made by the worker, at one address, each version for ever the same."""

import hashlib
import os
import re
import time

import pytest
from django.core.management import call_command
from wagtail.models import Page

from hub.core import outbox
from hub.core.models import OutboxItem
from resources.models import KitVersion
from tests.alerts import work
from tests.factories import resource
from tests.kits import (
    documents,
    download,
    fresh,
    inside,
    manifest,
    names,
    packed_kit,
    publish,
    replace_file,
    sections,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folders(settings, tmp_path):
    settings.MEDIA_ROOT, settings.KITS_ROOT = tmp_path / "media", tmp_path / "kits"


@pytest.fixture
def pages(site):
    return documents()


@pytest.fixture
def kit(pages):
    return packed_kit(pages)


def numbers(kit):
    return list(kit.versions.order_by("number").values_list("number", flat=True))


def test_the_download_is_a_sound_zip_with_its_manifest(kit, pages):
    response, content = download(kit)
    assert response.headers["Content-Disposition"] == 'attachment; filename="kit-ag.zip"'
    assert response.headers["Content-Type"] == "application/zip"
    assert names(content) == [
        "LISEZ-MOI.html", "LISEZ-MOI.txt", "01-convocation-claire.pdf", "02-l-ete-a-orleans.pdf",
        "manifest.json",
    ]  # fmt: skip
    told = manifest(content)
    assert (told["version"], told["number"]) == ("2026-1", 1)
    for entry, page in zip(told["files"], pages, strict=True):
        assert entry["title"] == page.title
        assert entry["sha256"] == hashlib.sha256(inside(content, entry["name"])).hexdigest()
    assert "Kit &lt;AG&gt;" in inside(content, "LISEZ-MOI.html").decode()


def test_it_is_sent_in_parts_and_told_without_a_body(client, kit):
    response, content = download(kit)
    part, some = download(kit, Range="bytes=10-19")
    assert (part.status_code, some) == (206, content[10:20])
    head = client.head(kit.download_url)
    assert (head.status_code, head.content) == (200, b"")
    assert int(head.headers["Content-Length"]) == len(content)
    again, nothing = download(kit, **{"If-None-Match": response.headers["ETag"]})
    assert (again.status_code, nothing) == (304, b"")


def test_the_page_says_the_size_and_the_checksum_of_what_is_sent(client, kit):
    _response, content = download(kit)
    page = client.get(kit.url).content.decode()
    assert hashlib.sha256(content).hexdigest() in page
    assert f"{round(len(content) / 1000)}\xa0ko" in page
    assert 'href="/kits/ag/telecharger/"' in page


@pytest.mark.parametrize(
    "change",
    [
        lambda kit, pages: replace_file(pages[0].file),
        lambda kit, pages: publish(pages[0], title="Autre titre"),
        lambda kit, pages: publish(kit, licence="CC BY-SA 4.0"),
        lambda kit, pages: publish(kit, sections=sections(pages[::-1])),
        lambda kit, pages: publish(kit, title="Autre kit"),
        lambda kit, pages: publish(kit, version="2026-2"),
        lambda kit, pages: pages[0].get_latest_revision_as_object().unpublish(),
        lambda kit, pages: (setattr(pages[0].file, "licence", "CC BY 4.0"), pages[0].file.save()),
    ],
    ids=["file", "member", "licence", "order", "title", "label", "unpublished", "file licence"],
)
def test_a_change_makes_a_version_and_the_old_one_is_served_meanwhile(kit, pages, change, request):
    _response, before = download(kit)
    change(kit, pages)
    if "unpublished" not in request.node.callspec.id:
        assert download(kit)[1] == before, "until the next one is there"
    work()
    response, after = download(kit)
    assert response.status_code == 200
    assert after != before
    assert manifest(after)["number"] == 2
    assert numbers(kit) == [1, 2]


def test_a_replaced_file_is_in_the_new_zip_and_the_old_zip_keeps_its_own(kit, pages):
    response, before = download(kit)
    replace_file(pages[0].file, b"%PDF-1.4 nouveau")
    work()
    after, content = download(kit, **{"If-None-Match": response.headers["ETag"]})
    assert after.status_code == 200
    assert inside(content, "01-convocation-claire.pdf") == b"%PDF-1.4 nouveau"
    old, same = download(kit, "?v=1")
    assert same == before
    assert old.headers["Content-Disposition"] == 'attachment; filename="kit-ag-v1.zip"'
    assert download(kit, "?v=2")[1] == content


def test_another_file_put_on_the_page_is_a_replacement(kit, pages):
    _response, before = download(kit)
    publish(pages[0], file=documents("Ailleurs")[0].file)
    assert download(kit)[1] == before
    work()
    assert download(kit)[1] != before
    assert download(kit, "?v=1")[1] == before


def test_the_same_content_makes_no_version_and_the_same_bytes(kit, pages):
    _response, before = download(kit)
    publish(kit, summary="Autrement dit.")
    publish(pages[0], summary="Autrement dit.")
    call_command("build_kits", again=True)
    work()
    assert numbers(kit) == [1]
    assert download(kit)[1] == before


def test_a_zip_lost_from_the_disk_is_made_again_the_same(kit):
    _response, before = download(kit)
    version = kit.versions.get()
    version.path.unlink()
    response, _content = download(kit)
    assert response.status_code == 503
    work()
    assert download(kit)[1] == before
    assert hashlib.sha256(before).hexdigest() == kit.versions.get().sha256


def test_an_old_zip_lost_from_the_disk_is_no_longer_offered(client, kit, pages):
    replace_file(pages[0].file)
    work()
    kit.versions.get(number=1).path.unlink()
    work()
    response, content = download(kit, "?v=1")
    assert response.status_code == 410
    assert "Seules les dernières versions" in content.decode()
    assert "?v=1" not in client.get(kit.url).content.decode()
    assert download(kit)[0].status_code == 200


def test_a_kit_without_a_licence_has_that_of_its_files(client, kit, pages):
    for page in pages:
        page.file.licence = "CC BY 4.0"
        page.file.save()
    work()
    assert manifest(download(kit)[1])["licence"] == "CC BY 4.0"
    assert "CC BY 4.0" in client.get(kit.url).content.decode()


def test_a_zip_cut_short_is_not_served(kit):
    version = kit.versions.get()
    version.path.write_bytes(version.path.read_bytes()[:-1])
    assert download(kit)[0].status_code == 503


def test_before_the_first_zip_the_page_and_the_download_say_so(client, pages):
    kit = resource("kit", "Kit", slug="ag", sections=sections(pages))
    text = client.get(kit.url).content.decode()
    assert "en préparation" in text
    assert "telecharger" not in text
    assert pages[0].file.url in text
    response = client.get(kit.download_url)
    assert response.status_code == 503
    assert int(response.headers["Retry-After"]) > 0
    assert pages[0].title in response.content.decode()
    work()
    assert "en préparation" not in client.get(kit.url).content.decode()


def test_a_kit_without_a_readable_document_has_no_download(client, site):
    empty = packed_kit([])
    assert client.get(empty.download_url).status_code == 404
    assert client.get(empty.url).status_code == 200
    assert numbers(empty) == []


def test_versions_that_never_were_do_not_exist(kit):
    for query in ("?v=2", "?v=0", "?v=-1", "?v=x", "?v=٣", "?v=" + "9" * 40, "?v="):
        assert download(kit, query)[0].status_code == 404


def test_the_task_is_kept_in_the_transaction_of_the_change(kit, pages):
    OutboxItem.objects.all().delete()
    replace_file(pages[0].file)
    assert list(outbox.waiting("kit").values_list("key", flat=True)) == [str(kit.pk)]


def test_a_kit_nobody_may_read_is_not_packed(pages):
    kit = resource("kit", "Kit", slug="ag", sections=sections(pages), publish=False)
    work()
    assert numbers(kit) == []


def test_only_the_last_zips_are_kept(client, settings, kit, pages):
    settings.KITS_KEPT = 2
    for number in range(2, 5):
        replace_file(pages[0].file, f"%PDF-1.4 {number}".encode())
        work()
    assert numbers(kit) == [1, 2, 3, 4]
    assert len(list(settings.KITS_ROOT.glob("*.zip"))) == 2
    assert download(kit, "?v=3")[0].status_code == 200
    response, content = download(kit, "?v=2")
    assert response.status_code == 410
    assert "La version 2 n’est plus proposée" in content.decode()
    text = client.get(kit.url).content.decode()
    assert re.findall(r'id="version-(\d+)"', text) == ["4", "3"]


def test_what_no_version_knows_is_swept_after_an_hour(settings, kit):
    old, new = settings.KITS_ROOT / "9-1-abc.zip", settings.KITS_ROOT / "9-2-abc.zip"
    for path in (old, new):
        path.touch()
    os.utime(old, (time.time() - 4000,) * 2)
    work()
    assert not old.exists()
    assert new.exists()
    assert download(kit)[0].status_code == 200


def test_the_page_tells_what_changed_in_each_version(client, kit, pages):
    third = documents("Le bilan")[0]
    replace_file(pages[0].file)
    publish(kit, sections=sections([pages[0], third]))
    work()
    second = KitVersion.objects.get(number=2)
    second.note = "Pour la saison 2027."
    second.save()
    text = client.get(kit.url).content.decode()
    assert "Ajouté : « Le bilan »." in text.replace("\xa0", " ")
    assert "Remplacé : « Convocation « claire » »." in text.replace("\xa0", " ")
    assert "Retiré : « L’été à Orléans »." in text.replace("\xa0", " ")
    assert "Pour la saison 2027." in text
    assert 'href="/kits/ag/telecharger/?v=1"' in text


def test_the_kit_page_stays_within_its_queries(client, kit, pages, django_assert_max_num_queries):
    for number in range(3):
        replace_file(pages[0].file, f"%PDF-1.4 {number}".encode())
        work()
    client.get(kit.url)
    with django_assert_max_num_queries(12):
        client.get(kit.url)
    with django_assert_max_num_queries(12):
        client.get(kit.download_url)


def test_the_english_kit_speaks_english(kit, site):
    english = kit.copy_for_translation(site.english.locale, copy_parents=True)
    publish(Page.objects.get(pk=english.pk).specific, title="AGM kit", slug="agm")
    work()
    _response, content = download(fresh(english))
    assert b'<html lang="en">' in inside(content, "LISEZ-MOI.html")
    assert manifest(content)["language"] == "en"
