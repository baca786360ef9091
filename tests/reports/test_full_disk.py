"""The disk is full while a co-op answers: it is told, nothing is half written, its words come back."""

import shutil
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from hub.core.models import OutboxItem
from hub.core.upload_rules import MEGABYTE
from resources.reports.models import Attachment, ReviewEvent
from tests import campaigns
from tests.answering import Device, complete, fields_in, soup
from tests.conftest import standing_on
from tests.full_disk import full_disk

STORY = "Le pot du soir a fait venir du monde, « même » <b>les</b> voisins."
NO_ROOM = 507


@pytest.fixture
def device(copy_of_hub, tmp_path, settings, django_db_setup, django_db_blocker):
    """Somebody who answers, on a hub of its own whose rows are really written."""
    settings.ATTACHMENTS_ROOT = tmp_path / "attachments"
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path / "arriving"
    settings.FILE_UPLOAD_TEMP_DIR.mkdir()
    folder = shutil.copytree(copy_of_hub("empty"), tmp_path / "hub")
    with standing_on(folder, django_db_blocker):
        coop = campaigns.participant(campaigns.campaign())
        browser = Client(enforce_csrf_checks=True, raise_request_exception=False)
        yield Device(coop, browser=browser).begin()


def stored():
    """Files of attachments, and those of uploads on their way."""
    folders = Path(settings.ATTACHMENTS_ROOT), Path(settings.FILE_UPLOAD_TEMP_DIR)
    return [path for folder in folders for path in folder.glob("*")]


def test_what_was_typed_comes_back_and_is_sent_again_with_a_button(device):
    fields = device.fields("recit")
    with full_disk():
        response = device.fill("recit", {"q-ce_qui_a_marche": STORY}, fields=fields)
        assert response.status_code == NO_ROOM
        page = soup(response)
        assert "n’a plus de place" in page.h1.get_text()
        assert page.select_one("textarea").get_text().removeprefix("\n") == STORY
        assert device.fields("recit")["q-ce_qui_a_marche"] == [""]  # read all the while
        assert device.browser.get("/").status_code == 200
    assert "ce_qui_a_marche" not in device.answer.values
    form = page.select_one("form")
    assert device.post(form["action"], fields_in(form)).status_code == 302
    assert device.answer.values["ce_qui_a_marche"] == STORY


def test_a_page_that_saves_by_itself_is_told_to_keep_it(device):
    fields = device.fields("recit")
    with full_disk():
        told = device.by_script("recit", {"q-ce_qui_a_marche": STORY}, fields)
    assert told.status_code == NO_ROOM
    assert device.by_script("recit", {"q-ce_qui_a_marche": STORY}, fields).status_code == 200


def test_a_sending_is_whole_or_is_not(device):
    complete(device)
    page = device.fields_of_form(device.get("relecture/"))
    with full_disk():
        assert device.send(page).status_code == NO_ROOM
    assert device.answer.state == "draft"
    assert not ReviewEvent.objects.exists()
    assert not OutboxItem.objects.filter(key__startswith="answer-receipt").exists()
    assert device.send(page).status_code == 302
    assert ReviewEvent.objects.count() == 1


@pytest.mark.parametrize(
    ("longest", "size"),
    [
        (0, 1_000),  # the database
        (MEGABYTE, 2 * MEGABYTE),  # the file where it is kept
        (2 * MEGABYTE, 5 * MEGABYTE),  # the file where it arrives
    ],
)
def test_an_upload_leaves_neither_file_nor_row(device, longest, size):
    address = f"{device.home}fichiers/documents/"
    token = device.fields_of_form(device.get("fichiers/documents/"))["csrfmiddlewaretoken"][0]

    def upload():
        file = SimpleUploadedFile("notes.csv", (b"a;b\n" * (size // 4 + 1))[:size])
        data = {"q-documents": file, "csrfmiddlewaretoken": token}
        return device.browser.post(address, data)

    with full_disk(longest):
        response = upload()
        assert response.status_code == NO_ROOM
        assert "plus de place" in response.content.decode()
        assert device.get("fichiers/documents/") is not None
        assert device.response.status_code == 200
    assert (stored(), Attachment.objects.count()) == ([], 0)
    assert upload().status_code == 302
    assert len(stored()) == 1


def test_whoever_signs_in_is_told_too_and_no_password_is_shown(device):
    get_user_model().objects.create_superuser("moi", "moi@federation.example", "un mot de passe !")
    browser = Client(raise_request_exception=False)
    sent = {"username": "moi", "password": "un mot de passe !"}
    with full_disk():
        response = browser.post("/admin/login/", sent)
        assert response.status_code == NO_ROOM
        assert "un mot de passe" not in response.content.decode()
    assert not Session.objects.exists()
    assert browser.post("/admin/login/", sent).status_code == 302
