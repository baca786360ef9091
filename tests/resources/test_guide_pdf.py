"""The whole guide as a PDF: made in the background, kept until the next one, sent as any file."""

import json
import re
from datetime import date, timedelta

import pypdfium2
import pytest
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import PageViewRestriction

from hub.core import outbox
from hub.core.models import OutboxItem
from resources.guide_pdf.keeping import KIND
from resources.models import GuidePage, GuidePdf, LegalRecord
from tests.factories import index_of, resource, stored_file, stream

ADDRESS = "/guides/bien-voter/pdf/"


def legal_record(**fields):
    return LegalRecord.objects.create(
        key="majorite-essai", title="Majorité simple", value="la moitié des voix plus une",
        source="Code exemple, article 1", source_url="https://loi.example/article-1", **fields,
    )  # fmt: skip


def guide(title="Bien voter", text="Le quorum se compte à l’ouverture.", **fields):
    chapter = {
        "title": "Compter", "slug": "compter", "summary": "Ce que l’on compte.", "practices": [],
        "body": [{"type": "paragraph", "value": f"<p>{text}</p>"}],
    }  # fmt: skip
    chapters = json.dumps([{"type": "chapter", "value": chapter}])
    return resource("guide", title, chapters=chapters, updated_on=date(2026, 3, 1), **fields)


def make_what_waits():
    """A round of the worker."""
    return outbox.drain([KIND])


def fetched(client, address=ADDRESS):
    response = client.get(address)
    assert response.status_code == 200, response.status_code
    return b"".join(response.streaming_content)


def words(content):
    document = pypdfium2.PdfDocument(content)
    text = " ".join(page.get_textpage().get_text_bounded() for page in document)
    return re.sub(r"[\s\ufffe\u00ad]+", " ", text)


@pytest.fixture(autouse=True)
def nothing_waits(request):
    """The guides of the prepared site have had their turn."""
    request.getfixturevalue("site")
    OutboxItem.objects.filter(kind=KIND).delete()


def test_a_published_guide_has_its_pdf_after_a_round_of_the_worker(client):
    page = guide()
    awaited = client.get(ADDRESS)
    assert awaited.status_code == 503
    assert awaited.headers["Retry-After"]
    assert "/guides/bien-voter/imprimer/" in awaited.content.decode()
    assert "pdf/" not in client.get(page.get_url()).content.decode()
    assert make_what_waits() == 1
    said = words(fetched(client))
    for expected in ("Bien voter", "1. Compter", "à jour au 1er mars 2026", "Sommaire",
                     "/guides/bien-voter", "Page 2 sur"):  # fmt: skip
        assert expected.casefold() in said.casefold(), expected


def test_the_link_says_format_pages_and_size(client):
    page = guide()
    make_what_waits()
    row = GuidePdf.objects.get(guide=page)
    for address in (page.get_url(), f"{page.get_url()}imprimer/"):
        shown = " ".join(client.get(address).content.decode().split())
        link = re.search(r'<a [^>]*href="/guides/bien-voter/pdf/"[^>]*>(.*?)</a>', shown)[1]
        assert re.search(rf"\(PDF, {row.pages}\W+pages, \d+\W+ko\)", link), link


def test_it_is_sent_as_any_file(client):
    guide()
    make_what_waits()
    whole = client.get(ADDRESS)
    content = b"".join(whole.streaming_content)
    assert whole.headers["Content-Type"] == "application/pdf"
    assert 'filename="Bien voter.pdf"' in whole.headers["Content-Disposition"]
    part = client.get(ADDRESS, headers={"Range": "bytes=10-19"})
    assert (part.status_code, b"".join(part.streaming_content)) == (206, content[10:20])
    again = client.get(ADDRESS, headers={"If-None-Match": whole.headers["ETag"]})
    assert again.status_code == 304
    head = client.head(ADDRESS)
    assert (head.status_code, head.headers["Content-Length"]) == (200, str(len(content)))


def test_whoever_may_not_read_the_guide_has_no_pdf(client):
    page = guide(access="federation")
    make_what_waits()
    assert GuidePdf.objects.get(guide=page).is_there
    assert client.get(ADDRESS).status_code == 302
    page.access = "public"
    page.save_revision().publish()
    assert client.get(ADDRESS).status_code == 200
    restriction = PageViewRestriction.objects.create(page=page, restriction_type="login")
    assert client.get(ADDRESS).status_code == 302
    restriction.delete()
    page.unpublish()
    assert client.get(ADDRESS).status_code == 404


