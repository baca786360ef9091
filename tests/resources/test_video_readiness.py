"""No video is published without a transcript or a written reason, whoever publishes it and how."""

import json
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import Locale

from hub.core.publishing import NotReadyError
from resources.bulk_pages import insert_below
from resources.models import VideoPage
from tests.factories import index_of, resource

pytestmark = pytest.mark.django_db
SILENT = [
    {"transcript": "", "no_transcript_reason": ""},
    {"transcript": "<p> \xa0</p>", "no_transcript_reason": " \n"},
]


@pytest.mark.parametrize("nothing", SILENT)
def test_a_draft_may_be_silent_and_is_published_by_nobody(site, client, nothing):
    page = resource("video", publish=False, **nothing)
    revision = page.latest_revision
    with pytest.raises(NotReadyError, match="transcription"):
        revision.publish()
    page = VideoPage.objects.get(pk=page.pk)
    page.live = True
    with pytest.raises(NotReadyError):
        page.save()
    assert not VideoPage.objects.get(pk=page.pk).live
    assert client.get(page.url).status_code == 404


def test_nor_is_it_planned_for_later(site):
    page = resource("video", publish=False, **SILENT[0])
    page.go_live_at = timezone.now() + timedelta(days=1)
    with pytest.raises(NotReadyError):
        page.save_revision().publish()
    call_command("publish_scheduled")
    assert not VideoPage.objects.get(pk=page.pk).live


def test_nor_added_published_nor_inserted_with_others(site):
    page = VideoPage(title="Muette", slug="muette", summary="x", **SILENT[0])
    with pytest.raises(NotReadyError):
        index_of("video").add_child(instance=page)
    page = VideoPage(title="Muette", slug="muette", summary="x", **SILENT[0])
    page.locale = Locale.objects.get(language_code="fr")
    with pytest.raises(NotReadyError):
        insert_below(index_of("video"), [page])
    assert not VideoPage.objects.filter(slug="muette", live=True).exists()


def test_an_imported_video_says_why_it_has_none(site, client, tmp_path):
    lines = tmp_path / "records.jsonl"
    record = {"id": "v1", "type": "video", "title": "Importée", "summary": "x", "body": ""}
    lines.write_text(json.dumps(record))
    call_command("import_resources", str(lines), verbosity=0)
    page = VideoPage.objects.get(external_id="v1")
    assert page.live
    assert "Aucune transcription n’a été fournie" in client.get(page.url).content.decode()
