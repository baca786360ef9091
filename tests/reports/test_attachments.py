"""Photos and files of an answer: what is taken in, within which limits, and who may have it."""

import io
import os
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client, TestCase
from django.utils import timezone
from PIL import Image

from hub.core.upload_rules import MEGABYTE
from resources.reports import attachments
from resources.reports.models import Answer, Attachment
from tests import campaigns
from tests.security import good_files
from tests.security.bad_files import bad_files
from tests.services.clamd import HIDDEN, listening_at

pytestmark = pytest.mark.usefixtures("site")
PHOTOS = "/campagnes/retours-ag-2026/fichiers/photos/"
DOCUMENTS = "/campagnes/retours-ag-2026/fichiers/documents/"
BAD = bad_files()
UNPRINTABLE = {"right to left", "line feed in the name", "NUL in the name"}
PICTURES = (".png", ".jpg", ".jpeg", ".webp")


@pytest.fixture
def folder(settings, tmp_path):
    settings.ATTACHMENTS_ROOT = tmp_path / "attachments"
    return settings.ATTACHMENTS_ROOT


@pytest.fixture
def draft(folder) -> SimpleNamespace:
    coop = campaigns.participant(campaigns.campaign())
    answer = campaigns.answer(coop)
    return SimpleNamespace(answer=answer, browser=campaigns.holder(coop), folder=folder)


def post(draft, name: str, content: bytes, address: str = DOCUMENTS, **more):
    field = f"q-{address.rstrip('/').rpartition('/')[2]}"
    file = SimpleUploadedFile(name, content)
    with TestCase.captureOnCommitCallbacks(execute=True):
        return draft.browser.post(address, {field: file, **more})


def stored(draft) -> list[str]:
    return sorted(path.name for path in draft.folder.glob("*")) if draft.folder.is_dir() else []


def test_a_photo_is_taken_in_without_its_place_under_a_name_that_says_nothing(draft):
    response = post(draft, "AG à Rennes.jpg", good_files.photograph_with_place(), PHOTOS)
    assert response.status_code == 302
    photo = draft.answer.attachments.get()
    assert photo.original_name == "AG à Rennes.jpg"
    assert stored(draft) == [photo.stored_name]
    assert "Rennes" not in photo.stored_name
    with Image.open(photo.file) as image:
        assert not image.getexif().get_ifd(0x8825)
    assert b"Telephone" not in photo.file.read_bytes()
    draft.answer.refresh_from_db()
    assert draft.answer.values["photos"] == [str(photo.key)]
    assert "AG à Rennes.jpg" in draft.browser.get(PHOTOS).content.decode()


def test_a_file_taken_away_is_gone_from_the_disk_and_from_the_answer(draft):
    post(draft, "photo.png", good_files.image("PNG"), PHOTOS)
    photo = draft.answer.attachments.get()
    with TestCase.captureOnCommitCallbacks(execute=True):
        draft.browser.post(PHOTOS, {"remove": photo.key})
        draft.browser.post(PHOTOS, {"remove": photo.key})
        draft.browser.post(PHOTOS, {"remove": "not a key"})
    assert stored(draft) == []
    draft.answer.refresh_from_db()
    assert "photos" not in draft.answer.values


def test_the_sixth_file_is_refused_in_words(draft):
    for number in range(5):
        assert post(draft, f"{number}.pdf", good_files.pdf()).status_code == 302
    response = post(draft, "6.pdf", good_files.pdf())
    assert response.status_code == 422
    assert "5 fichiers au plus" in response.content.decode()
    assert Attachment.objects.count() == len(stored(draft)) == 5


