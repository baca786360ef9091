"""Words that stand only inside a file find its page, and say on which page of the file they stand."""

import io

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from docx import Document
from pptx import Presentation
from wagtail.models import PageViewRestriction

from hub.core import outbox
from hub.core.file_checks import problems_of
from hub.core.models import FileReading, HubDocument, OutboxItem
from search.engines.base import SearchRequest
from search.service import search
from tests.core.extraction_files import pdf, scanned_pdf, typst_pdf
from tests.factories import resource, stored_file

pytestmark = pytest.mark.django_db


@pytest.fixture
def booklet(site):
    """A document whose PDF speaks of « trésorière » on p. 1, « efficacité » on p. 2, « fanfare » on p. 3."""
    page = resource("document", "Un livret", file=stored_file("Livret", pdf()))
    call_command("run_worker", once=True)
    return page


def found(text):
    return search(SearchRequest(query=text, locale="fr")).hits


def replace(document, content):
    document.file = ContentFile(content, name="nouveau.pdf")
    document._set_document_file_metadata()
    document.save()


@pytest.mark.parametrize(("word", "page"), [("trésorière", 1), ("efficacité", 2), ("fanfare", 3)])
def test_a_word_of_the_file_finds_the_page_and_says_where_it_stands(booklet, word, page):
    (hit,) = found(word)
    assert hit.page_id == booklet.pk
    assert (hit.section_title, hit.section_anchor) == (f"p. {page}", f"texte/{page}/")
    assert f"<mark>{word}</mark>" in hit.highlight


def test_before_the_worker_has_read_it_the_page_is_found_without_it(site):
    page = resource("document", "Un livret", file=stored_file("Livret", pdf()))
    assert [hit.page_id for hit in found("livret")] == [page.pk]
    assert found("fanfare") == ()


def test_the_words_of_a_replaced_file_go_at_once_and_the_new_ones_come(booklet):
    replace(booklet.file, typst_pdf(["Le trombone ouvre la séance."]))
    assert found("fanfare") == ()
    call_command("run_worker", once=True)
    assert [hit.page_id for hit in found("trombone")] == [booklet.pk]
    assert found("fanfare") == ()


def test_slides_are_named_as_slides(site):
    slides = Presentation()
    for text in ("Bienvenue", "Le triangle sonne"):
        slides.slides.add_slide(slides.slide_layouts[5]).shapes.title.text = text
    content = io.BytesIO()
    slides.save(content)
    document = stored_file("Diaporama", b"")
    document.file = ContentFile(content.getvalue(), name="diaporama.pptx")
    document._set_document_file_metadata()
    document.save()
    resource("document", "Un diaporama", file=document)
    call_command("run_worker", once=True)
    (hit,) = found("triangle")
    assert hit.section_title == "diapo 2"


def test_the_words_of_the_file_of_a_private_page_are_not_found(booklet):
    PageViewRestriction.objects.create(page=booklet, restriction_type="login")
    assert found("fanfare") == ()
    assert "fanfar" not in search(SearchRequest(query="fanfarre", locale="fr")).suggestion


def test_a_scan_is_kept_and_known_for_what_it_is(site):
    document = stored_file("Scan", scanned_pdf())
    call_command("run_worker", once=True)
    reading = FileReading.objects.get(document=document)
    assert reading.image_only
    assert reading.pages == []


def test_a_file_that_is_gone_from_the_disk_is_tried_again_and_then_given_up(site):
    document = stored_file("Livret", pdf())
    document.file.storage.delete(document.file.name)
    call_command("run_worker", once=True)
    task = OutboxItem.objects.get(kind="read_file")
    assert "cannot be opened" in task.error
    assert task.attempts == 1


def test_a_file_is_read_once(booklet):
    booklet.file.title = "Un autre titre"
    booklet.file.save()
    assert outbox.waiting("read_file").count() == 0


def test_a_hit_on_page_three_opens_at_page_three(booklet, client):
    (hit,) = found("fanfare")
    page = client.get(hit.document.url + hit.section_anchor)
    text = page.content.decode()
    assert page.status_code == 200
    assert "La fanfare clôt la séance." in text
    assert "coefficient" not in text
    assert f'{booklet.get_url()}texte/2/" rel="prev"' in text
    assert 'rel="next"' not in text
    assert booklet.file.url in text


def test_a_result_in_the_list_and_in_the_api_leads_there(booklet, client):
    address = f"{booklet.get_url()}texte/3/"
    assert f'href="{address}"' in client.get("/ressources/?q=fanfare").content.decode()
    (result,) = client.get("/api/search?q=fanfare").json()["results"]
    assert result["found_in"]["title"] == "p. 3"
    assert result["found_in"]["url"].endswith(address)


def test_the_page_of_the_document_leads_to_its_text_once_it_is_read(site, client):
    page = resource("document", "Un livret", file=stored_file("Livret", pdf()))
    link = f'href="{page.get_url()}texte/"'
    assert link not in client.get(page.get_url()).content.decode()
    assert client.get(f"{page.get_url()}texte/").status_code == 404
    call_command("run_worker", once=True)
    assert link in client.get(page.get_url()).content.decode()
    assert "La trésorière présente" in client.get(f"{page.get_url()}texte/").content.decode()


def test_there_is_no_text_beyond_the_last_page_nor_of_a_document_without_file(booklet, client):
    empty = resource("document", "Sans fichier")
    for address in (
        f"{booklet.get_url()}texte/4/",
        f"{booklet.get_url()}texte/0/",
        f"{empty.get_url()}texte/",
        f"{empty.get_url()}texte/1/",
    ):
        assert client.get(address).status_code == 404, address


def test_the_text_of_a_private_document_is_private(booklet, client):
    PageViewRestriction.objects.create(page=booklet, restriction_type="login")
    answer = client.get(f"{booklet.get_url()}texte/3/")
    assert answer.status_code == 302
    assert "fanfare" not in answer.content.decode()


def test_the_text_of_a_file_is_never_markup(site, client):
    words = "<script>alert(1)</script> & « guillemets »"
    page = resource("document", "Un livret", file=stored_file("Livret", pdf()))
    call_command("run_worker", once=True)
    FileReading.objects.update(pages=[[1, "page", "", words]])
    text = client.get(f"{page.get_url()}texte/1/").content.decode()
    assert "<script>alert" not in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; « guillemets »" in text


def test_reading_a_page_of_a_file_keeps_within_the_budget(booklet, client):
    client.get(f"{booklet.get_url()}texte/3/")
    with CaptureQueriesContext(connection) as queries:
        client.get(f"{booklet.get_url()}texte/3/")
    assert len(queries) <= 12
    with CaptureQueriesContext(connection) as queries:
        client.get(booklet.get_url())
    assert len(queries) <= 12


def test_a_french_file_from_an_english_word_processor_is_french_and_the_editor_is_told(site):
    words = "Le conseil de la coopérative se réunit avec les associés pour préparer les comptes. "
    out = io.BytesIO()
    file = Document()
    file.add_paragraph(words * 3)
    file.save(out)
    document = HubDocument(title="Préparer les comptes")
    document.file.save("comptes.docx", ContentFile(out.getvalue()), save=False)
    document.save()
    call_command("run_worker", once=True)
    document.refresh_from_db()
    assert FileReading.objects.get(pk=document.pk).language.startswith("en")
    assert document.language == "fr"
    assert [problem.code for problem in problems_of([document])[document.pk]] == ["other_language"]
