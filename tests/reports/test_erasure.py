"""After an erasure the words of a co-op are nowhere: each table and each file is searched."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.test import Client, override_settings
from django.urls import reverse

from hub.core import mail
from hub.core.models import HubImage, OutboxItem
from resources.models import Organisation
from resources.reports import erasure
from resources.reports.models import AccessLink, Answer, Contact, DataAct, Participant
from tests import campaigns
from tests.prepared import ROOT, clean_environment, copy_of
from tests.reports.planting import WORD, planted
from tests.words import files_with, tables_with

# Tables where the word stands at first: the test is worth something.
PLANTED = {
    "reports_answer", "reports_contact", "reports_attachment", "reports_reviewevent",
    "resources_experiencereportpage", "wagtailcore_page", "wagtailcore_revision",
    "wagtailcore_pagelogentry", "wagtail_localize_string", "wagtail_localize_translationsource",
    "core_hubimage", "core_outboxitem", "search_searchdocument",
}  # fmt: skip


@pytest.fixture
def folders(tmp_path):
    with override_settings(
        ATTACHMENTS_ROOT=tmp_path / "attachments", MEDIA_ROOT=tmp_path / "media"
    ):
        yield tmp_path


@pytest.fixture
def answer(site, folders):
    return planted()


def test_the_words_are_in_no_table_and_no_file(answer, folders, django_capture_on_commit_callbacks):
    assert tables_with(WORD) >= PLANTED
    assert files_with(folders, WORD)
    with django_capture_on_commit_callbacks(execute=True):
        erased = erasure.erase(answer, who="co-op")
    assert tables_with(WORD) == set()
    assert files_with(folders, WORD) == set()
    assert erased == erasure.Erased(answers=1, files=2, contacts=1, pages=1)
    assert not any((folders / "attachments").iterdir())
    assert [path for path in (folders / "media").rglob("*") if path.is_file()] == []


def test_what_others_told_stays(answer, django_capture_on_commit_callbacks):
    other = campaigns.participant(answer.campaign, campaigns.coop("Les Voisins"))
    kept = campaigns.answer(other, {"ce_qui_a_marche": "Un atelier"})
    mail.send_later("other", subject="Bonjour", body="…", to=other.contacts.get().email)
    with django_capture_on_commit_callbacks(execute=True):
        erasure.erase(answer, who="co-op")
    kept.refresh_from_db()
    assert kept.values == {"ce_qui_a_marche": "Un atelier"}
    assert Contact.objects.get().participant == other
    assert OutboxItem.objects.filter(kind="mail").get().payload["to"].startswith("camille")


def test_one_line_says_that_it_was_done_and_nothing_of_whom(answer):
    erasure.erase(answer, who="co-op")
    act = DataAct.objects.get()
    assert (act.kind, act.who, act.campaign) == ("erasure", "co-op", answer.campaign)
    assert act.detail == {"answers": 1, "files": 2, "contacts": 1, "pages": 1}


def test_the_co_op_stays_known_as_invited(answer):
    erasure.erase(answer, who="co-op")
    assert Participant.objects.get().organisation == Organisation.objects.get()
    assert not AccessLink.objects.exists()


def test_the_answer_leaves_the_figures(answer):
    assert Answer.objects.counted().count() == 1
    erasure.erase(answer, who="co-op")
    assert Answer.objects.counted().count() == 0


def test_what_fails_erases_nothing(answer, folders):
    def fails(**_options):
        raise RuntimeError

    erasure.erasing.connect(fails)
    try:
        with pytest.raises(RuntimeError):
            erasure.erase(answer, who="co-op")
    finally:
        erasure.erasing.disconnect(fails)
    assert tables_with(WORD) >= PLANTED
    assert HubImage.objects.exists()
    assert len(list((folders / "attachments").iterdir())) == 2


# -- By the co-op itself ---------------------------------------------------------------------------


@pytest.fixture
def browser(answer):
    return campaigns.holder(answer.participant)


def address(name, answer):
    return reverse(name, args=[answer.campaign.slug])


def test_the_co_op_erases_everything_from_its_link(answer, browser):
    page = browser.get(address("answer_erase", answer))
    assert page.status_code == 200
    refused = browser.post(address("answer_erase", answer), {})
    assert refused.status_code == 422
    assert Answer.objects.exists()
    done = browser.post(address("answer_erase", answer), {"sure": "on"}, follow=True)
    assert done.status_code == 200
    assert done.redirect_chain[-1][0] == reverse("answer_erased")
    assert tables_with(WORD) == set()
    assert browser.get(address("answer_data", answer)).status_code == 404


def test_a_co_op_that_has_not_begun_erases_its_contacts(site):
    of = campaigns.participant(campaigns.campaign())
    browser = campaigns.holder(of)
    browser.post(reverse("answer_erase", args=[of.campaign.slug]), {"sure": "on"})
    assert not Contact.objects.exists()
    assert DataAct.objects.get().detail == {"contacts": 1}


def test_nobody_else_sees_or_erases_it(answer):
    stranger = Client()
    for name in ("answer_data", "answer_erase"):
        assert stranger.get(address(name, answer)).status_code == 404
    for name in ("answer_erase", "answer_data_copy"):
        assert stranger.post(address(name, answer), {"sure": "on"}).status_code == 404
    assert Answer.objects.exists()


# -- By an administrator ---------------------------------------------------------------------------


def signed_in(group):
    user = get_user_model().objects.create_user(group, f"{group}@example.org", "a long password")
    user.groups.add(Group.objects.get(name=group))
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_an_administrator_erases_for_a_co_op_that_writes(answer):
    client = signed_in("Administrateurs")
    found = client.get(reverse("campaign_data_life:find"), {"words": f"{WORD}@coop.example"})
    erase = reverse("campaign_data_life:erase", args=[answer.pk])
    assert erase in found.content.decode()
    assert client.post(erase, {}).status_code == 422
    assert client.post(erase, {"sure": "on"}).status_code == 302
    assert tables_with(WORD) == set()
    assert DataAct.objects.get().who == "Administrateurs"


def test_an_editor_in_chief_erases_nothing(answer):
    client = signed_in("Rédacteurs en chef")
    response = client.post(reverse("campaign_data_life:erase", args=[answer.pk]), {"sure": "on"})
    assert response.headers["Location"] == reverse("wagtailadmin_home")
    assert Answer.objects.exists()


# -- In the files of a real hub --------------------------------------------------------------------


def run(folder: Path, step: str) -> str:
    own = clean_environment(folder, DJANGO_SETTINGS_MODULE="hub.settings.dev")
    command = [sys.executable, "-m", "tests.reports.erasure_child", step]
    done = subprocess.run(command, cwd=ROOT, env=own, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_words_are_in_no_file_of_the_data_folder(tmp_path):
    """Free pages of the database, its write-ahead log, messages kept as files: all of it."""
    folder = copy_of("empty", tmp_path / "hub")
    run(folder, "plant")
    before = files_with(folder, WORD)
    assert "hub.sqlite3" in before
    assert any(name.startswith("mail/") for name in before)
    assert any(name.startswith("attachments/") for name in before)
    for path in (folder / "mail").iterdir():  # a file that may still be open waits a little
        os.utime(path, (time.time() - 60,) * 2)
    run(folder, "erase")
    assert files_with(folder, WORD) == set()
    assert run(folder, "tables") == "set()\n"