def heavy(size: int) -> bytes:
    """Text in lines, of so many bytes."""
    return (b"a;b\n" * (size // 4 + 1))[:size]


def test_no_file_nor_answer_nor_day_goes_past_its_limit(draft):
    assert post(draft, "a.csv", heavy(10 * MEGABYTE + 1)).status_code == 422
    for name in "abc":
        assert post(draft, f"{name}.csv", heavy(10 * MEGABYTE)).status_code == 302
    assert "30" in post(draft, "d.csv", heavy(1000)).content.decode()
    for _each in range(7):
        key = draft.answer.attachments.first().key
        with TestCase.captureOnCommitCallbacks(execute=True):
            draft.browser.post(DOCUMENTS, {"remove": key})
        post(draft, "again.csv", heavy(10 * MEGABYTE))
    assert draft.answer.upload_days.get().size == 100 * MEGABYTE
    with TestCase.captureOnCommitCallbacks(execute=True):
        draft.browser.post(DOCUMENTS, {"remove": draft.answer.attachments.first().key})
    response = post(draft, "e.csv", heavy(1000))
    assert response.status_code == 422
    assert "demain" in response.content.decode()
    assert len(stored(draft)) == 2


def test_a_request_too_large_is_refused_before_it_is_read(draft):
    response = draft.browser.post(PHOTOS, {}, CONTENT_LENGTH=str(50 * MEGABYTE))
    assert response.status_code == 413


@pytest.mark.parametrize("case", sorted(BAD))
def test_a_hostile_file_is_refused_and_leaves_nothing(draft, case):
    name, content = BAD[case]
    response = post(draft, name, content, PHOTOS if name.endswith(PICTURES) else DOCUMENTS)
    names = [file.original_name for file in Attachment.objects.all()]
    # Django takes signs that do not print out of a name: the file is harmless without them.
    assert response.status_code == 422 or (case in UNPRINTABLE and all(map(str.isprintable, names)))
    assert len(stored(draft)) == len(names) == (response.status_code == 302)


@pytest.mark.parametrize("name", sorted(good_files.good_files())[::5])
def test_a_harmless_file_comes_back_as_it_was_sent_to_be_saved(draft, name):
    content = good_files.good_files()[name]
    assert post(draft, name, content).status_code == 302
    key = draft.answer.attachments.get().key
    response = draft.browser.get(f"/campagnes/retours-ag-2026/fichier/{key}/")
    sent = b"".join(response.streaming_content)
    assert sent == content or name.endswith(PICTURES)
    assert response.headers["Content-Disposition"].startswith("attachment")
    assert response.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert {"private", "no-store"} <= set(response.headers["Cache-Control"].split(", "))


def test_a_photo_question_takes_photos_alone(draft):
    assert post(draft, "livret.pdf", good_files.pdf(), PHOTOS).status_code == 422
    assert not Attachment.objects.exists()


def test_nobody_else_has_the_file(draft):
    post(draft, "photo.png", good_files.image("PNG"), PHOTOS)
    address = f"/campagnes/retours-ag-2026/fichier/{draft.answer.attachments.get().key}/"
    other = campaigns.participant(draft.answer.campaign, campaigns.coop("Le Grand Large"))
    campaigns.answer(other)
    assert campaigns.holder(other).get(address).status_code == 404
    assert Client().get(address).status_code == 404
    assert draft.browser.get(address).status_code == 200


def test_moderators_have_it_by_their_own_address(draft, django_user_model):
    post(draft, "photo.png", good_files.image("PNG"), PHOTOS)
    address = f"/admin/campaigns/attachments/{draft.answer.attachments.get().key}/"
    assert Client().get(address).status_code == 302
    person = django_user_model.objects.create_superuser("root", "root@example.org", "x" * 20)
    browser = Client()
    browser.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    response = browser.get(address)
    assert response.status_code == 200
    assert response.headers["Content-Disposition"].startswith("attachment")


def test_a_full_disk_is_said_and_leaves_nothing(draft, monkeypatch):
    monkeypatch.setattr(attachments, "SPARE", 1 << 60)
    response = post(draft, "photo.png", good_files.image("PNG"), PHOTOS)
    assert response.status_code == 507
    assert "plus de place" in response.content.decode()
    assert (stored(draft), Attachment.objects.count()) == ([], 0)
    monkeypatch.undo()
    assert post(draft, "photo.png", good_files.image("PNG"), PHOTOS).status_code == 302


def test_a_disk_that_fills_while_it_is_written_leaves_nothing(draft, monkeypatch):
    def full(_file):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    assert post(draft, "photo.png", good_files.image("PNG"), PHOTOS).status_code == 507
    assert (stored(draft), Attachment.objects.count()) == ([], 0)


def test_what_the_scanner_finds_is_refused_and_what_it_has_not_seen_is_not_sent(draft, settings):
    with listening_at() as scanner:
        settings.CLAMD, settings.CLAMD_SECONDS = scanner.address, 0.5
        assert post(draft, "a.csv", b"a;b\n" + HIDDEN).status_code == 422
        assert not Attachment.objects.exists()
        scanner.mood = "stalls"
        assert post(draft, "livret.pdf", good_files.pdf()).status_code == 302
        key = draft.answer.attachments.get().key
        address = f"/campagnes/retours-ag-2026/fichier/{key}/"
        assert draft.browser.get(address).status_code == 404
        assert "antivirus" in draft.browser.get(DOCUMENTS).content.decode()
        scanner.mood = "well"
        with TestCase.captureOnCommitCallbacks(execute=True):
            call_command("run_worker", once=True)
        assert draft.browser.get(address).status_code == 200


def test_files_that_no_row_names_are_swept_once_they_are_old(draft):
    post(draft, "photo.png", good_files.image("PNG"), PHOTOS)
    young, old = draft.folder / "young.png", draft.folder / "old.png"
    young.write_bytes(b"x")
    old.write_bytes(b"x")
    past = (timezone.now() - timedelta(hours=1)).timestamp()
    os.utime(old, (past, past))
    assert attachments.sweep() == 1
    assert stored(draft) == sorted([draft.answer.attachments.get().stored_name, "young.png"])


def test_an_answer_that_is_erased_takes_its_files_along(draft):
    post(draft, "photo.png", good_files.image("PNG"), PHOTOS)
    with TestCase.captureOnCommitCallbacks(execute=True):
        draft.answer.delete()
    assert stored(draft) == []


def test_once_the_campaign_is_closed_nothing_is_added(draft):
    campaign = draft.answer.campaign
    campaign.closes_at = timezone.now() - timedelta(hours=1)
    campaign.save()
    assert post(draft, "photo.png", good_files.image("PNG"), PHOTOS).status_code == 403
    assert not Attachment.objects.exists()


def test_after_sending_a_new_file_waits_for_the_next_sending(draft):
    Answer.objects.update(state="received", sent_at=timezone.now())
    post(draft, "photo.png", good_files.image("PNG"), PHOTOS)
    draft.answer.refresh_from_db()
    assert "photos" not in draft.answer.values
    assert len(draft.answer.resumed["values"]["photos"]) == 1


def test_a_form_of_another_site_adds_nothing(draft):
    browser = Client(enforce_csrf_checks=True)
    browser.cookies = draft.browser.cookies
    file = io.BytesIO(good_files.image("PNG"))
    file.name = "photo.png"
    assert browser.post(PHOTOS, {"q-photos": file}).status_code == 403
    assert not Attachment.objects.exists()
