"""The ten-minute report of a meeting held before the campaign opens: taken early, never typed twice."""

from datetime import timedelta
from html import unescape
from types import SimpleNamespace

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from resources.reports.models import Answer, Attachment, Campaign
from resources.reports.seasons import a_year_later, new_season
from tests import campaigns
from tests.answering import Device
from tests.security import good_files

pytestmark = pytest.mark.usefixtures("site")
HOME = "/campagnes/retours-ag-2026/"
EVENING = f"{HOME}dix-minutes/"


@pytest.fixture
def season(settings, tmp_path) -> SimpleNamespace:
    """A campaign that opens in three months; its ten-minute report has been open for a week."""
    settings.ATTACHMENTS_ROOT = tmp_path / "attachments"
    now = timezone.now()
    campaign = campaigns.campaign(
        opens_at=now + timedelta(days=90),
        closes_at=now + timedelta(days=150),
        evening_opens_at=now - timedelta(days=7),
    )
    coop = campaigns.participant(campaign)
    return SimpleNamespace(campaign=campaign, coop=coop, device=Device(coop))


def page(device: Device, path: str = "") -> str:
    return unescape(device.get(path).get_text(" ", strip=True))


def report(device: Device, **fields: str):
    shown = device.fields_of_form(device.get("dix-minutes/"))
    named = {f"q-{key}": [text] for key, text in fields.items()}
    return device.post(f"{device.home}dix-minutes/", shown | named)


def opened(season: SimpleNamespace) -> None:
    now = timezone.now()
    Campaign.objects.update(
        opens_at=now - timedelta(hours=1), evening_opens_at=now - timedelta(days=90)
    )


def test_the_door_leads_to_the_report_before_the_campaign_opens(season):
    shown = season.device.get()
    assert shown.select_one(f'main a[href="{EVENING}"]')
    assert "Ouvre bientôt" in page(season.device)
    assert not Answer.objects.exists()


def test_what_is_written_in_spring_is_the_draft_of_the_autumn(season):
    response = report(season.device, date_ag="14/05/2026", conseil_a_un_pair="Un goûter.")
    assert response.headers["Location"] == f"{EVENING}?fait=1"
    told = page(season.device, "dix-minutes/?fait=1")
    assert "Enregistré à" in told
    assert "elles vous y attendent" in told
    opened(season)
    season.device.begin()
    assert Answer.objects.count() == 1
    part = season.campaign.shape.section_of("date_ag").key
    assert season.device.section(part).select_one("#q-date_ag")["value"] == "2026-05-14"
    assert "Un goûter." in page(season.device, "relecture/")


def test_it_may_be_written_again_until_the_campaign_opens_and_after(season):
    report(season.device, conseil_a_un_pair="Un goûter.")
    report(season.device, conseil_a_un_pair="Un bal.")
    assert season.device.answer.values["conseil_a_un_pair"] == "Un bal."
    opened(season)
    report(season.device, conseil_a_un_pair="Un bal et un goûter.")
    assert season.device.answer.values["conseil_a_un_pair"] == "Un bal et un goûter."


def test_a_photo_of_the_evening_is_taken_and_may_be_taken_away(season):
    photo = SimpleUploadedFile("ag.jpg", good_files.photograph_with_place())
    shown = season.device.fields_of_form(season.device.get("dix-minutes/"))
    season.device.post(EVENING, shown | {"q-photos": photo})
    kept = Attachment.objects.get()
    page_of_files = season.device.get("fichiers/photos/")
    fields = season.device.fields_of_form(page_of_files) | {"remove": [str(kept.key)]}
    assert season.device.post(f"{HOME}fichiers/photos/", fields).status_code == 302
    assert not Attachment.objects.exists()


def test_the_rest_of_the_questionnaire_waits_for_the_opening(season):
    report(season.device, conseil_a_un_pair="Un goûter.")
    assert season.device.browser.get(f"{HOME}reponse/recit/").headers["Location"] == (
        f"{HOME}relecture/"
    )
    review = season.device.get("relecture/")
    assert "Un goûter." in review.get_text()
    assert not review.select("[name=send_key]")
    told = page(season.device)
    assert "Continuer ma réponse" not in told
    fields = {"q-ce_qui_a_marche": ["Le pot."], "csrfmiddlewaretoken": [token(season.device)]}
    refused = season.device.post(f"{HOME}reponse/recit/", fields)
    assert refused.status_code == 403
    assert "ouvre le" in unescape(refused.content.decode())
    assert "ce_qui_a_marche" not in season.device.answer.values


def token(device: Device) -> str:
    return device.fields_of_form(device.get("dix-minutes/"))["csrfmiddlewaretoken"][0]


def test_before_its_own_date_the_door_says_when_it_opens(season):
    Campaign.objects.update(evening_opens_at=timezone.now() + timedelta(days=3))
    assert season.device.browser.get(EVENING).headers["Location"] == HOME
    assert "Bilan d’AG en 10 minutes" in page(season.device)
    assert not season.device.get().select(f'main a[href="{EVENING}"]')


def test_without_a_date_of_its_own_it_opens_with_the_campaign(season):
    Campaign.objects.update(evening_opens_at=None)
    assert season.device.browser.get(EVENING).headers["Location"] == HOME
    assert "Bilan d’AG" not in page(season.device)
    opened(season)
    assert season.device.browser.get(EVENING).status_code == 200


def test_it_does_not_open_after_the_campaign(season):
    season.campaign.evening_opens_at = season.campaign.opens_at + timedelta(minutes=1)
    with pytest.raises(ValidationError) as told:
        season.campaign.full_clean()
    assert "evening_opens_at" in told.value.message_dict


def test_a_new_season_takes_its_report_a_year_later(season):
    made = new_season(season.campaign)
    assert made.evening_opens_at == a_year_later(season.campaign.evening_opens_at)
