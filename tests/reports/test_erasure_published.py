"""An answer that was moderated, published with a photo and quoted in a synthesis is erased whole."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import override_settings
from django.utils import timezone
from PIL import Image

from hub.core.models import HubImage
from resources.models import ExperienceReportPage
from resources.reports import attachments, erasure
from resources.reports.models import Answer
from resources.reports.synthesis import building
from tests import campaigns
from tests.reports import moderated
from tests.words import files_with, tables_with

WORD = "xylophage"


@pytest.fixture
def folders(tmp_path):
    with override_settings(
        ATTACHMENTS_ROOT=tmp_path / "attachments", MEDIA_ROOT=tmp_path / "media"
    ):
        yield tmp_path


def photo():
    picture = io.BytesIO()
    Image.new("RGB", (400, 300), "#345678").save(picture, "JPEG")
    return SimpleUploadedFile(f"{WORD}.jpg", picture.getvalue(), "image/jpeg")


def neighbours(campaign):
    """Enough co-ops for figures to be told; the story of the one to erase is the only one."""
    values = {key: told for key, told in moderated.STORY.items() if key != "ce_qui_a_marche"}
    for number in range(7):
        invited = campaigns.participant(campaign, campaigns.coop(f"Les Voisins {number}"))
        campaigns.answer(invited, values, state="accepted", sent_at=timezone.now())


@pytest.fixture
def answer(site, folders):
    """Published by its moderators, with its photo, and quoted in a draft of the synthesis."""
    story = f"Nous avons joué du {WORD} avant le vote, et chacun est resté jusqu’au bout."
    values = {"ce_qui_a_marche": story, "consent_images": True}
    invited = campaigns.participant(campaigns.campaign())
    answer = campaigns.answer(invited, moderated.STORY | values)
    attachments.add(answer, answer.campaign.shape.questions["photos"], photo())
    answer.refresh_from_db()
    moderated.workflow.move(answer, Answer.State.RECEIVED, who="co-op")
    for to in ("in-review", "accepted", "published"):
        moderated.step(answer, to, f"Bien, ce {WORD}" if to == "accepted" else "")
    neighbours(answer.campaign)
    building.build(answer.campaign)
    return answer


def test_nothing_of_it_is_left(answer, folders, django_capture_on_commit_callbacks):
    assert HubImage.objects.exists()
    assert WORD in str(building.synthesis_of(answer.campaign).get_latest_revision().content)
    assert tables_with(WORD) >= {
        "reports_answer", "reports_reviewevent", "resources_experiencereportpage",
        "search_searchdocument", "wagtailcore_revision",
    }  # fmt: skip
    with django_capture_on_commit_callbacks(execute=True):
        erased = erasure.erase(answer, who="co-op")
    assert (erased.answers, erased.pages, erased.files) == (1, 1, 1)
    assert tables_with(WORD) == set()
    assert files_with(folders, WORD) == set()
    assert not ExperienceReportPage.objects.exists()
    assert not HubImage.objects.exists()
    assert [path for path in (folders / "media").rglob("*") if path.is_file()] == []