def test_nothing_is_made_again_for_the_same_content(client):
    page = guide()
    make_what_waits()
    before = GuidePdf.objects.get(guide=page)
    page.save_revision().publish()
    make_what_waits()
    assert GuidePdf.objects.get(guide=page).made_at == before.made_at


def test_the_former_one_is_sent_until_the_next_is_ready(client):
    page = guide()
    make_what_waits()
    before = fetched(client)
    page.chapters[0].value["title"] = "Compter encore"
    page.save_revision().publish()
    assert fetched(client) == before
    make_what_waits()
    assert "Compter encore" in words(fetched(client))
    folder = GuidePdf.objects.get(guide=page).path.parent
    assert len(list(folder.glob(f"{page.pk}-*"))) == 1


def test_a_legal_value_a_term_and_a_file_bring_a_new_one(client):
    record, document = legal_record(), stored_file("Le bulletin")
    blocks = [("legal_value", record.pk), ("files", {"title": "", "files": [document.pk]})]
    guide(body=stream(*blocks), text="Le zorglub se compte à l’ouverture.")
    make_what_waits()
    assert "à valider" in words(fetched(client)).casefold()

    record.value = "les deux tiers des voix"
    record.save()
    make_what_waits()
    assert "les deux tiers des voix" in words(fetched(client))

    document.title = "Le nouveau bulletin"
    document.save()
    make_what_waits()
    assert "Le nouveau bulletin" in words(fetched(client))

    resource("glossary", "Zorglub", plain_definition="Ce qui rebondit toujours.")
    make_what_waits()
    assert "Ce qui rebondit toujours." in words(fetched(client))


def test_a_value_that_is_out_of_date_is_seen_the_next_day(client):
    record = legal_record(
        state="validated", checked_on=date(2025, 1, 1), checked_by="Camille",
        next_review=timezone.localdate(),
    )  # fmt: skip
    guide(body=stream(("legal_value", record.pk)))
    make_what_waits()
    assert "Validé" in words(fetched(client))
    yesterday = timezone.localdate() - timedelta(days=1)
    LegalRecord.objects.filter(pk=record.pk).update(next_review=yesterday)
    call_command("run_worker", once=True)
    assert "À revoir" in words(fetched(client))


def test_a_failure_leaves_the_former_one_and_editors_see_it(
    client, settings, tmp_path, admin_client
):
    page = guide()
    make_what_waits()
    before = fetched(client)
    fonts, settings.FONTS_ROOT = settings.FONTS_ROOT, tmp_path  # no letters to write with
    page.chapters[0].value["title"] = "Compter autrement"
    page.save_revision().publish()
    assert make_what_waits() == 0
    assert fetched(client) == before
    form = admin_client.get(f"/admin/pages/{page.pk}/edit/").content.decode()
    assert GuidePdf.objects.get(guide=page).problem
    assert "n’a pas pu être refait" in form
    assert "reçoivent toujours le précédent" in form
    assert OutboxItem.objects.get(kind=KIND, key=str(page.pk)).given_up_at

    settings.FONTS_ROOT = fonts
    page.save_revision().publish()
    make_what_waits()
    assert "Compter autrement" in words(fetched(client))
    assert not GuidePdf.objects.get(guide=page).problem


def test_a_full_disk_leaves_no_half_file(client, settings, tmp_path):
    page = guide()
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    settings.GUIDES_ROOT = blocked
    assert make_what_waits() == 0
    assert client.get(ADDRESS).status_code == 503
    assert OutboxItem.objects.get(kind=KIND, key=str(page.pk)).given_up_at is None  # tried again


def test_a_translation_has_a_pdf_of_its_own_in_its_language(client):
    page = GuidePage(title="Voting well", summary="How.", live=False)
    index_of("guide", "en").add_child(instance=page)
    page.save_revision().publish()
    make_what_waits()
    said = words(fetched(client, f"{page.get_url()}pdf/"))
    assert "Contents" in said
    assert "Page 2 of" in said
