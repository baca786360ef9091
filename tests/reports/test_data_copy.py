"""What a co-op gets when it asks what is kept of it."""

import io
import json
import zipfile

import pytest
from django.test import override_settings
from django.urls import reverse

from resources.reports.models import DataAct
from tests import campaigns
from tests.reports.planting import WORD, planted


@pytest.fixture
def answer(site, tmp_path):
    with override_settings(ATTACHMENTS_ROOT=tmp_path / "a", MEDIA_ROOT=tmp_path / "m"):
        yield planted()


def copy_of(response):
    return zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content)))


def test_the_copy_holds_everything(answer):
    browser = campaigns.holder(answer.participant)
    package = copy_of(browser.post(reverse("answer_data_copy", args=[answer.campaign.slug])))
    told = json.loads(package.read("donnees.json"))
    assert told["answer"]["values"]["ce_qui_a_marche"].startswith("Nous avons essayé")
    assert told["answer"]["resumed"]["values"]["ce_qui_a_marche"].endswith("!")
    assert told["contacts"][0]["email"] == f"{WORD}@coop.example"
    assert told["contacts"][0]["mails"][0]["mail__kind"] == "opening"
    assert told["answer"]["consents"][0]["value"] == "nom"
    assert told["answer"]["steps"][0]["why"] == f"Bien, {WORD}"
    assert f"fichiers/{WORD}.png" in package.namelist()
    page = package.read("donnees.html").decode()
    assert f"Nous avons essayé {WORD}" in page
    assert "Les Toits Bleus" in page
    assert "<script" not in page


def test_the_copy_holds_no_secret(answer):
    browser = campaigns.holder(answer.participant)
    package = copy_of(browser.post(reverse("answer_data_copy", args=[answer.campaign.slug])))
    digest = answer.participant.links.get().digest
    assert digest not in package.read("donnees.json").decode()


def test_giving_a_copy_is_noted_and_looking_is_not(answer):
    browser = campaigns.holder(answer.participant)
    assert browser.get(reverse("answer_data", args=[answer.campaign.slug])).status_code == 200
    assert browser.get(reverse("answer_data_copy", args=[answer.campaign.slug])).status_code == 405
    assert not DataAct.objects.exists()
    browser.post(reverse("answer_data_copy", args=[answer.campaign.slug]))
    assert (DataAct.objects.get().kind, DataAct.objects.get().who) == ("access", "co-op")


def test_files_of_the_same_name_stand_side_by_side(answer):
    answer.attachments.update(original_name="../photo.png")
    browser = campaigns.holder(answer.participant)
    package = copy_of(browser.post(reverse("answer_data_copy", args=[answer.campaign.slug])))
    names = [name for name in package.namelist() if name.startswith("fichiers/")]
    assert sorted(names) == ["fichiers/photo (2).png", "fichiers/photo.png"]


def test_a_co_op_that_has_not_begun_sees_its_contacts(site):
    of = campaigns.participant(campaigns.campaign())
    page = campaigns.holder(of).get(reverse("answer_data", args=[of.campaign.slug]))
    assert of.contacts.get().email in page.content.decode()
