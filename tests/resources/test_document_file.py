"""What the page of a document says of its file, and what stands in for one that not all can read."""

import re

import pytest
from django.core import mail
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext

from hub.core.models import FileReading
from resources.models import DocumentPage, SupportRequest
from tests.factories import resource, stored_file, stream
from tests.security import good_files

pytestmark = pytest.mark.django_db
KEY = re.compile(r'name="key" value="([^"]+)"')


def shown(client, page, **query):
    return client.get(page.get_url(), query).content.decode()


def replace(document, content, note=""):
    with TestCase.captureOnCommitCallbacks(execute=True):
        document.replace_file(ContentFile(content, name="n.pdf"), note=note)


def read_as(document, **told):
    FileReading.objects.update_or_create(
        document=document, defaults={"file_hash": document.file_hash, **told}
    )


@pytest.fixture
def page(site):
    return resource("document", "Livret", file=stored_file("Livret", good_files.pdf(2)))


# -- Versions ----------------------------------------------------------------------------------
def test_a_file_that_was_never_replaced_shows_no_versions(page, client):
    assert "Versions du fichier" not in shown(client, page)


def test_the_versions_are_listed_with_what_changed(page, client):
    replace(page.file, good_files.pdf(3), note="Les dates de 2027")
    text = shown(client, page)
    assert "Versions du fichier" in text
    assert "Les dates de 2027" in text
    assert f"{page.file.url}?v=1" in text


def test_an_older_version_carries_a_banner_to_the_newest(page, client):
    replace(page.file, good_files.pdf(3))
    text = shown(client, page, v=1)
    assert "Vous regardez la version 1 du fichier" in text
    assert f'<a href="{page.get_url()}">' in text
    assert 'content="noindex"' in text
    button = text[text.index("button--large") :]
    assert button.index(f"{page.file.url}?v=1") < button.index("</a>")
    assert "Vous regardez" not in shown(client, page)
    assert "Vous regardez" not in shown(client, page, v=2)


@pytest.mark.parametrize("asked", ["3", "0", "x", "", "01"])
def test_a_page_of_a_version_that_is_not_one_is_not_found(page, client, asked):
    replace(page.file, good_files.pdf(3))
    assert client.get(page.get_url(), {"v": asked}).status_code == 404


def test_ten_versions_cost_one_query(page, client):
    shown(client, page)
    with CaptureQueriesContext(connection) as before:
        shown(client, page)
    for number in range(3, 12):
        replace(page.file, good_files.pdf(number))
    with CaptureQueriesContext(connection) as after:
        shown(client, page)
    assert len(after) <= len(before) + 1 <= 12


# -- Replaced by another -----------------------------------------------------------------------
@pytest.fixture
def newer(page):
    newer = resource("document", "Livret nouveau", file=stored_file("Nouveau"))
    page.replaced_by = newer
    page.save_revision().publish()
    return newer


def test_a_replaced_document_leads_to_the_one_to_use(page, newer, client):
    text = shown(client, page)
    assert "Ce document a été remplacé" in text
    assert f'href="{newer.get_url()}"' in text


def test_it_says_so_in_the_lists_and_is_no_news(page, newer, client):
    listed = client.get("/documents/").content.decode()
    assert "Remplacé" in listed
    home = client.get("/").content.decode()
    assert newer.get_url() in home
    assert page.get_url() not in home


def test_a_replacement_that_nobody_may_read_is_not_named(page, newer, client):
    newer.unpublish()
    assert "Ce document a été remplacé" not in shown(client, page)


def test_documents_do_not_replace_each_other_in_a_circle(page, newer):
    from django.core.exceptions import ValidationError

    newer.replaced_by = DocumentPage.objects.get(pk=page.pk)
    with pytest.raises(ValidationError, match="rond"):
        newer.full_clean()
    page.replaced_by = page
    with pytest.raises(ValidationError):
        page.full_clean()


# -- Links in texts ----------------------------------------------------------------------------
def test_a_link_to_a_file_in_a_text_says_what_it_is(site, client):
    files = [stored_file(f"Note {n}", good_files.pdf(), page_count=4) for n in range(3)]
    links = [f'<p><a linktype="document" id="{file.pk}">la note</a></p>' for file in files]
    body = stream(*(("paragraph", link) for link in links))
    guide = resource("practice", "Une pratique", body=body)
    text = shown(client, guide)
    told = r'la note <span class="file-note">\(PDF, \d+\s(octets|ko), 4\s?pages\)</span></a>'
    assert len(re.findall(told, text)) == 3
    assert "data-file" not in text
    with CaptureQueriesContext(connection) as queries:
        shown(client, guide)
    assert len([q for q in queries if 'FROM "core_hubdocument"' in q["sql"]]) == 1


