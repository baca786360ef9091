"""« Bilan d’AG en 10 minutes »: one page, the same keys, the same draft; nothing is typed twice."""

import json
import re
from html import unescape
from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from resources.reports.models import Answer, Attachment, Participant
from tests import campaigns
from tests.security import good_files

pytestmark = pytest.mark.usefixtures("site")
EVENING = "/campagnes/retours-ag-2026/dix-minutes/"
SEEN = re.compile(r'name="seen" value="([^"]*)"')


@pytest.fixture
def season(settings, tmp_path) -> SimpleNamespace:
    settings.ATTACHMENTS_ROOT = tmp_path / "attachments"
    coop = campaigns.participant(campaigns.campaign())
    return SimpleNamespace(coop=coop, browser=campaigns.holder(coop))


def page_of(browser) -> str:
    return unescape(browser.get(EVENING).content.decode())


def post(browser, seen: str | None = None, **fields):
    if seen is None:
        seen = SEEN.search(page_of(browser))[1]
    return browser.post(EVENING, {"seen": seen, **fields})


def test_the_page_holds_the_quick_questions_and_no_other(season):
    page = page_of(season.browser)
    shape = season.coop.campaign.shape
    quick = {q.key for q in shape if q.quick}
    asked = set(re.findall(r'data-question="(\w+)"', page)) | {"photos"}
    assert asked == quick - {"consent_images"}  # asked once there are photos
    assert not Answer.objects.exists()
    assert Participant.objects.get().opened_at is None


def test_what_is_written_the_same_evening_waits_in_the_yearly_draft(season):
    fields = {
        "q-date_ag": "14/05/2026",
        "q-type_ag": "ago",
        "q-conseil_a_un_pair": "Prévoir un goûter.",
    }
    response = post(season.browser, **fields)
    assert response.headers["Location"] == f"{EVENING}?fait=1"
    answer = Answer.objects.get()
    assert answer.participant == season.coop
    assert answer.values["date_ag"] == "2026-05-14"
    assert answer.values["nom_coop"] == "Les Toits Bleus"  # the rest is filled in beforehand too
    assert "nom_coop" in answer.prefilled
    section = answer.campaign.shape.section_of("date_ag").key
    yearly = season.browser.get(f"/campagnes/retours-ag-2026/reponse/{section}/")
    assert 'value="2026-05-14"' in yearly.content.decode()


def test_coming_back_shows_and_keeps_what_is_there(season):
    post(season.browser, **{"q-date_ag": "14/05/2026", "q-conseil_a_un_pair": "Un goûter."})
    assert "Un goûter." in page_of(season.browser)
    answer = Answer.objects.get()
    kept = answer.values | {"budget": "12"}
    Answer.objects.update(values=kept)
    post(season.browser, **{"q-date_ag": "2026-05-14", "q-conseil_a_un_pair": "Un bon goûter."})
    answer.refresh_from_db()
    assert answer.values == kept | {"conseil_a_un_pair": "Un bon goûter."}


def test_a_photo_comes_along_and_brings_its_consent(season):
    photo = SimpleUploadedFile("ag.jpg", good_files.photograph_with_place())
    response = post(season.browser, **{"q-date_ag": "14/05/2026", "q-photos": photo})
    assert response.headers["Location"] == f"{EVENING}?ajout=1#q-consent_images"
    assert Attachment.objects.get().question_key == "photos"
    page = page_of(season.browser)
    assert 'data-question="consent_images"' in page
    assert not re.search(r'name="q-consent_images"[^>]* checked', page)


def test_a_refused_file_costs_the_file_alone(season):
    wrong = SimpleUploadedFile("ag.jpg", b"not a picture")
    response = post(season.browser, **{"q-date_ag": "14/05/2026", "q-photos": wrong})
    assert response.status_code == 422
    assert "ag.jpg" in response.content.decode()
    assert Answer.objects.get().values["date_ag"] == "2026-05-14"
    assert not Attachment.objects.exists()


def test_what_cannot_be_read_is_said_beside_its_field_and_kept(season):
    response = post(season.browser, **{"q-date_ag": "hier", "q-conseil_a_un_pair": "Un goûter."})
    assert response.status_code == 422
    page = response.content.decode()
    assert 'value="hier"' in page
    assert 'href="#q-date_ag"' in page
    assert Answer.objects.get().values["conseil_a_un_pair"] == "Un goûter."


def test_two_devices_at_once_lose_nothing(season):
    post(season.browser, **{"q-conseil_a_un_pair": "Un goûter."})
    seen = SEEN.search(page_of(season.browser))[1]
    first = {"q-conseil_a_un_pair": "Un goûter pour tous."}
    second = {"q-conseil_a_un_pair": "Un bal."}
    assert post(season.browser, seen, **first).status_code == 302
    response = post(season.browser, seen, **second)
    assert response.status_code == 409
    page = unescape(response.content.decode())
    assert "Un goûter pour tous." in page
    assert "Un bal." in page
    assert f'action="{EVENING}"' in page
    both = {
        "pick-conseil_a_un_pair": "both",
        "q-conseil_a_un_pair": "Un bal.",
        "theirs-q-conseil_a_un_pair": "Un goûter pour tous.",
    }
    assert post(season.browser, SEEN.search(page)[1], **both).status_code == 302
    kept = Answer.objects.get().values["conseil_a_un_pair"]
    assert "Un bal." in kept
    assert "Un goûter pour tous." in kept


def test_closed_or_without_quick_questions_there_is_no_such_page(season):
    campaign = season.coop.campaign
    campaign.closes_at = timezone.now()
    campaign.save()
    assert season.browser.get(EVENING).headers["Location"] == "/campagnes/retours-ag-2026/"
    assert not Answer.objects.exists()


def test_a_page_that_was_open_before_keeps_the_digests_it_carried(season):
    """A page opened before anything is saved posts against what the draft then starts with."""
    seen = SEEN.search(page_of(season.browser))[1]
    assert isinstance(json.loads(seen), dict)
    assert post(season.browser, seen, **{"q-date_ag": "14/05/2026"}).status_code == 302
