"""A file is replaced: the address stays, the old file stays, and it is whole or did not happen."""

import hashlib
import os
from functools import cache
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.db import transaction
from django.test import TestCase

from hub.core import left_files, reading
from hub.core.models import DocumentVersion, FileReading, HubDocument
from tests.factories import resource, stored_file
from tests.security import good_files

pytestmark = pytest.mark.django_db


@cache
def content(number):
    """Always the same bytes: PDFium writes another identifier each time."""
    return good_files.pdf(number)


def replaced(document, *contents, **told):
    for one in contents:
        with TestCase.captureOnCommitCallbacks(execute=True):
            HubDocument.objects.get(pk=document.pk).replace_file(
                ContentFile(one, name="nouveau.pdf"), **told
            )
    return HubDocument.objects.get(pk=document.pk)


def body(response):
    return b"".join(response.streaming_content)


@pytest.fixture
def document(site):
    document = stored_file("Livret de l’été", content(1))
    resource("document", "Livret", file=document)
    return document


def test_replaced_three_times_the_printed_address_gives_the_newest_and_v1_the_first(
    document, client
):
    printed = document.url
    replaced(document, content(2), content(3), content(4))
    assert body(client.get(printed)) == content(4)
    for number in (1, 2, 3, 4):
        assert body(client.get(f"{printed}?v={number}")) == content(number)
    assert HubDocument.objects.get(pk=document.pk).url == printed


@pytest.mark.parametrize("asked", ["5", "0", "-1", "01", "", "x", "1 ", "9" * 30, "²"])
def test_a_version_that_is_not_one_is_not_found(document, client, asked):
    replaced(document, content(2))
    assert client.get(document.url, {"v": asked}).status_code == 404


def test_a_version_says_what_is_known_of_it(document, django_user_model):
    person = django_user_model.objects.create_user("redactrice")
    replaced(document, content(3), note="Deux pages de plus", by=person, page_count=3)
    newest, first = DocumentVersion.objects.all()
    assert (newest.number, newest.note, newest.created_by) == (2, "Deux pages de plus", person)
    assert (newest.page_count, newest.file_size) == (3, len(content(3)))
    assert newest.sha256 == hashlib.sha256(content(3)).hexdigest()
    assert first.sha256 == hashlib.sha256(content(1)).hexdigest()
    assert first.number == 1


def test_the_same_file_again_is_no_new_version(document, client):
    replaced(document, content(1), content(1))
    only = DocumentVersion.objects.get()
    assert body(client.get(document.url)) == content(1)
    assert body(client.get(f"{document.url}?v={only.number}")) == content(1)


def test_a_change_of_title_makes_no_version(document):
    document.title = "Autre titre"
    document.save()
    assert DocumentVersion.objects.count() == 1


def test_a_save_that_fails_leaves_neither_row_nor_file(document, django_user_model):
    before = set(document.file.storage.listdir("documents")[1])
    nobody_yet = django_user_model(username="pas encore là")
    with pytest.raises(ValueError, match="unsaved"):
        HubDocument.objects.get(pk=document.pk).replace_file(
            ContentFile(content(9), "n.pdf"), by=nobody_yet
        )
    assert set(document.file.storage.listdir("documents")[1]) == before
    assert HubDocument.objects.get(pk=document.pk).file_hash == document.file_hash
    assert DocumentVersion.objects.count() == 1


def test_deleting_a_document_removes_all_its_files_and_only_after_the_commit(site):
    document = stored_file("Seul", content(1))
    document = replaced(document, content(2), content(3))
    storage, names = document.file.storage, [v.file.name for v in document.versions.all()]
    assert len(set(names)) == 3
    with TestCase.captureOnCommitCallbacks(execute=False) as waiting:
        document.delete()
    assert all(storage.exists(name) for name in names)
    for callback in waiting:
        callback()
    assert not any(storage.exists(name) for name in names)


def test_a_file_replaced_while_it_is_read_is_read_right(document):
    older = HubDocument.objects.get(pk=document.pk)
    with reading.on_disk(older) as path:
        found_before = reading.extract(path, "pdf")
    newer = replaced(document, content(5))
    with reading.on_disk(newer) as path:
        reading.keep(newer, reading.extract(path, "pdf"))
    reading.keep(older, found_before)
    kept = FileReading.objects.get(pk=document.pk)
    assert (kept.file_hash, kept.page_count) == (newer.file_hash, 5)


def test_a_replaced_file_is_asked_for_reading_again(document):
    from hub.core import outbox

    outbox.drain()
    replaced(document, content(4))
    assert outbox.waiting(reading.KIND).filter(key=str(document.pk)).exists()
    outbox.drain()
    assert FileReading.objects.get(pk=document.pk).page_count == 4


def test_versions_answer_ranges_and_conditions(document, client):
    replaced(document, content(2))
    old = f"{document.url}?v=1"
    first = client.get(old)
    assert first["Last-Modified"]
    assert client.get(old, headers={"If-None-Match": first["ETag"]}).status_code == 304
    changed = {"If-Modified-Since": first["Last-Modified"]}
    assert client.get(old, headers=changed).status_code == 304
    part = client.get(old, headers={"Range": "bytes=0-3"})
    assert (part.status_code, body(part)) == (206, content(1)[:4])
    head = client.head(old)
    assert (head.status_code, head["Content-Length"]) == (200, str(len(content(1))))
    assert client.get(document.url)["ETag"] != first["ETag"]


def test_the_name_is_french_and_tells_an_older_version(document, client):
    replaced(document, content(2))
    assert client.get(document.url)["Content-Disposition"] == (
        'attachment; filename="Livret de l\'ete.pdf"; '
        "filename*=UTF-8''Livret%20de%20l%E2%80%99%C3%A9t%C3%A9.pdf"
    )
    assert "(v1).pdf" in client.get(f"{document.url}?v=1")["Content-Disposition"]


def test_a_missing_file_is_not_found(document, client):
    document.file.storage.delete(document.file.name)
    assert client.get(document.url).status_code == 404


def test_a_file_left_by_an_undone_transaction_is_swept_within_the_hour(document):
    with transaction.atomic():
        HubDocument.objects.get(pk=document.pk).replace_file(
            ContentFile(content(6), name="nouveau.pdf")
        )
        transaction.set_rollback(True)
    storage = document.file.storage
    left = set(storage.listdir("documents")[1]) - {
        Path(version.file.name).name for version in DocumentVersion.objects.all()
    }
    mine = [name for name in left if name.startswith("nouveau")]
    assert mine
    left_files.sweep()
    assert all(storage.exists(f"documents/{name}") for name in mine)
    for name in (*mine, Path(document.file.name).name):
        path = storage.path(f"documents/{name}")
        os.utime(path, (0, 0))
    assert left_files.sweep() >= len(mine)
    assert not any(storage.exists(f"documents/{name}") for name in mine)
    assert storage.exists(document.file.name)