def test_a_file_name_in_a_text_is_never_markup(site, client):
    file = stored_file("Note", good_files.pdf())
    type(file).objects.filter(pk=file.pk).update(language='"><b>')
    body = stream(("paragraph", f'<p><a linktype="document" id="{file.pk}">la note</a></p>'))
    assert "<b>" not in shown(client, resource("practice", "Une pratique", body=body))


# -- Accessible version ------------------------------------------------------------------------
def test_a_tagged_pdf_offers_nothing_else(page, client):
    read_as(page.file, tagged=True)
    assert "autre-format" not in shown(client, page)


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"tagged": False}, "n’a pas de balises"),
        ({"tagged": False, "image_only": True}, "pages sont des images"),
        ({"tagged": True, "image_only": True}, "pages sont des images"),
    ],
)
def test_a_pdf_that_not_all_can_read_says_so_and_can_be_asked_for(page, client, told, said):
    read_as(page.file, **told)
    text = shown(client, page)
    assert said in text
    assert page.request_url in text


def test_its_alternatives_are_shown(page, client):
    read_as(page.file, tagged=False)
    page.alternative_page = resource("practice", "La même chose en page")
    page.alternative_file = stored_file("La même chose en texte")
    page.text_is_alternative = True
    page.save_revision().publish()
    text = shown(client, page)
    assert page.alternative_page.get_url() in text
    assert page.alternative_file.url in text
    assert "tout ce que dit le fichier" in text
    assert client.get(page.alternative_file.url).status_code == 200


def test_a_file_that_was_replaced_since_is_not_judged_by_the_old_one(page, client):
    read_as(page.file, tagged=False)
    replace(page.file, good_files.pdf(5))
    assert "autre-format" not in shown(client, page)


def send(client, page, **changes):
    key = KEY.search(client.get(page.request_url).content.decode())[1]
    data = {"name": "Camille", "email": "camille@mail.example", "message": "En gros caractères",
            "coop": "", "website": "", "key": key}  # fmt: skip
    response = client.post(page.request_url, data | changes)
    call_command("run_worker", once=True)
    return response


def test_another_format_is_asked_for_without_a_coop_and_both_sides_are_told(page, client):
    response = send(client, page)
    assert response.status_code == 302
    assert client.get(response.headers["Location"]).status_code == 200
    kept = SupportRequest.objects.get()
    assert (kept.document_id, kept.tool, kept.about) == (page.pk, None, "Livret")
    to_person, to_federation = mail.outbox
    assert to_person.to == ["camille@mail.example"]
    assert "Livret" in to_person.body
    assert "autre format" in to_federation.subject
    assert page.get_url() in to_federation.body


@pytest.mark.parametrize("changes", [{"email": "x"}, {"name": ""}, {"message": ""}], ids=str)
def test_a_request_that_cannot_be_answered_is_refused(page, client, changes):
    response = send(client, page, **changes)
    assert response.status_code == 422
    assert set(response.context["form"].errors) == set(changes)


def test_a_document_without_file_has_no_such_form(site, client):
    page = resource("document", "Sans fichier")
    assert client.get(page.request_url).status_code == 404


# -- Rights ------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("licence", "said"),
    [
        ("CC BY 4.0", "citer ses auteurs"),
        ("cc by-sa 4.0", "sous la même licence"),
        ("Licence Ouverte 2.0", "de quelle date"),
        ("Seulement entre coopératives", "Seulement entre coopératives"),
    ],
)
def test_the_page_says_in_plain_words_what_one_may_do(site, client, licence, said):
    file = stored_file("Livret", licence=licence, credits="Photos : exemple")
    text = shown(client, resource("document", "Livret", file=file))
    assert "Ce que vous pouvez faire de ce fichier" in text
    assert said in text
    assert file.licence in text
    assert "Photos : exemple" in text


def test_other_conditions_need_their_sentence(site):
    from django.core.exceptions import ValidationError

    file = stored_file("Livret")
    file.licence_code = "other"
    with pytest.raises(ValidationError):
        file.full_clean()
